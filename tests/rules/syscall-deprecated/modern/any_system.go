package modern

import "syscall"

// Nothing says for which system this is: five arguments compile on Windows only, a value anywhere.
var anywhere = syscall.Syscall // want "syscall.Syscall is deprecated on Windows.*\[on windows/386 windows/amd64 windows/arm64\] \[help: call syscall.SyscallN" "syscall.Syscall goes through.*\[on aix/ppc64 [^\]]*wasip1/wasm\] \[help: use unix.Syscall of golang.org/x/sys/unix, and golang.org/x/sys/plan9 on Plan 9\]"

func dispatch(proc uintptr) {
	syscall.Syscall(proc, n(), 0, 0, 0) // want "syscall.Syscall is deprecated on Windows.*\[on windows/386"
	syscall.Syscall(proc, 0, 0, 0)      // want "syscall.Syscall goes through"
}

func n() uintptr { return 0 }
