package windows

import "syscall"

func freeLibrary(proc, handle uintptr) {
	syscall.Syscall(proc, 1, handle, 0, 0) // want "syscall.Syscall is deprecated on Windows"
}
