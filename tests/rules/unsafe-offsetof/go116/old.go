package old

import . "unsafe"

type inner struct {
	id    uint64
	flags uint32
}

type outer struct {
	length uint64
	in     inner
}

func missing(o *outer) *uint32 {
	return (*uint32)(Pointer(uintptr(Pointer(o)) + Offsetof(o.in.flags))) // want "leaves out `in`"
}

func whole(o *outer) *uint32 {
	return (*uint32)(Pointer(uintptr(Pointer(o)) + Offsetof(o.in) + Offsetof(o.in.flags)))
}

func parked(o *outer) *inner {
	addr := uintptr(Pointer(o)) + Offsetof(o.in) // want "`addr` keeps the address.* \[help: convert in one expression: .* in place of `Pointer\(addr\)`\]"
	return (*inner)(Pointer(addr))
}
