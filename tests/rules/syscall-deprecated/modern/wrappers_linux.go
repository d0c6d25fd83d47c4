package modern

import (
	"syscall"
	"unsafe"
)

// The calls pass addresses: unix.Mmap takes none, and unix.Munmap takes only what unix.Mmap has returned.
func memory(at, size, fd uintptr) {
	syscall.Syscall6(syscall.SYS_MMAP, at, size, 3, 2, fd, 0)     // want "\[help: call unix.MmapPtr of golang.org/x/sys/unix, the wrapper for SYS_MMAP\]"
	syscall.Syscall(syscall.SYS_MUNMAP, at, size, 0)              // want "\[help: call unix.MunmapPtr of"
	syscall.Syscall6(syscall.SYS_MREMAP, at, size, size*2, 1, 0, 0) // want "\[help: call unix.MremapPtr of"
}

// Only as long as there is no mask of signals.
func wait(fd, events uintptr, mask *uint64) {
	syscall.Syscall6(syscall.SYS_EPOLL_PWAIT, fd, events, 1, 0, 0, 0)                            // want "\[help: call unix.EpollWait of"
	syscall.Syscall6(syscall.SYS_EPOLL_PWAIT, fd, events, 1, 0, uintptr(unsafe.Pointer(mask)), 8) // want "\[help: use unix.Syscall6 of"
}

func process(limit *syscall.Rlimit) {
	syscall.Syscall6(syscall.SYS_PRLIMIT64, 1, 2, 0, uintptr(unsafe.Pointer(limit)), 0, 0) // want "\[help: call unix.Prlimit of"
	syscall.Syscall(syscall.SYS_EXIT_GROUP, 1, 0, 0)                                       // want "\[help: call unix.Exit of"
	// Ends the thread, where unix.Exit ends the process.
	syscall.Syscall(syscall.SYS_EXIT, 1, 0, 0) // want "\[help: use unix.Syscall of"
}
