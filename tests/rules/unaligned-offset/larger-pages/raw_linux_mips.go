package largerpages

import "syscall"

// Units of 4096 bytes, four to a page.
func raw(length, fd, offset uintptr) {
	syscall.Syscall6(syscall.SYS_MMAP2, 0, length, 1, 1, fd, 4)
	syscall.Syscall6(syscall.SYS_MMAP2, 0, length, 1, 1, fd, 6)            // want "file offset 6 units of 4096 bytes is no multiple of the page size \(16384\)"
	syscall.RawSyscall6(syscall.SYS_MMAP2, 0, length, 1, 1, fd, offset&^1) // want "rounded to a multiple of 8192,.*\[likely\]"
	syscall.RawSyscall6(syscall.SYS_MMAP2, 0, length, 1, 1, fd, 3)         // want "file offset 3 units of 4096 bytes is no multiple of the page size \(16384\)"
	syscall.Syscall6(syscall.SYS_MMAP2, 0, length, 1, 1, fd, offset&^3)
	syscall.Syscall6(syscall.SYS_MMAP2, 0, length, 1, 1, fd, offset)
	syscall.Syscall6(syscall.SYS_MMAP, 0, length, 1, 1, fd, 512)
}
