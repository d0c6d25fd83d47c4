package os

import "syscall"

func call(proc uintptr) {
	syscall.Syscall(proc, 0, 0, 0, 0)
	syscall.Syscall6(proc, 0, 0, 0, 0, 0, 0, 0)
}
