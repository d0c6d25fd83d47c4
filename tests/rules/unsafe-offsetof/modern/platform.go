package offsets

import "unsafe"

// Of another length on some platforms, and so not one type.
type platformField struct {
	pad [8 - unsafe.Sizeof(uintptr(0))]byte
	in  inner
}

func oneType(p *platformField) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(p.in.flags))
}

func bySystem(o *outer, s *bySystemStruct) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(s), unsafe.Offsetof(s.in.flags)) // want "leaves out `in`.* \[on .*linux/amd64"
}
