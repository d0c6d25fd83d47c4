//go:build linux

package modern

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

func calls(fd int, p unsafe.Pointer, args [3]uintptr) {
	syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), 0, uintptr(p))                      // want "syscall.Syscall goes through package syscall, which is frozen: .* \[help: use unix.Syscall of golang.org/x/sys/unix\] \[note: package syscall is frozen since Go 1.4: https://go.dev/s/go1.4-syscall\]"
	syscall.Syscall6(syscall.SYS_PREAD64, uintptr(fd), uintptr(p), 1, 0, 0, 0)          // want "syscall.Syscall6 goes through.*\[help: call unix.Pread of golang.org/x/sys/unix, the wrapper for SYS_PREAD64\]"
	syscall.RawSyscall(syscall.SYS_GETPID, 0, 0, 0)                                     // want "syscall.RawSyscall goes through.*\[help: use unix.RawSyscall of golang.org/x/sys/unix\]"
	syscall.RawSyscall6(syscall.SYS_CLONE, 0, 0, 0, 0, 0, 0)                            // want "syscall.RawSyscall6 goes through.*\[help: use unix.RawSyscall6 of golang.org/x/sys/unix\]"
	syscall.Syscall(unix.SYS_MEMFD_CREATE, uintptr(p), 0, 0)                            // want "syscall.Syscall goes through.*\[help: call unix.MemfdCreate of golang.org/x/sys/unix, the wrapper for SYS_MEMFD_CREATE\]"
	(syscall.Syscall)(syscall.SYS_SYNC, 0, 0, 0)                                        // want "syscall.Syscall goes through.*\[help: call unix.Sync of"
	((syscall.Syscall))(syscall.SYS_SYNC, 0, 0, 0)                                      // want "syscall.Syscall goes through"
	go syscall.Syscall(syscall.SYS_SYNC, 0, 0, 0)                                       // want "syscall.Syscall goes through"
	defer syscall.Syscall(syscall.SYS_CLOSE, uintptr(fd), 0, 0)                         // want "syscall.Syscall goes through"
	func() { syscall.Syscall(syscall.SYS_SYNC, 0, 0, 0) }()                             // want "syscall.Syscall goes through"
	if _, _, e := syscall.Syscall(syscall.SYS_SYNC, args[0], args[1], args[2]); e != 0 { // want "syscall.Syscall goes through"
		panic(e)
	}
}

// A number that isn't a constant of either package, and commands that take a pointer where the wrapper takes a number.
func numbered(fd uintptr, lock *syscall.Flock_t, path *byte) {
	const SYS_SYNC = 162
	syscall.Syscall(SYS_SYNC, 0, 0, 0)                                                         // want "\[help: use unix.Syscall of"
	syscall.Syscall(162, 0, 0, 0)                                                              // want "\[help: use unix.Syscall of"
	syscall.Syscall(uintptr(syscall.SYS_SYNC), 0, 0, 0)                                        // want "\[help: use unix.Syscall of"
	syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_GETFL, 0)                                 // want "\[help: call unix.FcntlInt of"
	syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_SETLK, uintptr(unsafe.Pointer(lock)))      // want "\[help: use unix.Syscall of"
	syscall.Syscall6(syscall.SYS_UTIMENSAT, fd, 0, uintptr(unsafe.Pointer(lock)), 0, 0, 0)      // want "\[help: use unix.Syscall6 of"
	syscall.Syscall6(syscall.SYS_UTIMENSAT, fd, fd, uintptr(unsafe.Pointer(lock)), 0, 0, 0)     // want "\[help: use unix.Syscall6 of"
	syscall.Syscall6(syscall.SYS_UTIMENSAT, fd, uintptr(unsafe.Pointer(path)), fd, 0, 0, 0)     // want "\[help: call unix.UtimesNanoAt of"
	syscall.RawSyscall(syscall.SYS_FCNTL, fd, syscall.F_SETLK, uintptr(unsafe.Pointer(lock)))   // want "\[help: use unix.RawSyscall of"
}

var table = map[string]func(a, b, c, d uintptr) (uintptr, uintptr, syscall.Errno){
	"slow": syscall.Syscall,    // want "syscall.Syscall goes through.*\[help: use unix.Syscall of golang.org/x/sys/unix\]"
	"fast": syscall.RawSyscall, // want "syscall.RawSyscall goes through.*\[help: use unix.RawSyscall of golang.org/x/sys/unix\]"
	"own":  unix.Syscall,
	"raw":  unix.RawSyscall,
}

var value = syscall.Syscall6 // want "syscall.Syscall6 goes through"

// Two on one line.
func both() {
	syscall.Syscall(0, 0, 0, 0); syscall.RawSyscall(0, 0, 0, 0) // want "syscall.Syscall goes" "syscall.RawSyscall goes"
}

// Spelled the same, and something else.
type kernel struct{ Syscall func(int) }

func (kernel) RawSyscall(n int) {}

func safe(k kernel) {
	k.Syscall(1)
	k.RawSyscall(1)
	unix.Syscall(unix.SYS_OPENAT, 0, 0, 0)
	Syscall := func(int) {}
	Syscall(3)
	_ = "syscall.Syscall(1, 2, 3, 4)"
	// syscall.Syscall(1, 2, 3, 4)
	_ = syscall.SYS_OPENAT
	_, _ = syscall.Getpid(), syscall.Errno(0)
}

func shadowed(syscall kernel) {
	syscall.Syscall(1)
	syscall.RawSyscall(2)
}
