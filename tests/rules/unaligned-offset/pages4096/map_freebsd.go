package mappings

import "syscall"

// The kernel rounds the offset down.
func mapFreeBSD(fd int, x int64) {
	syscall.Mmap(fd, 512, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	syscall.Mmap(fd, x&^7, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	syscall.Syscall6(syscall.SYS_MMAP, 0, 4096, 1, 1, uintptr(fd), 512)
}
