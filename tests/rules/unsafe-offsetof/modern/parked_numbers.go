package offsets

import "unsafe"

// --- what becomes of the number ---

func aligned(o *outer) *inner {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	addr &^= 7
	return (*inner)(unsafe.Pointer(addr))
}

func alignedByMask(o *outer) *inner {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	addr &= ^uintptr(7)
	return (*inner)(unsafe.Pointer(addr))
}

func alignedInPlace(o *outer) *inner {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	addr = (addr + 63) &^ 63
	return (*inner)(unsafe.Pointer(addr))
}

func tagged(o *outer) *inner {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	addr |= 1
	return (*inner)(unsafe.Pointer(addr - 1))
}

func movedBack(o *outer, n int) *inner {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.name) // want "`addr` keeps the address"
	addr -= uintptr(n)
	return (*inner)(unsafe.Pointer(addr - unsafe.Sizeof(*o)))
}

func counted(o *outer) (last *byte) {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	for i := 0; i < 4; i++ {
		last = (*byte)(unsafe.Pointer(addr))
		addr++
	}
	return last
}

// --- a number that is no address any more ---

func differenceOfItself(o *outer) unsafe.Pointer {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return unsafe.Pointer(addr - addr)
}

func differenceAdded(o *outer) *inner {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return (*inner)(unsafe.Pointer(uintptr(unsafe.Pointer(o)) + (addr - uintptr(unsafe.Pointer(o)))))
}

func differenceKept(o *outer) *inner {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	distance := addr - uintptr(unsafe.Pointer(o))
	return (*inner)(unsafe.Pointer(uintptr(unsafe.Pointer(o)) + distance))
}

func differenceOfUnknown(o *outer, start uintptr, base unsafe.Pointer) unsafe.Pointer {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return unsafe.Pointer(uintptr(base) + (addr - start))
}

func movedByUnknown(o *outer, back uintptr) unsafe.Pointer {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	return unsafe.Pointer(addr - back + 8)
}

func differenceOfTwoUnknown(o *outer, start, base uintptr) unsafe.Pointer {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return unsafe.Pointer(addr - start + base)
}

func differenceOfUnknownKept(o *outer, start, base uintptr) unsafe.Pointer {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	distance := addr - start
	return unsafe.Pointer(base + distance)
}

func differenceInPlace(o *outer, other *inner) unsafe.Pointer {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	addr -= uintptr(unsafe.Pointer(o))
	return unsafe.Pointer(uintptr(unsafe.Pointer(other)) + addr)
}

func differenceOfMany(all []*outer) unsafe.Pointer {
	start := uintptr(unsafe.Pointer(all[0]))
	if len(all) > 3 {
		start = uintptr(unsafe.Pointer(all[3]))
	}
	addr := uintptr(unsafe.Pointer(all[0])) + unsafe.Offsetof(all[0].in)
	return unsafe.Pointer(addr - start)
}

func lowBits(o *outer, table *[64]byte) *byte {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return (*byte)(unsafe.Pointer(uintptr(unsafe.Pointer(table)) + addr&63))
}

func lowBitsInPlace(o *outer, table uintptr) *byte {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	addr &= 63
	return (*byte)(unsafe.Pointer(table + addr))
}

func remainder(o *outer, table uintptr) *byte {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	addr %= 64
	return (*byte)(unsafe.Pointer(table + addr))
}

func remainderOfItself(o *outer, table uintptr) *byte {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	addr = addr >> 4 % 64
	return (*byte)(unsafe.Pointer(table + addr))
}

// --- elements of slices ---

func ofElement(all []outer) *inner {
	addr := uintptr(unsafe.Pointer(&all[0])) + unsafe.Offsetof(all[0].in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

func ofElementOfField(h *struct{ all []outer }, i int) *inner {
	addr := uintptr(unsafe.Pointer(&h.all[i])) + unsafe.Offsetof(h.all[i].in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

func ofFieldOfElement(all []deep) *inner {
	addr := uintptr(unsafe.Pointer(&all[1].mid.out)) + unsafe.Offsetof(outer{}.in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

func ofElementOfPart(all []outer) *inner {
	part := all[1:3]
	addr := uintptr(unsafe.Pointer(&part[0])) + unsafe.Offsetof(part[0].in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

func ofElementOfArray() *inner {
	var room [4]outer
	part := room[1:3]
	addr := uintptr(unsafe.Pointer(&part[0])) + unsafe.Offsetof(part[0].in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

func ofMadeSlice(n int) *inner {
	all := append([]outer(nil), make([]outer, n)...)
	addr := uintptr(unsafe.Pointer(&all[0])) + unsafe.Offsetof(all[0].in) // want "`addr` keeps the address"
	return (*inner)(unsafe.Pointer(addr))
}

func ofFoundSlice(find func() []outer) *inner {
	all := find()
	addr := uintptr(unsafe.Pointer(&all[0])) + unsafe.Offsetof(all[0].in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

// Bytes may be a mapped file's, and so may what is laid over them.
func ofBytes(data []byte) *inner {
	addr := uintptr(unsafe.Pointer(&data[0])) + unsafe.Offsetof(outer{}.in)
	return (*inner)(unsafe.Pointer(addr))
}

func ofSliceOverBytes(data []byte) *inner {
	all := unsafe.Slice((*outer)(unsafe.Pointer(&data[0])), 4)
	addr := uintptr(unsafe.Pointer(&all[0])) + unsafe.Offsetof(all[0].in)
	return (*inner)(unsafe.Pointer(addr))
}

func ofSliceOverArray(device uintptr) *inner {
	all := (*[16]outer)(unsafe.Pointer(device))[:4:4]
	addr := uintptr(unsafe.Pointer(&all[0])) + unsafe.Offsetof(all[0].in)
	return (*inner)(unsafe.Pointer(addr))
}

func ofEither(device unsafe.Pointer, all []outer) *inner {
	if device != nil {
		all = unsafe.Slice((*outer)(device), 4)
	}
	addr := uintptr(unsafe.Pointer(&all[0])) + unsafe.Offsetof(all[0].in)
	return (*inner)(unsafe.Pointer(addr))
}

var pool []outer

func ofPool() *inner {
	addr := uintptr(unsafe.Pointer(&pool[0])) + unsafe.Offsetof(pool[0].in)
	return (*inner)(unsafe.Pointer(addr))
}
