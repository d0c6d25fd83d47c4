package shadowed

import . "syscall"

// What SyscallN is, depends on the place in this file.
func dotted(proc, a uintptr) {
	SyscallN := func(uintptr) {}
	SyscallN(a)
	Syscall(proc, 1, a, 0, 0) // want "syscall.Syscall is deprecated on Windows.*\[help: [^\]]*\]$"
}
