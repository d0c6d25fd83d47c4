package shadowed

import "syscall"

// A name in front says which one it is.
func named(proc, a uintptr) {
	SyscallN := func(uintptr) {}
	SyscallN(a)
	syscall.Syscall(proc, 1, a, 0, 0) // want "syscall.Syscall is deprecated on Windows.*\[fix: "
}
