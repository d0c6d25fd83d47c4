//go:build !windows

package modern

import "syscall"

// What a call's number is says more of where it compiles than the build constraint does.
func numbers(fd, a uintptr) {
	syscall.Syscall(syscall.SYS_IOCTL, fd, a, 0)        // want "goes through.* \[on android/386 [^\]]* openbsd/riscv64\] \[help: use unix.Syscall of golang.org/x/sys/unix\]"
	syscall.Syscall((syscall.SYS_IOCTL), fd, a, 0)      // want "\[help: use unix.Syscall of golang.org/x/sys/unix\]"
	syscall.RawSyscall(syscall.SYS_IOCTL, fd, a, 0)     // want "\[help: use unix.RawSyscall of golang.org/x/sys/unix\]"
	syscall.Syscall(syscall.SYS_FCNTL, fd, 1, 0)        // want "\[on aix/ppc64 [^\]]* solaris/amd64 wasip1/wasm\] \[help: call unix.FcntlInt of golang.org/x/sys/unix, the wrapper for SYS_FCNTL\]"
	syscall.Syscall(syscall.SYS_CHDIR, a, 0, 0)         // want "\[on android/386 [^\]]* plan9/arm\] \[help: call unix.Chdir of golang.org/x/sys/unix, the wrapper for SYS_CHDIR, and golang.org/x/sys/plan9 on Plan 9\]"
	syscall.Syscall(syscall.SYS_ERRSTR, a, 0, 0)        // want "\[help: use unix.Syscall of golang.org/x/sys/unix, and golang.org/x/sys/plan9 on Plan 9\]"
	syscall.Syscall(a, fd, 0, 0)                        // want "goes through.* only \[help: use unix.Syscall of golang.org/x/sys/unix, and golang.org/x/sys/plan9 on Plan 9\]"
	syscall.Syscall(syscall.SYS_IOCTL+0*a, fd, 0, 0)    // want "goes through.* only \[help: use unix.Syscall of golang.org/x/sys/unix, and golang.org/x/sys/plan9 on Plan 9\]"
}
