package modern

import "syscall"

func wasip1() {
	syscall.Syscall6(0, 0, 0, 0, 0, 0, 0) // want "syscall.Syscall6 goes through.* only \[note: "
}
