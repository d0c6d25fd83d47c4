package spool

import (
	"os"
	"syscall"
	"unsafe"
)

var flushFileBuffers = syscall.NewLazyDLL("kernel32.dll").NewProc("FlushFileBuffers")

// mapRecords maps a segment and leaves its header out.
func mapRecords(segment *os.File, size int) ([]byte, error) {
	mapping, err := syscall.CreateFileMapping(syscall.Handle(segment.Fd()), nil, syscall.PAGE_READONLY, 0, 0, nil)
	if err != nil {
		return nil, err
	}
	defer syscall.CloseHandle(mapping)
	view, err := syscall.MapViewOfFile(mapping, syscall.FILE_MAP_READ, 0, 0, recordsStart+uintptr(size))
	if err != nil {
		return nil, err
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(view)), recordsStart+size)[recordsStart:], nil
}

// flush waits until the records are on disk.
func flush(segment *os.File) error {
	ok, _, err := syscall.Syscall(flushFileBuffers.Addr(), 1, segment.Fd(), 0, 0)
	if ok == 0 {
		return err
	}
	return nil
}
