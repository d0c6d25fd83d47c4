package spool

import (
	"os"
	"syscall"
)

// mapRecords maps the records of a segment, without its header.
func mapRecords(segment *os.File, size int) ([]byte, error) {
	return syscall.Mmap(int(segment.Fd()), recordsStart, size, syscall.PROT_READ, syscall.MAP_SHARED)
}

// mapFrom maps what follows the sector that holds a record.
func mapFrom(segment *os.File, record int64, size int) ([]byte, error) {
	sector := record / 512 * 512
	return syscall.Mmap(int(segment.Fd()), sector, size, syscall.PROT_READ, syscall.MAP_SHARED)
}

// flush waits until the records are on disk.
func flush(segment *os.File) error {
	_, _, errno := syscall.Syscall(syscall.SYS_FDATASYNC, segment.Fd(), 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}
