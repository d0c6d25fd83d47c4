package modern

import sys "syscall"

func aliased() {
	sys.Syscall(sys.SYS_GETPID, 0, 0, 0)               // want "syscall.Syscall goes through.*\[help: call unix.Getpid of golang.org/x/sys/unix, the wrapper for SYS_GETPID\]"
	sys.Syscall9(sys.SYS_GETPID, 0, 0, 0, 0, 0, 0, 0, 0, 0) // want "syscall.Syscall9 goes through"
	sys.Syscall12(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	sys.Syscall(sys.SYS_MEMFD_CREATE, 0, 0, 0) // want "\[help: use unix.Syscall of golang.org/x/sys/unix\]"
	_ = sys.Getpid
}
