package modern

import "syscall"

func js() {
	syscall.Syscall(0, 0, 0, 0) // want "syscall.Syscall goes through"
}
