package modern

import "syscall"

func plan9() {
	syscall.Syscall(syscall.SYS_SLEEP, 0, 0, 0) // want "syscall.Syscall goes through"
}
