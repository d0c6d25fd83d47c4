package modern

import "syscall"

func plan9() {
	syscall.Syscall(syscall.SYS_SLEEP, 0, 0, 0) // want "syscall.Syscall goes through.*\[help: use golang.org/x/sys/plan9\]"
	syscall.RawSyscall(syscall.SYS_OPEN, 0, 0, 0) // want "\[help: use golang.org/x/sys/plan9\]"
}
