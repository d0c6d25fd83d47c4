package offsets

import (
	"fmt"
	"runtime"
	"unsafe"
)

// --- an address as a number, and back ---

func parked(o *outer) *uint32 {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.length) // want "`addr` keeps the address as a number.* the collector may free what `o` points to.* \[help: keep a pointer instead: `unsafe.Add\(unsafe.Pointer\(o\), …\)`.*\] \[line 13: `addr` becomes a pointer again\]"
	return (*uint32)(unsafe.Pointer(addr))
}

func parkedVar(o *outer) *uint32 {
	var addr = uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.name) // want "`addr` keeps the address"
	return (*uint32)(unsafe.Pointer(addr))
}

func parkedTyped(o *outer) *uint32 {
	var addr uintptr = unsafe.Offsetof(o.name) + uintptr(unsafe.Pointer(o)) // want "`addr` keeps the address"
	return (*uint32)(unsafe.Pointer(addr))
}

func parkedAssigned(o *outer) *uint32 {
	var addr uintptr
	addr = uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.name) // want "`addr` keeps the address"
	return (*uint32)(unsafe.Pointer(addr))
}

func parkedByAdd(o *outer) *uint32 {
	addr := uintptr(unsafe.Pointer(o)) // want "`addr` keeps the address"
	addr += unsafe.Offsetof(o.name)
	return (*uint32)(unsafe.Pointer(addr))
}

func parkedByAddOfPointer(o *outer) *uint32 {
	addr := unsafe.Offsetof(o.name)
	addr += uintptr(unsafe.Pointer(o)) // want "`addr` keeps the address"
	return (*uint32)(unsafe.Pointer(addr))
}

func parkedUnsafeAdd(o *outer) *uint32 {
	addr := uintptr(unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.name))) // want "`addr` keeps the address"
	return (*uint32)(unsafe.Pointer(addr))
}

func parkedThenAdded(o *outer) *uint32 {
	addr := uintptr(unsafe.Pointer(o)) // want "`addr` keeps the address"
	return (*uint32)(unsafe.Pointer(addr + unsafe.Offsetof(o.name)))
}

func parkedInTwo(o *outer) *uint32 {
	start := uintptr(unsafe.Pointer(o)) // want "`start` keeps the address"
	addr := start + unsafe.Offsetof(o.name)
	return (*uint32)(unsafe.Pointer(addr))
}

func parkedWithIndex(d *deep, i int) *inner {
	addr := uintptr(unsafe.Pointer(d)) + unsafe.Offsetof(d.tail) // want "`addr` keeps the address"
	return (*inner)(unsafe.Pointer(addr + uintptr(i)*unsafe.Sizeof(inner{})))
}

func parkedLocal() *inner {
	var o outer
	addr := uintptr(unsafe.Pointer(&o)) + unsafe.Offsetof(o.in) // want "what `&o` points to"
	return (*inner)(unsafe.Pointer(addr))
}

func parkedInIf(o *outer) *inner {
	if addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in); o != nil { // want "`addr` keeps the address"
		return (*inner)(unsafe.Pointer(addr))
	}
	return nil
}

func parkedInLiteral(o *outer) func() *inner {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	return func() *inner { return (*inner)(unsafe.Pointer(addr)) }
}

func parkedAcrossRounds(all []*outer) (last *inner) {
	var addr uintptr
	for _, o := range all {
		if addr != 0 {
			last = (*inner)(unsafe.Pointer(addr))
		}
		addr = uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	}
	return last
}

func parkedPointer(o *outer) *inner {
	p := unsafe.Pointer(o)
	addr := uintptr(p) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	return (*inner)(unsafe.Pointer(addr))
}

func parkedNew() *inner {
	o := new(outer)
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	runtime.GC()
	return (*inner)(unsafe.Pointer(addr))
}

func parkedMany(o *outer) (*inner, *string) {
	in, name := uintptr(unsafe.Pointer(o))+unsafe.Offsetof(o.in), uintptr(unsafe.Pointer(o))+unsafe.Offsetof(o.name) // want "`in` keeps the address" "`name` keeps the address"
	return (*inner)(unsafe.Pointer(in)), (*string)(unsafe.Pointer(name))
}

func parkedOnce(o *outer) (a, b *inner) {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address.* \[line 114: `addr` becomes a pointer again\] \[line 115: `addr` becomes a pointer again\]"
	a = (*inner)(unsafe.Pointer(addr))
	b = (*inner)(unsafe.Pointer(addr))
	return a, b
}

func parkedConverted(o *outer) *inner {
	addr := int(uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)) // want "`addr` keeps the address"
	return (*inner)(unsafe.Pointer(uintptr(addr)))
}

func parkedAndWrong(o *outer) *uint32 {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in.flags) // want "`addr` keeps the address" "leaves out `in`"
	return (*uint32)(unsafe.Pointer(addr))
}

func parkedElement() *uint32 {
	all := make([]inner, 4)
	addr := uintptr(unsafe.Pointer(&all[1])) + unsafe.Offsetof(all[1].flags) // want "`addr` keeps the address"
	return (*uint32)(unsafe.Pointer(addr))
}

// --- no pointer again ---

func printed(o *outer) {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	fmt.Printf("%#x\n", addr)
}

func comparedNumbers(o *outer, in *inner) bool {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return addr == uintptr(unsafe.Pointer(in))
}

func alignment(o *outer) bool {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return addr%64 == 0
}

func overwritten(o *outer, device uintptr) *inner {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	fmt.Println(addr)
	addr = device
	return (*inner)(unsafe.Pointer(addr))
}

func overwrittenInBranch(o *outer, device uintptr) *inner {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	if o == nil {
		addr = device
	}
	return (*inner)(unsafe.Pointer(addr))
}

func otherBranch(o *outer, device uintptr) *inner {
	var addr uintptr
	if o != nil {
		addr = uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
		fmt.Println(addr)
	} else {
		addr = device
		return (*inner)(unsafe.Pointer(addr))
	}
	return nil
}

func distance(o *outer) uintptr {
	d := uintptr(unsafe.Pointer(&o.name)) - uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return d
}

func oneExpression(o *outer) *inner {
	p := unsafe.Pointer(uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in))
	return (*inner)(p)
}

func pointerKept(o *outer) *inner {
	p := unsafe.Add(unsafe.Pointer(o), unsafe.Offsetof(o.in))
	return (*inner)(p)
}

func addressOfNumber(o *outer) *uintptr {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return (*uintptr)(unsafe.Pointer(&addr))
}

func offsetOnly(o *outer) *inner {
	offset := unsafe.Offsetof(o.in)
	return (*inner)(unsafe.Pointer(uintptr(unsafe.Pointer(o)) + offset))
}

// --- memory that another function found ---

func find(id int) *outer

func lookUp(id int) (*outer, error)

type finder struct{ find func() *outer }

func parkedFound() *inner {
	o := find(1)
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

func parkedFoundAtOnce() *inner {
	addr := uintptr(unsafe.Pointer(find(1))) + unsafe.Offsetof(outer{}.in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

func parkedLookedUp() *inner {
	o, err := lookUp(1)
	if err != nil {
		return nil
	}
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

func parkedFoundOrMade(f finder) *inner {
	o := &outer{}
	if f.find != nil {
		o = f.find()
	}
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

func parkedRanged(all map[string]*outer) (last *inner) {
	for _, o := range all {
		addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
		last = (*inner)(unsafe.Pointer(addr))
	}
	return last
}

// Set by another file.
var shared *outer

func parkedShared() *inner {
	addr := uintptr(unsafe.Pointer(shared)) + unsafe.Offsetof(shared.in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

// --- no memory of Go's, or nobody knows ---

func mapInto(o **outer) error

// What the pointer is set to, nobody sees.
func fromAddress() *inner {
	var o *outer
	if mapInto(&o) != nil {
		return nil
	}
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return (*inner)(unsafe.Pointer(addr))
}

// Set already, and perhaps to something else.
func fromAddressLater() *inner {
	o := new(outer)
	p := &o
	mapInto(p)
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

func fromAddressOfParameter(o *outer) *inner {
	if mapInto(&o) != nil {
		return nil
	}
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address.*\[likely\]"
	return (*inner)(unsafe.Pointer(addr))
}

func fromAddressOfNil() *inner {
	var o *outer = nil
	if mapInto(&o) != nil {
		return nil
	}
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return (*inner)(unsafe.Pointer(addr))
}

var global outer

func parkedGlobal() *inner {
	addr := uintptr(unsafe.Pointer(&global)) + unsafe.Offsetof(global.in)
	return (*inner)(unsafe.Pointer(addr))
}

func parkedGlobalField() *uint32 {
	addr := uintptr(unsafe.Pointer(&global.in)) + unsafe.Offsetof(global.in.flags)
	return (*uint32)(unsafe.Pointer(addr))
}

func fromDevice(device uintptr) *inner {
	addr := device + unsafe.Offsetof(outer{}.in)
	return (*inner)(unsafe.Pointer(addr))
}

func fromPlain(p unsafe.Pointer) *inner {
	addr := uintptr(p) + unsafe.Offsetof(outer{}.in)
	return (*inner)(unsafe.Pointer(addr))
}

func fromNumber(device uintptr) *inner {
	o := (*outer)(unsafe.Pointer(device))
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return (*inner)(unsafe.Pointer(addr))
}

func backToStruct(in *inner) *outer {
	addr := uintptr(unsafe.Pointer(in)) - unsafe.Offsetof(outer{}.in)
	return (*outer)(unsafe.Pointer(addr))
}
