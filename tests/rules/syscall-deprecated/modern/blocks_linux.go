package modern

import "syscall"

type table struct {
	call func(a, b, c, d uintptr) (uintptr, uintptr, syscall.Errno)
}

// A name in front of a block is a value, and what stands in the block are statements; new takes a value, too.
func blocks(t table) {
	x := syscall.RawSyscall // want "syscall.RawSyscall goes through"
	{
		use(x)
	}
	t.call = syscall.Syscall // want "syscall.Syscall goes through"

	// Not a literal.
	{
		syscall.Syscall(syscall.SYS_SYNC, 0, 0, 0) // want "syscall.Syscall goes through.*\[help: call unix.Sync of"
	}
	y := []any{syscall.Getpid}[0]
	(*pointer()).call(syscall.SYS_SYNC, 0, 0, 0)
	if syscall.Stdin == syscall.Stdout {
		use(syscall.Syscall6) // want "syscall.Syscall6 goes through"
	}
	{
		use(y)
	}
	_ = new(func() int { syscall.Syscall(syscall.SYS_SYNC, 0, 0, 0); return 1 }()) // want "syscall.Syscall goes through"
	_ = new(any(syscall.RawSyscall6))                                              // want "syscall.RawSyscall6 goes through"
	_ = new(t.call)
}

func pointer() *table { return nil }

func use(...any) {}
