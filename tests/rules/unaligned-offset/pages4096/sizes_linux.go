package mappings

import "syscall"

// The constant is a multiple on some machines only.
func bySize(fd int, x int64) {
	syscall.Mmap(fd, blockSize, 1, 1, 1)             // want "file offset 1024 is no multiple.* \[on .*linux/386.*linux/riscv64"
	syscall.Mmap(fd, x/blockSize*blockSize, 1, 1, 1) // want "rounded to a multiple of 1024.*\[likely\] \[on .*linux/386"
	syscall.Mmap(fd, blockSize*4, 1, 1, 1)
}
