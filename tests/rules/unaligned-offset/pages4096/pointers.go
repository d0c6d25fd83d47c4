package mappings

import "unsafe"

// Pointers that are moved by a constant.

type record struct {
	id    uint64
	flags uint32
	kind  uint16
	tag   uint8
}

type words struct{ a, b uint32 }

type node struct {
	next *node
	name string
}

type small struct{ a, b uint16 }

func likely(r *record, w *words, n *uint32, s *small) {
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(r), 1))                         // want "`uint32` must stand at a multiple of 4, but this is 1 byte from a `record`, which stands at a multiple of 8 \(4 on .*\): some machines fault there.*\[likely\]"
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(w), 2))                         // want "`uint32` must stand at a multiple of 4, but this is 2 bytes from a `words`, which stands at a multiple of 4: .*\[likely\] "
	_ = (*uint64)(unsafe.Add(unsafe.Pointer(r), 12))                        // want "`uint64` must stand at a multiple of 8, but this is 12 bytes from a `record`, which stands at a multiple of 8 on 64-bit platforms: .*\[likely\] \[on .*linux/amd64"
	_ = (*uint16)(unsafe.Pointer(uintptr(unsafe.Pointer(n)) + 3))           // want "`uint16` must stand at a multiple of 2, but this is 3 bytes from a `uint32`.*\[likely"
	_ = (*uint32)(unsafe.Pointer(uintptr(unsafe.Pointer(n)) - 2))           // want "this is -2 bytes from a `uint32`.*\[likely"
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(r), unsafe.Offsetof(r.kind)+2)) // want "`uint32` .* this is 14 bytes from a `record`.*\[likely"
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(r), unsafe.Offsetof(r.tag)))    // want "`uint32` .* this is 14 bytes from a `record`.*\[likely"
	_ = (*float32)(unsafe.Add(unsafe.Pointer(n), unsafe.Sizeof(uint16(0)))) // want "`float32` .* this is 2 bytes from a `uint32`.*\[likely"
	_ = (*words)(unsafe.Add(unsafe.Pointer(w), 6))                          // want "`words` must stand at a multiple of 4, but this is 6 bytes.*\[likely"
	_ = (*[4]uint32)(unsafe.Add(unsafe.Pointer(w), 5))                      // want "`\[4\]uint32` must stand at a multiple of 4, but this is 5 bytes.*\[likely"
	_ = unsafe.Slice((*uint16)(unsafe.Add(unsafe.Pointer(w), 1)), 2)        // want "`uint16` .* this is 1 byte from a `words`.*\[likely"
	_ = *(*uint16)(unsafe.Pointer(1 + uintptr(unsafe.Pointer(s))))          // want "`uint16` .* this is 1 byte from a `small`.*\[likely"
	_ = (*uint32)(unsafe.Add(unsafe.Add(unsafe.Pointer(w), 1), 1))          // want "`uint32` .* this is 2 bytes from a `words`.*\[likely"
	_ = (*int64)(unsafe.Add(unsafe.Pointer(&r.id), 4))                      // want "`int64` .* this is 4 bytes from a `uint64`.* on 64-bit platforms.*\[likely"
	_ = (*complex128)(unsafe.Add(unsafe.Pointer(r), 2))                     // want "`complex128` .* this is 2 bytes from a `record`.*\[likely"
}

func certain(r *record, n *node, p *uintptr) {
	_ = (*node)(unsafe.Add(unsafe.Pointer(n), 2))               // want "`node` must stand at a multiple of 8 \(4 on 32-bit platforms\), but this is 2 bytes from a `node`, .*: the collector and checkptr refuse a misaligned pointer to pointers \[help"
	_ = (**node)(unsafe.Add(unsafe.Pointer(n), 1))              // want "`\*node` must stand .* this is 1 byte from a `node`.*refuse a misaligned pointer to pointers \[help"
	_ = (*string)(unsafe.Add(unsafe.Pointer(p), 2))             // want "`string` must stand .* this is 2 bytes from a `uintptr`"
	_ = (*[]byte)(unsafe.Add(unsafe.Pointer(p), 2))             // want "`\[\]byte` must stand .* this is 2 bytes from a `uintptr`"
	_ = (*any)(unsafe.Add(unsafe.Pointer(p), 6))                // want "must stand .* this is 6 bytes from a `uintptr`"
	_ = (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(p), 1))  // want "must stand .* this is 1 byte from a `uintptr`.*refuse"
	_ = (*struct{ f func() })(unsafe.Add(unsafe.Pointer(p), 3)) // want "must stand .* this is 3 bytes from a `uintptr`.*refuse"
	_ = (**node)(unsafe.Add(unsafe.Pointer(p), 4))              // want "this is 4 bytes from a `uintptr`, .* on 64-bit platforms: .*refuse.*pointers \[on "
	_ = (*[0]*node)(unsafe.Add(unsafe.Pointer(p), 2))           // want "must stand .* this is 2 bytes from a `uintptr`.*\[likely\]"
}

func named(w *words) {
	const odd = 3
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(w), odd)) // want "this is 3 bytes from a `words`.*\[likely"

	offset := uintptr(2)
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(w), offset)) // want "this is 2 bytes from a `words`.*\[likely"

	moved := unsafe.Add(unsafe.Pointer(w), 2)
	_ = (*uint32)(moved) // want "this is 2 bytes from a `words`.*\[likely"
	_ = (*uint16)(moved)

	type pointer *uint32
	_ = pointer(unsafe.Add(unsafe.Pointer(w), 2)) // want "this is 2 bytes from a `words`.*\[likely"

	base := &words{}
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(base), 1)) // want "this is 1 byte from a `words`.*\[likely"

	steps := uintptr(2)
	steps += 2
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(w), steps))
	steps = 3
}

func aligned(r *record, w *words, n *node, p *uintptr, s *small) {
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(r), 8))
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(w), 4))
	_ = (*uint16)(unsafe.Add(unsafe.Pointer(r), unsafe.Offsetof(r.kind)))
	_ = (*uint16)(unsafe.Add(unsafe.Pointer(w), 2))
	_ = (*string)(unsafe.Add(unsafe.Pointer(n), unsafe.Offsetof(n.name)))
	_ = (**node)(unsafe.Add(unsafe.Pointer(n), unsafe.Sizeof(uintptr(0))))
	_ = (*node)(unsafe.Add(unsafe.Pointer(n), unsafe.Sizeof(*n)))
	_ = (*record)(unsafe.Add(unsafe.Pointer(r), -16))
	// The base says too little: it may well stand right.
	_ = (*uint64)(unsafe.Add(unsafe.Pointer(w), 4))
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(s), 2))
	_ = (*record)(unsafe.Add(unsafe.Pointer(w), 4))
	_ = (*uint32)(unsafe.Pointer(w))
	_ = (*uint64)(unsafe.Pointer(s))
	// Bytes stand anywhere.
	_ = (*byte)(unsafe.Add(unsafe.Pointer(r), 3))
	_ = (*[3]byte)(unsafe.Add(unsafe.Pointer(r), 1))
	_ = (*bool)(unsafe.Add(unsafe.Pointer(r), 5))
	_ = (*struct{ a, b byte })(unsafe.Add(unsafe.Pointer(r), 5))
	_ = unsafe.Add(unsafe.Pointer(r), 3)
	_ = unsafe.Pointer(uintptr(unsafe.Pointer(r)) + 3)
}

func unknown(r *record, p unsafe.Pointer, n uintptr, b []byte, a *[16]byte, i int, tag *byte) {
	_ = (*uint32)(unsafe.Add(p, 1))
	_ = (*uint32)(unsafe.Pointer(n + 1))
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(&b[0]), 1))
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(&b[3]), 1))
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(a), 3))
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(&r.tag), 1))
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(tag), 3))
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(r), i))
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(r), i*2))
	_ = (*uint32)(unsafe.Pointer(uintptr(unsafe.Pointer(r)) + n + 1))
	_ = (*uint32)(unsafe.Pointer((uintptr(unsafe.Pointer(r)) + 3) &^ 3))
	_ = (*uint32)(unsafe.Pointer(uintptr(unsafe.Pointer(r)) + 1 - uintptr(unsafe.Pointer(tag))))
	_ = uint32(uintptr(unsafe.Pointer(r)) + 1)
}

func generic[T any](r *record, t *T) {
	_ = (*T)(unsafe.Add(unsafe.Pointer(r), 1))
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(t), 1))
}

func changed(w *words, odd bool) {
	offset := 4
	if odd {
		offset = 3
	}
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(w), offset))
}

func shadowed(w *words) {
	type uint32 byte
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(w), 1))
}

func calls(f *func(unsafe.Pointer) *uint32, w *words) {
	_ = (*f)(unsafe.Add(unsafe.Pointer(w), 1))
}
