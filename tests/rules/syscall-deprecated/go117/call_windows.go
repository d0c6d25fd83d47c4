package go117

import "syscall"

func call(proc uintptr) uintptr {
	r, _, _ := syscall.Syscall(proc, 1, 2, 0, 0) // want "syscall.Syscall is deprecated on Windows since Go 1.18.* \[help: raise the go line of go.mod to 1.18 or later, then call syscall.SyscallN\]$"
	return r
}
