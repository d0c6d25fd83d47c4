package modern

import sys "syscall"

func aliased() {
	sys.Syscall(sys.SYS_GETPID, 0, 0, 0)               // want "syscall.Syscall goes through"
	sys.Syscall9(sys.SYS_GETPID, 0, 0, 0, 0, 0, 0, 0, 0, 0) // want "syscall.Syscall9 goes through"
	_ = sys.Getpid
}
