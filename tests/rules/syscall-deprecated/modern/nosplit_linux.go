package modern

import (
	"syscall"
	"unsafe"
)

// A chain of functions that must not grow the stack shares 800 bytes of it, and unix.RawSyscall takes more of them.
//
//go:nosplit
//go:norace
func handler(fd uintptr) {
	syscall.RawSyscall(syscall.SYS_IOCTL, fd, 0, 0) // want "goes through.* only \[likely\] \[help: use unix.RawSyscall of golang.org/x/sys/unix\] \[note: package syscall is frozen.*\] \[note: .*nosplit.*\]"
	syscall.Syscall(syscall.SYS_FSYNC, fd, 0, 0)    // want "\[likely\] \[help: use unix.Syscall of golang.org/x/sys/unix\]"
	func() {
		syscall.Syscall(syscall.SYS_FSYNC, fd, 0, 0) // want "goes through.* only \[help: call unix.Fsync of"
	}()
}

//go:nosplit

func (k kernel) handle(fd uintptr) {
	syscall.RawSyscall(syscall.SYS_IOCTL, fd, 0, 0) // want "\[likely\] \[help: use unix.RawSyscall of"
}

//go:nosplitting is another word.
func splits(fd uintptr) {
	//go:nosplit
	syscall.RawSyscall(syscall.SYS_IOCTL, fd, 0, 0) // want "goes through.* only \[help: use unix.RawSyscall of"
}

//go:nosplit
var fsync, _, _ = syscall.Syscall(syscall.SYS_FSYNC, 1, 0, 0) // want "goes through.* only \[help: call unix.Fsync of"

func splitsToo(p unsafe.Pointer) {
	syscall.RawSyscall(syscall.SYS_IOCTL, uintptr(p), 0, 0) // want "goes through.* only \[help: use unix.RawSyscall of"
}
