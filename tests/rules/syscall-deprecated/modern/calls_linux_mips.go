package modern

import "syscall"

func mips() {
	syscall.Syscall9(1, 0, 0, 0, 0, 0, 0, 0, 0, 0) // want "syscall.Syscall9 goes through.*\[help: use unix.Syscall9 of golang.org/x/sys/unix\]"
}
