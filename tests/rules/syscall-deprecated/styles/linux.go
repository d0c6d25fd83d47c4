//go:build linux

package styles

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Wrappers as they are written by hand.

const sysGetrandom = 318

func ioctl(fd, request, argp uintptr) error {
	_, _, errorp := syscall.Syscall(syscall.SYS_IOCTL, fd, request, argp) // want "syscall.Syscall goes through.*\[help: use unix.Syscall of"
	if errorp == 0 {
		return nil
	}
	return errorp
}

func getrandom(p []byte) (n uintptr, err syscall.Errno) {
	n, _, err = syscall.Syscall(sysGetrandom, uintptr(unsafe.Pointer(&p[0])), uintptr(len(p)), 0) // want "\[help: use unix.Syscall of"
	return n, err
}

func gettid() int {
	tid, _, _ := syscall.RawSyscall(syscall.SYS_GETTID, 0, 0, 0) // want "\[help: use unix.RawSyscall of"
	return int(tid)
}

func pread(fd int, p []byte, off int64) (int, error) {
	r0, _, e1 := syscall.Syscall6(syscall.SYS_PREAD64, uintptr(fd), uintptr(unsafe.Pointer(&p[0])), uintptr(len(p)), uintptr(off), 0, 0) // want "\[help: call unix.Pread of"
	if e1 != 0 {
		return 0, e1
	}
	return int(r0), nil
}

func locked(fd uintptr, lock *syscall.Flock_t) {
	for {
		if _, _, e := syscall.Syscall(syscall.SYS_FCNTL, fd, uintptr(syscall.F_SETLKW), uintptr(unsafe.Pointer(lock))); e != syscall.EINTR { // want "\[help: use unix.Syscall of"
			break
		}
	}
	for e := syscall.EINTR; e == syscall.EINTR; _, _, e = syscall.Syscall(syscall.SYS_FSYNC, fd, 0, 0) { // want "\[help: call unix.Fsync of"
	}
}

func child() {
	if pid, _, e := syscall.RawSyscall6(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0); pid == 0 && e == 0 { // want "\[help: use unix.RawSyscall6 of"
		syscall.RawSyscall(syscall.SYS_EXIT, 0, 0, 0) // want "\[help: use unix.RawSyscall of"
	}
}

func peer(fd int) (cred syscall.Ucred, err error) {
	size := uint32(unsafe.Sizeof(cred))
	_, _, e := syscall.Syscall6(syscall.SYS_GETSOCKOPT, uintptr(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED, uintptr(unsafe.Pointer(&cred)), uintptr(unsafe.Pointer(&size)), 0) // want "\[help: call unix.GetsockoptInt of golang.org/x/sys/unix or its sibling for the option's type"
	if e != 0 {
		err = e
	}
	return cred, err
}

type traps struct{ enter, leave func(trap, a1, a2, a3 uintptr) (uintptr, uintptr, syscall.Errno) }

func table() traps {
	return traps{
		enter: syscall.Syscall,    // want "syscall.Syscall goes through"
		leave: unix.RawSyscall,
	}
}

func chosen(raw bool) func(trap, a1, a2, a3 uintptr) (uintptr, uintptr, syscall.Errno) {
	f := unix.Syscall
	if raw {
		f = (syscall.RawSyscall) // want "syscall.RawSyscall goes through.*\[help: use unix.RawSyscall of"
	}
	return f
}

// Near: names, and functions that are not frozen ones of syscall.
type tracer interface {
	Syscall(trap, a1, a2, a3 uintptr) (uintptr, uintptr, syscall.Errno)
	RawSyscall6()
}

type recorder struct {
	tracer
	Syscall6 func()
}

func near(t tracer, r recorder, regs *syscall.PtraceRegs) {
	t.Syscall(1, 2, 3, 4)
	t.RawSyscall6()
	r.Syscall(1, 2, 3, 4)
	r.Syscall6()
	r.tracer.Syscall(1, 2, 3, 4)
	_ = r.Syscall6
	_ = tracer.Syscall
	_ = unix.Syscall
	_, _, _ = unix.RawSyscall6(0, 0, 0, 0, 0, 0, 0)
	_ = syscall.Close(3)
	_ = map[string]int{"Syscall": 1, "syscall.Syscall": 2}
Syscall:
	for {
		break Syscall
	}
	type Syscall struct{ RawSyscall int }
	_ = Syscall{RawSyscall: 1}
	_ = func(Syscall func(int)) { Syscall(1) }
	const RawSyscall = 1
	_ = RawSyscall
	syscall := r
	syscall.Syscall(1, 2, 3, 4)
	_ = regs
}
