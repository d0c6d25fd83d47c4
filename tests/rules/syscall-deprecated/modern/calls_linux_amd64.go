package modern

import "syscall"

// Not there; nor is what only Windows has.
func amd64() {
	syscall.Syscall9(1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	syscall.Syscall(1, 0, 0, 0, 0)
	syscall.SyscallN(1, 0)
}
