package offsets

import "unsafe"

// Zero on platforms whose pointers have 8 bytes.
type platformField struct {
	pad [8 - unsafe.Sizeof(uintptr(0))]byte
	in  inner
}

func someplatforms(p *platformField) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(p.in.flags)) // want "which itself stands at offset .*4.* of `platformField`.* \[on .*linux/386"
}

func bySystem(o *outer, s *bySystemStruct) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(s), unsafe.Offsetof(s.in.flags)) // want "leaves out `in`.* \[on .*linux/amd64"
}
