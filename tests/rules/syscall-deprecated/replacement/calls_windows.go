package replacement

import "syscall"

// No other function of package syscall than the team's own package.
func windows(proc uintptr) {
	syscall.Syscall(proc, 1, 2, 0, 0) // want "is deprecated on Windows.*\[help: use example.com/platform/sys\]$"
}
