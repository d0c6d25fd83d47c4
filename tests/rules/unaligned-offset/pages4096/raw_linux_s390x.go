package mappings

import "syscall"

func rawS390x(length, fd uintptr) {
	syscall.Syscall6(syscall.SYS_MMAP, 0, length, 1, 1, fd, 512)
	syscall.Mmap(int(fd), 512, 1, 1, 1) // want "file offset 512 is no multiple"
}
