package modern

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// golang.org/x/sys/unix exports nothing on Windows, Plan 9 and WebAssembly, where this file doesn't compile.
var besideUnix = syscall.Syscall // want "goes through.* \[on aix/ppc64 [^\]]* solaris/amd64\] \[help: use unix.Syscall of golang.org/x/sys/unix\]"

func besideNumber(fd uintptr) {
	syscall.RawSyscall(unix.SYS_OPENAT, fd, 0, 0) // want "goes through.* \[on android/386 [^\]]* openbsd/riscv64\] \[help: use unix.RawSyscall of golang.org/x/sys/unix\]"
}
