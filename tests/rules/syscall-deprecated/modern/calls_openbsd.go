package modern

import "syscall"

func openbsd(a uintptr) {
	syscall.Syscall9(a, 1, a, 0, 0, 0, 0, 0, 0, 0) // want "syscall.Syscall9 goes through package syscall, which is frozen: .* \[help: use unix.Syscall9 of golang.org/x/sys/unix\] \[note: "
	syscall.Syscall9(syscall.SYS_GETPID, 0, 0, 0, 0, 0, 0, 0, 0, 0) // want "syscall.Syscall9 goes through.*\[help: call unix.Getpid of golang.org/x/sys/unix, the wrapper for SYS_GETPID\]"
	syscall.RawSyscall(syscall.SYS_GETPID, 0, 0, 0) // want "\[help: use unix.RawSyscall of"
}
