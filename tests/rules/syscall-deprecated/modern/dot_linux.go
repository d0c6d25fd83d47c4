package modern

import . "syscall"

func dotted() {
	Syscall(SYS_GETPID, 0, 0, 0)     // want "syscall.Syscall goes through"
	f := RawSyscall6                 // want "syscall.RawSyscall6 goes through"
	_, _, _ = f(0, 0, 0, 0, 0, 0, 0)
	{
		Syscall := func() {}
		Syscall()
	}
}
