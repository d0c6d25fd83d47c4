package modern

import "syscall"

const two = 2

func list() (uintptr, uintptr, uintptr, uintptr, uintptr) { return 0, 0, 0, 0, 0 }

func windows(proc, a, b, n uintptr) {
	syscall.Syscall(proc, 0, 0, 0, 0)                                    // want "syscall.Syscall is deprecated on Windows since Go 1.18.* \[help: call syscall.SyscallN with the arguments alone, without their count; .*\] \[fix: call SyscallN, which needs no count\]"
	syscall.Syscall(proc, 1, a, 0, 0)                                    // want "syscall.Syscall is deprecated"
	syscall.Syscall(proc, two, a, b, 0)                                  // want "syscall.Syscall is deprecated"
	syscall.Syscall(proc, 3, a, b, 0)                                    // want "syscall.Syscall is deprecated"
	syscall.Syscall6(proc, 4, a, b, a, b, 0, 0x0)                        // want "syscall.Syscall6 is deprecated"
	syscall.Syscall9(proc, 7, a, b, a, b, a, b, a, 0, 0)                 // want "syscall.Syscall9 is deprecated"
	syscall.Syscall12(proc, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)   // want "syscall.Syscall12 is deprecated"
	syscall.Syscall15(proc, 1, a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) // want "syscall.Syscall15 is deprecated"
	syscall.Syscall18(proc, 1, a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) // want "syscall.Syscall18 is deprecated"
	(syscall.Syscall)(proc, 1, a, 0, 0)                                  // want "syscall.Syscall is deprecated"
	// Reported, and left as they are: the count is unknown, or something would be lost.
	syscall.Syscall(proc, n, a, b, 0)      // want "syscall.Syscall is deprecated.* \[help: [^\]]*\]$"
	syscall.Syscall(proc, 1, a, b, 0)      // want "syscall.Syscall is deprecated"
	syscall.Syscall(proc, 4, a, b, 0)      // want "syscall.Syscall is deprecated"
	syscall.Syscall(list())                // want "syscall.Syscall is deprecated"
	syscall.Syscall(proc, 1, a, /* b */ 0, 0) // want "syscall.Syscall is deprecated"
	f := syscall.Syscall6                  // want "syscall.Syscall6 is deprecated"
	_ = f
	syscall.SyscallN(proc, a, b)
}
