package modern

import (
	"syscall"
	sc "syscall"
)

type library struct{ addr uintptr }

func (l library) Addr() uintptr { return l.addr }

func (library) Syscall(trap, nargs, a1, a2, a3 uintptr) {}

type loader struct {
	Syscall6 func(trap, nargs, a1, a2, a3, a4, a5, a6 uintptr)
}

const none = 0

func aliased(l library, a, b uintptr) {
	sc.Syscall(l.Addr(), 2, a, b, 0) // want "syscall.Syscall is deprecated on Windows.*\[fix: "
	r, _, err := sc.Syscall6(l.Addr(), 5, a, b, a, b, a, 0) // want "syscall.Syscall6 is deprecated.*\[fix: "
	_, _ = r, err
}

func started(l library, a uintptr) {
	go syscall.Syscall(l.Addr(), 1, a, 0, 0)    // want "syscall.Syscall is deprecated.*\[fix: "
	defer syscall.Syscall(l.Addr(), 1, a, 0, 0) // want "syscall.Syscall is deprecated.*\[fix: "
	defer (sc.Syscall)(l.Addr(), 0, 0, 0, 0)    // want "syscall.Syscall is deprecated.*\[fix: "
}

func counts(l library, a, b uintptr) {
	syscall.Syscall(l.Addr(), 1+1, a, b, 0)         // want "is deprecated.*\[fix: "
	syscall.Syscall(l.Addr(), uintptr(1), a, 0, 0)  // want "is deprecated.*\[fix: "
	syscall.Syscall(l.Addr(), (1), a, (0), ((0)))   // want "is deprecated.*\[fix: "
	syscall.Syscall((l.Addr()), 1, (a), 0b0, 00)    // want "is deprecated.*\[fix: "
	// One of these would be lost, or is no literal zero.
	syscall.Syscall(l.Addr(), -1, a, 0, 0)       // want "is deprecated.*\[help: [^\]]*\]$"
	syscall.Syscall(l.Addr(), 1, a, none, 0)     // want "is deprecated.*\[help: [^\]]*\]$"
	syscall.Syscall(l.Addr(), 1, a, (none), 0)   // want "is deprecated.*\[help: [^\]]*\]$"
	syscall.Syscall(l.Addr(), 1, a, b-b, 0)      // want "is deprecated.*\[help: [^\]]*\]$"
	syscall.Syscall(l.Addr(), 1, a, 0, 1)        // want "is deprecated.*\[help: [^\]]*\]$"
	syscall.Syscall(l.Addr(), 1, a, 0, -0)       // want "is deprecated.*\[help: [^\]]*\]$"
	syscall.Syscall(l.Addr(), 1<<40, a, 0, 0)    // want "is deprecated.*\[help: [^\]]*\]$"
}

func lines(l library, a, b uintptr) {
	syscall.Syscall( // want "is deprecated.*\[fix: "
		l.Addr(),
		2,
		a,
		b,
		0,
	)
	sc.Syscall6( // want "is deprecated.*\[fix: "
		l.Addr(), 4,
		a, b,
		a, b,
		0, 0)
	syscall.Syscall( // want "is deprecated.*\[fix: "
		l.Addr(), 0,
		0, 0, 0)
}

var values = map[string]any{
	"own":  syscall.Syscall, // want "syscall.Syscall is deprecated.*\[help: [^\]]*\]$"
	"long": sc.Syscall18,    // want "syscall.Syscall18 is deprecated.*\[help: [^\]]*\]$"
}

func nested(l library, a uintptr) {
	syscall.Syscall(first(sc.Syscall(l.Addr(), 1, a, 0, 0)), 1, a, 0, 0) // want "is deprecated" "is deprecated"
}

func first(r1, _ uintptr, _ syscall.Errno) uintptr { return r1 }

// Spelled the same, and something else.
func spelled(l library, o loader, values []func(a, b, c, d, e uintptr)) {
	l.Syscall(1, 1, 1, 0, 0)
	library{}.Syscall(1, 1, 1, 0, 0)
	library.Syscall(l, 1, 1, 1, 0, 0)
	o.Syscall6(1, 1, 1, 0, 0, 0, 0, 0)
	Syscall := values[0]
	Syscall(1, 1, 1, 0, 0)
	var sc struct{ Syscall func(a, b, c, d, e uintptr) }
	sc.Syscall(1, 1, 1, 0, 0)
	_ = loader{Syscall6: nil}
	syscall.SyscallN(1, 1, 1)
	_ = syscall.SyscallN
	_ = syscall.NewCallback
	values[1](1, 1, 1, 0, 0)
}

func local(a uintptr) {
	var syscall library
	syscall.Syscall(1, 1, a, 0, 0)
}
