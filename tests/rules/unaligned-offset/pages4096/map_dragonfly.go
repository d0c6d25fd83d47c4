package mappings

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// The kernel rounds the offset down.
func mapDragonFly(fd int, x int64) {
	syscall.Mmap(fd, 512, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	unix.Mmap(fd, x&^7, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	syscall.Syscall6(syscall.SYS_MMAP, 0, 4096, 1, 1, uintptr(fd), 512)
}
