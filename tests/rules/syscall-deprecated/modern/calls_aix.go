package modern

import "syscall"

// There is no unix.Syscall on AIX.
func aix() {
	syscall.Syscall(syscall.SYS_FCNTL, 0, 0, 0)  // want "\[help: call unix.FcntlInt of"
	syscall.Syscall(syscall.SYS_GETPID, 0, 0, 0) // there is no such constant
	syscall.Syscall(1, 0, 0, 0)                  // want "\[help: use the functions of golang.org/x/sys/unix\]"
}
