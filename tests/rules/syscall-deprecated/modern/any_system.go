package modern

import "syscall"

// Nothing says for which system this is: five arguments compile on Windows only, a value anywhere.
var anywhere = syscall.Syscall // want "syscall.Syscall is deprecated on Windows" "syscall.Syscall goes through"

func dispatch(proc uintptr) {
	syscall.Syscall(proc, n(), 0, 0, 0) // want "syscall.Syscall is deprecated on Windows"
	syscall.Syscall(proc, 0, 0, 0)      // want "syscall.Syscall goes through"
}

func n() uintptr { return 0 }
