package modern

import . "syscall"

func dottedWindows(proc, a uintptr) {
	Syscall(proc, 1, a, 0, 0)           // want "syscall.Syscall is deprecated on Windows.*\[fix: call SyscallN, which needs no count\]"
	(Syscall6)(proc, 4, a, a, a, a, 0, 0) // want "syscall.Syscall6 is deprecated.*\[fix: "
	SyscallN(proc, a)
	f := Syscall // want "syscall.Syscall is deprecated.*\[help: [^\]]*\]$"
	_ = f
	_ = table{SyscallN: 1}.SyscallN
}

type table struct{ SyscallN int }
