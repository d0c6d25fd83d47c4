package mappings

import "syscall"

func mapIllumos(fd int, x int64) {
	syscall.Mmap(fd, 512, 4096, 1, 1) // want "file offset 512 is no multiple of the page size \(4096\): .* EINVAL \[help"
	syscall.Mmap(fd, x&^7, 4096, 1, 1) // want "rounded to a multiple of 8,.*\[likely\] \[help"
	syscall.Mmap(fd, 8192, 4096, 1, 1)
	syscall.Syscall6(syscall.SYS_MMAP, 0, 4096, 1, 1, uintptr(fd), 512)
}
