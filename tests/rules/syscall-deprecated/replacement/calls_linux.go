package replacement

import "syscall"

func linux() {
	syscall.Syscall(syscall.SYS_SYNC, 0, 0, 0)      // want "syscall.Syscall goes through.*\[help: use example.com/platform/sys\]"
	syscall.RawSyscall(syscall.SYS_GETPID, 0, 0, 0) // want "\[help: use example.com/platform/sys\]"
}
