//go:build go1.16

package modern

import "syscall"

func tagged(proc uintptr) {
	syscall.Syscall(proc, 1, 2, 0, 0) // want "syscall.Syscall is deprecated on Windows.*\[fix: "
}
