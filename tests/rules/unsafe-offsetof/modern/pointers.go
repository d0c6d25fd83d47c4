package offsets

import "unsafe"

// --- what a pointer field points to stands elsewhere ---

func throughPointer(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.link)+unsafe.Offsetof(o.link.flags)) // want "`flags` stands at offset 8 of `inner`, but `o.link` is a pointer: what it points to stands elsewhere"
}

func throughPointerAlone(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.link.flags)) // want "but `link` is a pointer"
}

func throughPointerInStruct(d *deep) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(d), unsafe.Offsetof(d.mid)+unsafe.Offsetof(d.mid.out)+unsafe.Offsetof(d.mid.out.link)+unsafe.Offsetof(d.mid.out.link.flags)) // want "`d.mid.out.link` is a pointer"
}

func throughPointerToItself(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.next)+unsafe.Offsetof(o.next.name)) // want "`o.next` is a pointer"
}

func throughEmbeddedPointer(e *embeddingPointer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(e), unsafe.Offsetof(e.inner)+unsafe.Offsetof(e.inner.flags)) // want "`e.inner` is a pointer"
}

func throughPointerAtZero(e *struct{ link *inner }) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(e), unsafe.Offsetof(e.link.flags)) // want "`link` is a pointer"
}

// The pointer stands at offset 0, and so does the field: the sum is the address of the pointer.
func pointerAtZero(e *struct{ link *inner }) uint64 {
	link := (**uint64)(unsafe.Pointer(uintptr(unsafe.Pointer(e)) + unsafe.Offsetof(e.link.id)))
	return **link
}

func pointerAtZeroOfOffset(o *outer) *inner {
	return *(**inner)(unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.link)+unsafe.Offsetof(o.link.id)))
}

func pointerAtZeroOfVariable(o *outer) **outer {
	return (**outer)(unsafe.Add(unsafe.Pointer(&o), unsafe.Offsetof(o.length)))
}

func pointerAtZeroKept(e *struct{ link *inner }) {
	place := unsafe.Add(unsafe.Pointer(e), unsafe.Offsetof(e.link.id))
	println(**(**uint64)(place))
}

func bitsOfPointerAtZero(e *struct{ link *inner }) uintptr {
	return *(*uintptr)(unsafe.Add(unsafe.Pointer(e), unsafe.Offsetof(e.link.id)))
}

func pointerAtZeroTakenForField(e *struct{ link *inner }) *uint64 {
	return (*uint64)(unsafe.Add(unsafe.Pointer(e), unsafe.Offsetof(e.link.id))) // want "`id` stands at offset 0 of `inner`, but `link` is a pointer"
}

func pointerAtZeroTakenForStruct(o *outer) *inner {
	return (*inner)(unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.link)+unsafe.Offsetof(o.link.id))) // want "`o.link` is a pointer"
}

// Another place than the pointer's, whatever is read there.
func notThePointer(o *outer) **inner {
	return (**inner)(unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.link.id))) // want "`link` is a pointer"
}

func loaded(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o.link), unsafe.Offsetof(o.link.flags))
}

func loadedByHand(o *outer) unsafe.Pointer {
	link := *(**inner)(unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.link)))
	return unsafe.Add(unsafe.Pointer(link), unsafe.Offsetof(link.flags))
}

// The same struct: only the name goes through the pointer.
func namedThroughPointer(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.next.name))
}

func pointerFieldItself(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.link))
}

// --- the address of a pointer ---

func addressOfPointer(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&o), unsafe.Offsetof(o.name)) // want "`name` stands at offset .* of `outer`, but the base is the address of the pointer `o`, not of what it points to"
}

func addressOfPointerUintptr(o *outer) *inner {
	return (*inner)(unsafe.Pointer(uintptr(unsafe.Pointer(&o)) + unsafe.Offsetof(o.in))) // want "the address of the pointer `o`"
}

func addressOfLocalPointer() unsafe.Pointer {
	o := &outer{}
	return unsafe.Add(unsafe.Pointer(&o), unsafe.Offsetof(o.in)) // want "the address of the pointer `o`"
}

func addressOfPointerField(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&o.link), unsafe.Offsetof(o.link.flags)) // want "the address of the pointer `o.link`"
}

func pointerToPointer(o **outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof((*o).in)) // want "the base points to a pointer \(`\*outer`\)"
}

func dereferenced(o **outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(*o), unsafe.Offsetof((*o).in))
}

func addressOfValue(o outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&o), unsafe.Offsetof(o.in))
}

func (o *outer) receiver() unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&o), unsafe.Offsetof(o.in)) // want "the address of the pointer `o`"
}

func (o outer) valueReceiver() unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&o), unsafe.Offsetof(o.in))
}

// A pointer to a pointer to something else: what is meant can't be told.
func pointerToOther(u **unrelated) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(u), unsafe.Offsetof(outer{}.in))
}
