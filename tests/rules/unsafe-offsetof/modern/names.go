package offsets

import u "unsafe"

// Offsets and bases that have names. The import has another name, too.

const flagsInInner = u.Offsetof(inner{}.flags)

const (
	inInOuter    = u.Offsetof(outer{}.in)
	flagsInOuter = inInOuter + flagsInInner
	padding      = 8
)

var nameInOuter = u.Offsetof(outer{}.name)

var changed = u.Offsetof(outer{}.in)

func init() { changed = 0 }

func constant(o *outer) u.Pointer {
	return u.Add(u.Pointer(o), flagsInInner) // want "`flags` stands at offset 8 of `inner`.*leaves out `in`"
}

func constantChain(o *outer) u.Pointer {
	return u.Add(u.Pointer(o), flagsInOuter)
}

func constantsAdded(o *outer) u.Pointer {
	return u.Add(u.Pointer(o), inInOuter+flagsInInner)
}

func constantPadding(o *outer) u.Pointer {
	return u.Add(u.Pointer(o), padding+flagsInInner)
}

func packageVariable(i *inner) u.Pointer {
	return u.Add(u.Pointer(i), nameInOuter) // another file may change it
}

func changedVariable(i *inner) u.Pointer {
	return u.Add(u.Pointer(i), changed)
}

func local1(o *outer) u.Pointer {
	offset := u.Offsetof(o.in.flags)
	return u.Add(u.Pointer(o), offset) // want "leaves out `in`"
}

func local2(o *outer) u.Pointer {
	var offset uintptr = u.Offsetof(o.in.flags)
	base := u.Pointer(o)
	return u.Add(base, offset) // want "leaves out `in`"
}

func local3(o *outer) u.Pointer {
	var offset uintptr
	offset = u.Offsetof(o.in.flags)
	return u.Add(u.Pointer(o), offset) // want "leaves out `in`"
}

func local4(o *outer) u.Pointer {
	const offset = int(u.Offsetof(outer{}.in.flags))
	return u.Add(u.Pointer(o), offset) // want "leaves out `in`"
}

func localChain(o *outer) u.Pointer {
	start, offset := u.Offsetof(o.in), u.Offsetof(o.in.flags)
	return u.Add(u.Pointer(o), start+offset)
}

func localPointer(o *outer) u.Pointer {
	in := u.Add(u.Pointer(o), u.Offsetof(o.in))
	return u.Add(in, u.Offsetof(o.in.flags))
}

func localPointerLater(o *outer) u.Pointer {
	p := u.Add(u.Pointer(o), u.Offsetof(o.in.flags))
	return u.Add(p, u.Offsetof(o.in))
}

func localPointerWrong(d *deep) u.Pointer {
	mid := u.Add(u.Pointer(d), u.Offsetof(d.mid))
	return u.Add(mid, u.Offsetof(d.mid.out.in)) // want "leaves out `out`"
}

func assignedTwice(o *outer, other bool) u.Pointer {
	offset := u.Offsetof(o.in.flags)
	if other {
		offset = u.Offsetof(o.name)
	}
	return u.Add(u.Pointer(o), offset)
}

func assignedInBranch(o *outer, other bool) u.Pointer {
	var offset uintptr
	if other {
		offset = u.Offsetof(o.in.flags)
	}
	return u.Add(u.Pointer(o), offset)
}

func addressTaken(o *outer, change func(*uintptr)) u.Pointer {
	offset := u.Offsetof(o.in.flags)
	change(&offset)
	return u.Add(u.Pointer(o), offset)
}

func changedInLiteral(o *outer) u.Pointer {
	offset := u.Offsetof(o.in.flags)
	func() { offset += 8 }()
	return u.Add(u.Pointer(o), offset)
}

func accumulated(o *outer) u.Pointer {
	offset := u.Offsetof(o.in)
	offset += u.Offsetof(o.in.flags)
	return u.Add(u.Pointer(o), offset)
}

func accumulatedBackwards(o *outer) u.Pointer {
	offset := u.Offsetof(o.in.flags)
	offset += u.Offsetof(o.in)
	return u.Add(u.Pointer(o), offset)
}

func accumulatedWrong(d *deep) u.Pointer {
	offset := u.Offsetof(d.mid)
	offset += u.Offsetof(d.mid.out.in)
	return u.Add(u.Pointer(d), offset) // want "leaves out `out`"
}

func accumulatedInLoop(o *outer, n int) u.Pointer {
	offset := u.Offsetof(o.in.flags)
	for range n {
		offset += 8
	}
	return u.Add(u.Pointer(o), offset)
}

func parameter(o *outer, offset uintptr) u.Pointer {
	return u.Add(u.Pointer(o), offset)
}

func alias() u.Pointer {
	type out = outer
	var o out
	return u.Add(u.Pointer(&o), u.Offsetof(o.in))
}

// Another Offsetof, another Add.
type layout struct{}

func (layout) Offsetof(n uint32) uintptr { return uintptr(n) }

func otherOffsetof(o *outer) u.Pointer {
	var unsafe layout
	return u.Add(u.Pointer(o), unsafe.Offsetof(o.in.flags))
}
