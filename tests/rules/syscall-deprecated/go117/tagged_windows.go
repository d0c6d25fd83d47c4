//go:build go1.16

package go117

import "syscall"

// A language version of the file's own is no go line of go.mod.
func tagged(proc uintptr) {
	syscall.Syscall(proc, 1, 2, 0, 0) // want "syscall.Syscall is deprecated on Windows since Go 1.18.* \[help: raise the go line of go.mod to 1.18 or later, then call syscall.SyscallN\]$"
}
