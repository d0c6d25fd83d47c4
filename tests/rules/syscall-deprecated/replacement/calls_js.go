package replacement

import "syscall"

func js() {
	syscall.Syscall(0, 0, 0, 0) // want "\[help: use example.com/platform/sys\]"
}
