package largerpages

import "syscall"

func small(fd int, x int64) {
	syscall.Mmap(fd, 4096, 1, 1, 1)
	syscall.Mmap(fd, x&^4095, 1, 1, 1)
	syscall.Mmap(fd, 2048, 1, 1, 1) // want "file offset 2048 is no multiple of the page size \(4096\)"
}
