//go:build unix

package styles

import sys "syscall"

// In generic code, initialisers and constants' neighbours.

type number interface{ ~int | ~uintptr }

func raw[N number](n N) uintptr {
	r, _, _ := sys.RawSyscall(uintptr(n), 0, 0, 0) // want "syscall.RawSyscall goes through"
	return r
}

var pid, _, _ = sys.Syscall(sys.SYS_GETPID, 0, 0, 0) // want "syscall.Syscall goes through.*\[help: call unix.Getpid of"

func init() {
	var err error
	if _, _, e := sys.Syscall6(sys.SYS_WAIT4, 0, 0, 0, 0, 0, 0); e != 0 { // want "\[help: call unix.Wait4 of"
		err = e
	}
	_ = err
	func(f func(a, b, c, d uintptr) (uintptr, uintptr, sys.Errno)) { f(1, 2, 3, 4) }(sys.Syscall) // want "syscall.Syscall goes through"
	select {
	case results <- sys.Syscall: // want "syscall.Syscall goes through"
	default:
	}
}

var results = make(chan func(a, b, c, d uintptr) (uintptr, uintptr, sys.Errno))
