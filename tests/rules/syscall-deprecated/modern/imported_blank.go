package modern

import (
	"syscall"

	_ "golang.org/x/sys/unix"
)

// An import for nothing says nothing.
var besideBlank = syscall.Syscall6 // want "is deprecated on Windows" "goes through.*\[help: use unix.Syscall6 of golang.org/x/sys/unix, and golang.org/x/sys/plan9 on Plan 9\]"
