package offsets

import "unsafe"

// --- the field's own struct is left out ---

func missingPrefix(o *outer) *uint32 {
	return (*uint32)(unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.in.flags))) // want "`flags` stands at offset 8 of `inner`, which itself stands at offset 8 of `outer`, and so `in.flags` at 16: this sum leaves out `in`"
}

func missingPrefixUintptr(o *outer) *uint32 {
	return (*uint32)(unsafe.Pointer(uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in.flags))) // want "offset 8 of `inner`.* offset 8 of `outer`"
}

func missingPrefixOfValue() uint32 {
	var o outer
	return *(*uint32)(unsafe.Add(unsafe.Pointer(&o), unsafe.Offsetof(o.in.flags))) // want "leaves out `in`"
}

func offsetFirst(o *outer) unsafe.Pointer {
	return unsafe.Pointer(unsafe.Offsetof(o.in.flags) + uintptr(unsafe.Pointer(o))) // want "leaves out `in`"
}

func missingMiddle(d *deep) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(d), unsafe.Offsetof(d.mid)+unsafe.Offsetof(d.mid.out.in)) // want "`in` stands at offset 8 of `outer`, which itself stands at offset 8 \(4 on .*\) of `middle`"
}

func missingOuter(d *deep) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(d), unsafe.Offsetof(d.mid.out)+unsafe.Offsetof(d.mid.out.in)) // want "`out` stands at .* of `middle`, .* of `deep`, .* leaves out `mid`"
}

func wholeChain(d *deep) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(d), unsafe.Offsetof(d.mid)+unsafe.Offsetof(d.mid.out)+unsafe.Offsetof(d.mid.out.in))
}

func wholeChainInAnyOrder(d *deep) unsafe.Pointer {
	return unsafe.Pointer(unsafe.Offsetof(d.mid.out.in) + uintptr(unsafe.Pointer(d)) + unsafe.Offsetof(d.mid) + unsafe.Offsetof(d.mid.out))
}

func nestedAdds(d *deep) unsafe.Pointer {
	return unsafe.Add(unsafe.Add(unsafe.Pointer(d), unsafe.Offsetof(d.mid)), unsafe.Offsetof(d.mid.out))
}

func nestedAddsInAnyOrder(d *deep) unsafe.Pointer {
	return unsafe.Add(unsafe.Add(unsafe.Pointer(d), unsafe.Offsetof(d.mid.out)), unsafe.Offsetof(d.mid))
}

func nestedAddsWrong(d *deep) unsafe.Pointer {
	return unsafe.Add(unsafe.Add(unsafe.Pointer(d), unsafe.Offsetof(d.mid)), unsafe.Offsetof(d.mid.out.in)) // want "leaves out `out`"
}

func rightBase(o *outer) *uint32 {
	return (*uint32)(unsafe.Add(unsafe.Pointer(&o.in), unsafe.Offsetof(o.in.flags)))
}

func direct(o *outer) *inner {
	return (*inner)(unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.in)))
}

// The struct is named by another value, and by none.
func byType(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(inner{}.flags)) // want "leaves out `in`"
}

func byNilPointer(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof((*inner)(nil).flags)) // want "leaves out `in`"
}

func byOtherValue(o *outer, other outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(other.name))
}

func behindForeignField(g *guarded) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(g), unsafe.Offsetof(g.in.flags)) // want "of `guarded`, .* leaves out `in`"
}

func parenthesised(o *outer) unsafe.Pointer {
	return (unsafe.Add)((unsafe.Pointer)((o)), (unsafe.Offsetof((o.in.flags)))) // want "leaves out `in`"
}

func negativeIsFieldToStruct(f *uint32) *outer {
	return (*outer)(unsafe.Pointer(uintptr(unsafe.Pointer(f)) - unsafe.Offsetof(outer{}.in.flags)))
}

// The second of two structs of one type, named and not.
func secondOfPair(p *pair) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(p.second.flags)) // want "`inner`, which itself stands at offset 24 .*of `pair`, .* leaves out `second`"
}

func firstOfPair(p *pair) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(p.first.flags))
}

func oneOfPair(p *pair) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(inner{}.flags))
}

// --- promoted fields count from the outer struct ---

func promoted(e *embedding) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(e), unsafe.Offsetof(e.flags))
}

func spelledOut(e *embedding) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(e), unsafe.Offsetof(e.inner.flags)) // want "leaves out `inner`"
}

func promotedTwice(e *embedding) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(e), unsafe.Offsetof(e.inner)+unsafe.Offsetof(e.flags)) // want "`flags` stands at offset 16 .*of `embedding`"
}

func promotedStruct(e *embedding) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(e), unsafe.Offsetof(e.at)+unsafe.Offsetof(e.at.y))
}

func promotedStructLeftOut(e *embedding) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(e), unsafe.Offsetof(e.at.y)) // want "`y` stands at offset 4 of `point`, which itself stands at offset 20 of `embedding`, and so `inner.at.y` at 24"
}

// --- nothing is left out, or nothing that counts ---

func leadingStruct(l *leading) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(l), unsafe.Offsetof(l.in.flags))
}

func leadingStructByType(l *leading) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(l), unsafe.Offsetof(inner{}.flags))
}

type nothing struct{}

type behindNothing struct {
	nothing
	_  [0]func()
	in inner
}

func behindFieldsWithoutSize(b *behindNothing) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(b), unsafe.Offsetof(b.in.flags))
}

func throughArray(d *deep, i int) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(d), unsafe.Offsetof(d.tail)+unsafe.Offsetof(d.tail[0].flags)+uintptr(i)*unsafe.Sizeof(inner{}))
}

func throughFirstOfArray(d *deep) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(d), unsafe.Offsetof(d.tail)+unsafe.Offsetof(d.tail[0].flags))
}

func trailingEntries(o *outer, i uintptr) *uint32 {
	return (*uint32)(unsafe.Add(unsafe.Pointer(o), unsafe.Sizeof(*o)+i*unsafe.Sizeof(inner{})+unsafe.Offsetof(inner{}.flags)))
}

func plusConstant(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), 8+unsafe.Offsetof(o.in.flags))
}

func plusNothing(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), 0+unsafe.Offsetof(o.in.flags)) // want "leaves out `in`"
}

func unknownTerm(o *outer, start uintptr) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), start+unsafe.Offsetof(o.in.flags))
}

func onlyNumbers(o *outer) uintptr {
	return unsafe.Offsetof(o.in) + unsafe.Offsetof(o.name)
}

func compared(o *outer) bool {
	return uintptr(unsafe.Pointer(o))+unsafe.Offsetof(o.in.flags) == uintptr(unsafe.Pointer(&o.in.flags)) // want "leaves out `in`"
}

func asArgument(o *outer, use func(uintptr)) {
	use(uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in.flags)) // want "leaves out `in`"
	use(uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) + unsafe.Offsetof(o.in.flags))
}

type addresses struct{}

func (addresses) Add(uintptr) {}

func asArgumentOfAdd(o *outer, all addresses) {
	all.Add(uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in.flags)) // want "leaves out `in`"
	all.Add(uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in))
}

func local() {
	type local struct {
		a byte
		b point
	}
	var l local
	_ = unsafe.Add(unsafe.Pointer(&l), unsafe.Offsetof(l.b.y)) // want "`y` stands at offset 4 of `point`, which itself stands at offset 4 of `local`, and so `b.y` at 8"
	_ = unsafe.Add(unsafe.Pointer(&l), unsafe.Offsetof(l.b)+unsafe.Offsetof(l.b.y))
}
