//go:build plan9

package plan9

import "syscall"

var call = syscall.Syscall
