package modern

import "syscall"

func js() {
	// Nothing to use instead.
	syscall.Syscall(0, 0, 0, 0)    // want "syscall.Syscall goes through.* only \[note: "
	syscall.RawSyscall(0, 0, 0, 0) // want "syscall.RawSyscall goes through.* only \[note: "
}
