package spool

import (
	"errors"
	"syscall"
)

// closeAll closes the handles of the processes that were waited for.
func closeAll(handles []syscall.Handle) (err error) {
	for _, handle := range handles {
		defer func() { err = errors.Join(err, syscall.CloseHandle(handle)) }()
	}
	return nil
}
