//go:build unix

package largerpages

import "syscall"

func constants(fd int, x int64) {
	syscall.Mmap(fd, 4096, 1, 1, 1)  // want "file offset 4096 is no multiple of the page size \(16384 and 65536\).* \[on .*darwin/arm64.*linux/arm64.*linux/loong64"
	syscall.Mmap(fd, 16384, 1, 1, 1) // want "file offset 16384 is no multiple of the page size \(65536\).* \[on android/arm64 ios/arm64 linux/arm64\]"
	syscall.Mmap(fd, 65536, 1, 1, 1)
	syscall.Mmap(fd, 512, 1, 1, 1)     // want "page size \(4096, 16384 and 65536\).* \[on .*linux/amd64"
	syscall.Mmap(fd, x&^4095, 1, 1, 1) // want "rounded to a multiple of 4096, .* \(16384 and 65536\).*\[likely\]"
	syscall.Mmap(fd, x&^65535, 1, 1, 1)
}
