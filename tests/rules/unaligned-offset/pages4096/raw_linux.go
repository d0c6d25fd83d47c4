package mappings

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// The system call itself takes the offset as its last argument, but not everywhere.

const number = syscall.SYS_MMAP

func raw(length, fd, offset uintptr) {
	syscall.Syscall6(syscall.SYS_MMAP, 0, length, 1, 1, fd, 512)            // want "file offset 512 is no multiple of the page size \(4096\).*\[on android/amd64 android/arm64 linux/amd64 linux/arm64 linux/loong64 linux/mips64 linux/mips64le linux/ppc64 linux/ppc64le linux/riscv64\]"
	syscall.RawSyscall6(syscall.SYS_MMAP, 0, length, 1, 1, fd, 8)           // want "file offset 8 is no multiple"
	unix.Syscall6(unix.SYS_MMAP, 0, length, 1, 1, fd, 100)                  // want "file offset 100 is no multiple"
	unix.RawSyscall6(unix.SYS_MMAP, 0, length, 1, 1, fd, 100)               // want "file offset 100 is no multiple"
	unix.Syscall6(syscall.SYS_MMAP, 0, length, 1, 1, fd, 100)               // want "file offset 100 is no multiple"
	syscall.Syscall6((unix.SYS_MMAP), 0, length, 1, 1, fd, offset&^63)      // want "rounded to a multiple of 64,.*\[likely\]"
	syscall.Syscall6(syscall.SYS_MMAP, 0, length, 1, 1, fd, offset/512*512) // want "rounded to a multiple of 512,.*\[likely"
	syscall.Syscall6(syscall.SYS_MMAP, 0, length, 1, 1|32, ^uintptr(0), 16) // want "file offset 16 is no multiple"

	syscall.Syscall6(uintptr(number), 0, length, 1, 1, fd, 24) // want "file offset 24 is no multiple"

	syscall.Syscall6(syscall.SYS_MMAP, 0, length, 1, 1, fd, 0)
	syscall.Syscall6(syscall.SYS_MMAP, 0, length, 1, 1, fd, 8192)
	syscall.Syscall6(syscall.SYS_MMAP, 0, length, 1, 1, fd, offset)
	syscall.Syscall6(syscall.SYS_MMAP, 0, length, 1, 1, fd, offset&^4095)
	syscall.Syscall6(syscall.SYS_MUNMAP, 0, length, 1, 1, fd, 512)
	syscall.Syscall6(9, 0, length, 1, 1, fd, 512)
	syscall.Syscall6(syscall.SYS_PREAD64, fd, 0, length, 512, 0, 512)
}
