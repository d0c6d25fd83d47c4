//go:build unix

// Package unix stands in for golang.org/x/sys/unix: the signatures that the fixtures call.
package unix

import "unsafe"

const (
	PROT_READ     = 1
	MAP_SHARED    = 1
	MAP_PRIVATE   = 2
	MAP_ANONYMOUS = 32
	SYS_MMAP      = 9
	SYS_MMAP2     = 192
	SYS_MUNMAP    = 11
)

type Errno uintptr

func Mmap(fd int, offset int64, length int, prot int, flags int) (data []byte, err error) {
	return nil, nil
}

func MmapPtr(fd int, offset int64, addr unsafe.Pointer, length uintptr, prot int, flags int) (ret unsafe.Pointer, err error) {
	return nil, nil
}

func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) { return 0, 0, 0 }

func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) { return 0, 0, 0 }
