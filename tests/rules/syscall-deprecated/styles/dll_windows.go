package styles

import (
	"syscall"
	"unsafe"
)

// Loaders of libraries, as they are written or generated.

var (
	kernel32        = syscall.MustLoadDLL("kernel32.dll")
	user32          = syscall.NewLazyDLL("user32.dll")
	procMessageBox  = user32.NewProc("MessageBoxW")
	procGetVersion  = kernel32.MustFindProc("GetVersion")
	errERROR_EINVAL error = syscall.EINVAL
)

func messageBox(hwnd uintptr, caption, title string) (ret int, err error) {
	r0, _, e1 := syscall.Syscall6(procMessageBox.Addr(), 4, hwnd, uintptr(unsafe.Pointer(syscall.StringToUTF16Ptr(caption))), uintptr(unsafe.Pointer(syscall.StringToUTF16Ptr(title))), 0, 0, 0) // want "syscall.Syscall6 is deprecated.*\[fix: "
	if ret = int(r0); ret == 0 {
		if e1 != 0 {
			err = error(e1)
		} else {
			err = errERROR_EINVAL
		}
	}
	return
}

func version() uint32 {
	r0, _, _ := syscall.Syscall(procGetVersion.Addr(), 0, 0, 0, 0) // want "syscall.Syscall is deprecated.*\[fix: "
	return uint32(r0)
}

func invoke(method uintptr, this unsafe.Pointer, args ...uintptr) (r uintptr) {
	switch n := len(args); {
	case n < 3:
		var a [2]uintptr
		copy(a[:], args)
		r, _, _ = syscall.Syscall(method, uintptr(n)+1, uintptr(this), a[0], a[1]) // want "syscall.Syscall is deprecated.*\[help: [^\]]*\]$"
	default:
		r, _, _ = syscall.SyscallN(method, append([]uintptr{uintptr(this)}, args...)...)
	}
	return r
}

const nargs = 3

func com(vtbl *[8]uintptr, this unsafe.Pointer, out **byte) error {
	hr, _, _ := syscall.Syscall(vtbl[0], nargs, uintptr(this), 0, uintptr(unsafe.Pointer(out))) // want "syscall.Syscall is deprecated.*\[fix: "
	if hr != 0 {
		return syscall.Errno(hr)
	}
	// The third slot is unused, and its zero is that of a name.
	const unused = 0
	_, _, err := syscall.Syscall(vtbl[1], 2, uintptr(this), 1, unused) // want "syscall.Syscall is deprecated.*\[help: [^\]]*\]$"
	return err
}

func deferred(proc *syscall.Proc, h syscall.Handle) {
	defer func() { syscall.Syscall(proc.Addr(), 1, uintptr(h), 0, 0) }() // want "syscall.Syscall is deprecated.*\[fix: "
	if r, _, err := syscall.Syscall(proc.Addr(), 1, uintptr(h), uintptr(0), 0); r == 0 { // want "syscall.Syscall is deprecated.*\[help: [^\]]*\]$"
		panic(err)
	}
	_, _, _ = proc.Call(uintptr(h), 0, 0)
}

// One that counts, and one that must go through a variable.
type caller func(trap, nargs, a1, a2, a3 uintptr) (r1, r2 uintptr, err syscall.Errno)

var call caller = syscall.Syscall // want "syscall.Syscall is deprecated.*\[help: [^\]]*\]$"

func through(trap uintptr) { call(trap, 1, 2, 0, 0) }

func commented(proc *syscall.LazyProc, a, b uintptr) {
	syscall.Syscall(proc.Addr(), 2, // want "is deprecated.*\[help: [^\]]*\]$"
		a, // the first
		b, // the second
		0)
	syscall.Syscall(proc.Addr(), // want "is deprecated.*\[fix: "
		/* two */ 2, a, b, 0)
}
