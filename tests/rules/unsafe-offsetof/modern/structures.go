package offsets

import (
	"reflect"
	"unsafe"
)

// --- the base points to something else ---

func toUnrelated(u *unrelated) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(u), unsafe.Offsetof(outer{}.name)) // want "`name` stands at offset .* of `outer`, but the base points to `unrelated`"
}

func toUnrelatedInside(u *unrelated) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(u), unsafe.Offsetof(inner{}.flags)) // want "`flags` stands at offset 8 of `inner`, but the base points to `unrelated`"
}

func toInner(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&o.in), unsafe.Offsetof(o.name)) // want "`name` stands at offset .* of `outer`, but the base points to a `inner`, which itself stands at offset 8 of it \(`in`\)"
}

func toField(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&o.name), unsafe.Offsetof(o.link)) // want "`link` stands at .* of `outer`, but the base points to `string`"
}

func toCounter(l *leading) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&l.count), unsafe.Offsetof(l.in)) // want "`in` stands at offset 0 of `leading`, but the base points to `int`"
}

func toVariable() unsafe.Pointer {
	var n float64
	return unsafe.Add(unsafe.Pointer(&n), unsafe.Offsetof(outer{}.name)) // want "but the base points to `float64`"
}

func twoFields(u *unrelated) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(u), unsafe.Offsetof(u.label)+unsafe.Offsetof(u.height)) // want "`height` stands at offset .* of `unrelated`, and so does what is added before it, `u.label`"
}

func fieldsOfTwo(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.name)+unsafe.Offsetof(unrelated{}.height)) // want "`height` stands at offset .* of `unrelated`, but `o.name`, whose offset is added before it, is a `string`"
}

func bothOfPair(p *pair) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(p.first)+unsafe.Offsetof(p.second)) // want "`second` stands at offset 24 .*of `pair`, and so does what is added before it, `p.first`"
}

func sameTwice(o *outer) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.in)+unsafe.Offsetof(o.in)) // want "`in` stands at offset 8 of `outer`, and so does what is added before it"
}

// --- the base is a field of the struct from which the offset counts ---

// Its first 16 bytes look like a span's.
type framed struct {
	head uint64
	span span
	link *span
	tail span
}

type span struct{ from, to uint64 }

func fieldTwice(f *framed) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&f.span), unsafe.Offsetof(f.span)) // want "`span` stands at offset 8 of `framed`, but the base points to a `span`, which itself stands at offset 8 of it \(`span`\)"
}

func fieldTwiceUintptr() unsafe.Pointer {
	var f framed
	return unsafe.Pointer(uintptr(unsafe.Pointer(&f.tail)) + unsafe.Offsetof(f.tail)) // want "`tail` stands at offset .* of `framed`, but the base points to a `span`, which itself stands at offset"
}

func fieldTwiceByType(f *framed) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&f.span), unsafe.Offsetof(framed{}.span)) // want "`span` stands at offset 8 of `framed`, but the base points to a `span`"
}

func otherFieldOfSame(f *framed) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&f.span), unsafe.Offsetof(f.link)) // want "`link` stands at offset 24 of `framed`, but the base points to a `span`"
}

func fieldTwiceByName(f *framed) unsafe.Pointer {
	base := unsafe.Pointer(&f.tail)
	const offset = unsafe.Offsetof(framed{}.tail)
	return unsafe.Add(base, offset) // want "counts from the start of `framed`"
}

func secondTwice(p *pair) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&p.second), unsafe.Offsetof(p.second)) // want "`second` stands at offset 24 .*of `pair`, but the base points to a `inner`"
}

func firstAndSecond(p *pair) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&p.first), unsafe.Offsetof(p.second))
}

func ownField16(f *framed) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&f.span), unsafe.Offsetof(f.span.to))
}

// A view of the same bytes by another struct.
func overlay(f *framed) unsafe.Pointer {
	view := (*framed)(unsafe.Pointer(&f.span))
	return unsafe.Add(unsafe.Pointer(view), unsafe.Offsetof(view.span))
}

func coincides(s *span) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(s), unsafe.Offsetof(framed{}.span))
}

// --- structs that begin alike ---

type inner2 inner

func sameUnderlying(i *inner2) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(i), unsafe.Offsetof(inner{}.flags))
}

type anonymous = struct {
	id    uint64
	flags uint32
	at    point
}

func sameUnderlyingAnonymous(i *anonymous) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(i), unsafe.Offsetof(inner{}.flags))
}

type prefix struct {
	id    uint64
	flags uint32
}

func baseIsPrefix(p *prefix) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(inner{}.at))
}

func offsetInPrefix(i *inner) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(i), unsafe.Offsetof(prefix{}.flags))
}

type extended struct {
	prefix
	more [4]uint32
}

func baseIsHeader(p *prefix) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(extended{}.more))
}

func anonymousAround(p *prefix) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(struct {
		prefix
		data uint64
	}{}.data))
}

func anonymousAroundNamed(o *unrelated) unsafe.Pointer {
	var layout struct {
		head unrelated
		data uint64
	}
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(layout.data))
}

func anonymousAroundOther(o *unrelated) unsafe.Pointer {
	var layout struct {
		head inner
		data uint64
	}
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(layout.data)) // want "`data` stands at offset 24 .*of `.*`, but the base points to `unrelated`"
}

// Two versions of a struct that agree up to the field.
type version1 struct {
	kind uint32
	size uint32
	hash uint64
}

type version2 struct {
	kind uint32
	size uint32
	name string
}

func commonField(v *version1) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(v), unsafe.Offsetof(version2{}.size))
}

func ownField(v *version1) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(v), unsafe.Offsetof(version2{}.name)) // want "`name` stands at offset 8 of `version2`, but the base points to `version1`, where offset 8 belongs to `hash`"
}

// A handle says nothing of what it names.
type handle struct{}

func opaque(h *handle) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(h), unsafe.Offsetof(outer{}.name))
}

type opaqueBytes struct {
	family uint16
	data   [14]byte
}

type address struct {
	family uint16
	port   uint16
	ip     [4]byte
}

func union(o *opaqueBytes) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(address{}.port))
}

// --- bases of which nothing is known ---

func plain(p unsafe.Pointer) unsafe.Pointer {
	return unsafe.Add(p, unsafe.Offsetof(outer{}.name))
}

func number(p uintptr) unsafe.Pointer {
	return unsafe.Pointer(p + unsafe.Offsetof(outer{}.name))
}

func bytes(p *byte) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(outer{}.name))
}

func buffer(b []byte) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&b[0]), unsafe.Offsetof(outer{}.name))
}

func bufferData(b []byte) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(unsafe.SliceData(b)), unsafe.Offsetof(outer{}.name))
}

func array(b *[64]byte) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(b), unsafe.Offsetof(outer{}.name))
}

func arrayOfStructs(a *[4]inner) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(a), unsafe.Offsetof(a[0].flags))
}

func element(all []unrelated, i int) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&all[i]), unsafe.Offsetof(outer{}.name))
}

func elementByName(all []unrelated, i int) unsafe.Pointer {
	u := &all[i]
	return unsafe.Add(unsafe.Pointer(u), unsafe.Offsetof(outer{}.name))
}

func ownElement(all []inner, i int) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&all[i]), unsafe.Offsetof(all[i].flags))
}

func typeParameter[T any](p *T) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(outer{}.name))
}

type generic[T any] struct {
	value T
	in    inner
}

func genericStruct[T any](g *generic[T]) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(g), unsafe.Offsetof(g.in))
}

func ofInterface(v *any) unsafe.Pointer {
	type face struct{ kind, data unsafe.Pointer }
	return unsafe.Add(unsafe.Pointer(v), unsafe.Offsetof(face{}.data))
}

func ofString(s *string) unsafe.Pointer {
	type header struct {
		data unsafe.Pointer
		len  int
	}
	return unsafe.Add(unsafe.Pointer(s), unsafe.Offsetof(header{}.len))
}

func ofSlice(s *[]byte) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(s), unsafe.Offsetof(reflect.SliceHeader{}.Len))
}

func ofOtherPackage(v *reflect.Value) unsafe.Pointer {
	type value struct {
		typ, ptr unsafe.Pointer
		flag     uintptr
	}
	return unsafe.Add(unsafe.Pointer(v), unsafe.Offsetof(value{}.flag))
}

func castFirst(u *unrelated) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer((*outer)(unsafe.Pointer(u))), unsafe.Offsetof(outer{}.name))
}

func castWrong(b []byte) unsafe.Pointer {
	h := (*outer)(unsafe.Pointer(&b[0]))
	return unsafe.Add(unsafe.Pointer(h), unsafe.Offsetof(h.in.flags)) // want "leaves out `in`"
}
