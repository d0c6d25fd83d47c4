package mappings

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// SYS_MMAP takes the address of its arguments; SYS_MMAP2 counts in 4096 bytes.

func raw32(arguments *[6]uintptr, length, fd, offset uintptr) {
	syscall.Syscall6(syscall.SYS_MMAP, 0, 0, 0, 0, 0, 512)
	syscall.Syscall6(syscall.SYS_MMAP2, 0, length, 1, 1, fd, 1)
	syscall.Syscall6(syscall.SYS_MMAP2, 0, length, 1, 1, fd, 513)
	syscall.RawSyscall6(syscall.SYS_MMAP2, 0, length, 1, 1, fd, 3)
	syscall.RawSyscall6(syscall.SYS_MMAP, 0, 0, 0, 0, 0, 512)
	unix.RawSyscall6(unix.SYS_MMAP2, 0, length, 1, 1, fd, 3)
	unix.Syscall6(unix.SYS_MMAP2, 0, length, 1, 1, fd, offset&^7)
	syscall.Mmap(int(fd), 512, 1, 1, 1) // want "file offset 512 is no multiple"
}
