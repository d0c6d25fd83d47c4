//go:build unix

package onesize

import "syscall"

func constants(fd int, x int64) {
	syscall.Mmap(fd, 4096, 1, 1, 1)    // want "file offset 4096 is no multiple of the page size \(16384\).* \[on aix/ppc64 .*linux/386 linux/amd64"
	syscall.Mmap(fd, x&^4095, 1, 1, 1) // want "rounded to a multiple of 4096, .* \(16384\).*\[likely\]"
	syscall.Mmap(fd, 16384, 1, 1, 1)
	syscall.Mmap(fd, x&^16383, 1, 1, 1)
}
