//go:build linux || darwin

package modern

import (
	"syscall"
	"unsafe"
)

// Wrappers that take a value of one type, where the call takes any.
func options(fd uintptr, p unsafe.Pointer, n int32, size *uint32, filter *filter) {
	syscall.Syscall6(syscall.SYS_SETSOCKOPT, fd, 1, 2, uintptr(unsafe.Pointer(&n)), 4, 0)                            // want "\[help: call unix.SetsockoptInt of golang.org/x/sys/unix, the wrapper for SYS_SETSOCKOPT\]"
	syscall.Syscall6(syscall.SYS_GETSOCKOPT, fd, 1, 2, uintptr(unsafe.Pointer(&n)), uintptr(unsafe.Pointer(size)), 0) // want "\[help: call unix.GetsockoptInt of golang.org/x/sys/unix, the wrapper for SYS_GETSOCKOPT\]"
	syscall.Syscall6(syscall.SYS_SETSOCKOPT, fd, 1, 26, uintptr(unsafe.Pointer(filter)), 16, 0)                      // want "\[help: call unix.SetsockoptInt of golang.org/x/sys/unix or its sibling for the option's type, the wrappers for SYS_SETSOCKOPT\]"
	syscall.Syscall6(syscall.SYS_SETSOCKOPT, fd, 1, 26, uintptr(p), 16, 0)                                           // want "\[help: call unix.SetsockoptInt of golang.org/x/sys/unix or its sibling for the option's type, the wrappers for SYS_SETSOCKOPT\]"
	syscall.Syscall6(syscall.SYS_GETSOCKOPT, fd, 1, 17, uintptr(p), uintptr(unsafe.Pointer(size)), 0)                // want "\[help: call unix.GetsockoptInt of golang.org/x/sys/unix or its sibling for the option's type, the wrappers for SYS_GETSOCKOPT\]"
	syscall.RawSyscall6(syscall.SYS_SETSOCKOPT, fd, 1, 26, uintptr(p), 16, 0)                                        // want "\[help: use unix.RawSyscall6 of"
	syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_SETLK, uintptr(p))                                              // want "\[help: use unix.Syscall of"
	syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_SETFL, uintptr(n))                                              // want "\[help: call unix.FcntlInt of"
}

type filter struct {
	len  uint16
	code *uint64
}
