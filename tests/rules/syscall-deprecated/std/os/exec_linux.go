package os

import "syscall"

// The standard library is what the package is there for.
func sync() {
	syscall.Syscall(syscall.SYS_SYNC, 0, 0, 0)
	syscall.RawSyscall(syscall.SYS_GETPID, 0, 0, 0)
	f := syscall.Syscall6
	_ = f
}
