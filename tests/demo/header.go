package spool

import "unsafe"

// recordsStart is where the records of a segment begin, in bytes from the start of its file.
const recordsStart = 512

// header stands at the start of a segment.
type header struct {
	magic   [4]byte
	version uint32
	cursors cursors
}

// cursors say how far a segment is read and written, in bytes.
type cursors struct {
	read  uint64
	write uint64
}

// writeCursor is what writers count up.
func (h *header) writeCursor() *uint64 {
	return (*uint64)(unsafe.Add(unsafe.Pointer(h), unsafe.Offsetof(h.cursors.write)))
}
