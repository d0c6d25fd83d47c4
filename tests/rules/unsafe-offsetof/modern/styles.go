package offsets

import (
	"reflect"
	"sync/atomic"
	"unsafe"
)

// Code as it is written: lists inside of structs, rings, headers before data, atomics, vtables.

type listHead struct{ next, prev *listHead }

type task struct {
	id    int64
	state uint32
	link  listHead
	stats taskStats
	owner *task
}

type taskStats struct {
	runs uint64
	last uint64
}

type ring struct {
	head uint32
	_    [60]byte
	tail uint32
	_    [60]byte
	slot [8]slot
}

type slot struct {
	seq  uint64
	data unsafe.Pointer
}

// --- right ---

func taskOf(l *listHead) *task {
	return (*task)(unsafe.Pointer(uintptr(unsafe.Pointer(l)) - unsafe.Offsetof((*task)(nil).link)))
}

func taskOfAdd(l *listHead) *task {
	return (*task)(unsafe.Add(unsafe.Pointer(l), -int(unsafe.Offsetof(task{}.link))))
}

func nextTask(t *task) *task {
	next := unsafe.Pointer(t.link.next)
	return (*task)(unsafe.Pointer(uintptr(next) - unsafe.Offsetof(t.link)))
}

func tail(r *ring) uint32 {
	return atomic.LoadUint32((*uint32)(unsafe.Add(unsafe.Pointer(r), unsafe.Offsetof(r.tail))))
}

func slotAt(r *ring, i int) *slot {
	return (*slot)(unsafe.Add(unsafe.Pointer(r), unsafe.Offsetof(r.slot)+uintptr(i%8)*unsafe.Sizeof(r.slot[0])))
}

func slotData(r *ring, i uintptr) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(r), unsafe.Offsetof(r.slot)+i*unsafe.Sizeof(slot{})+unsafe.Offsetof(slot{}.data))
}

func loadPointer(p **task) *task {
	return (*task)(atomic.LoadPointer((*unsafe.Pointer)(unsafe.Pointer(p))))
}

func ownBits(t *task) (uintptr, [8]byte) {
	return *(*uintptr)(unsafe.Pointer(&t)), *(*[8]byte)(unsafe.Pointer(&t))
}

func swapOwner(t, next *task) {
	atomic.StorePointer((*unsafe.Pointer)(unsafe.Pointer(&t.owner)), unsafe.Pointer(next))
	atomic.StorePointer((*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(t), unsafe.Offsetof(t.owner))), nil)
}

func size() uintptr {
	return unsafe.Offsetof(task{}.stats) + unsafe.Offsetof(taskStats{}.last) + unsafe.Sizeof(uint64(0))
}

func fieldByTable(t *task, offsets []uintptr) (found []unsafe.Pointer) {
	for _, o := range append(offsets, unsafe.Offsetof(t.id), unsafe.Offsetof(t.stats.last)) {
		found = append(found, unsafe.Add(unsafe.Pointer(t), o))
	}
	return found
}

func fieldByReflection(t *task, f reflect.StructField) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(t), f.Offset+unsafe.Offsetof(t.stats.last))
}

func chosenOffset(t *task, last bool) *uint64 {
	offset := unsafe.Offsetof(t.stats)
	if last {
		offset += unsafe.Offsetof(t.stats.last)
	}
	return (*uint64)(unsafe.Add(unsafe.Pointer(t), offset))
}

func stepByStep(t *task) *uint64 {
	p := unsafe.Pointer(t)
	p = unsafe.Add(p, unsafe.Offsetof(t.stats))
	p = unsafe.Add(p, unsafe.Offsetof(t.stats.last))
	return (*uint64)(p)
}

func hashed(t *task) uint64 {
	addr := uintptr(unsafe.Pointer(t)) + unsafe.Offsetof(t.stats)
	return uint64(addr>>4) * 0x9e3779b97f4a7c15
}

func withinBounds(t *task, p unsafe.Pointer) bool {
	start := uintptr(unsafe.Pointer(t))
	end := start + unsafe.Offsetof(t.owner)
	return uintptr(p) >= start && uintptr(p) < end
}

func distanceTo(t *task, p *uint64) unsafe.Pointer {
	start := uintptr(unsafe.Pointer(t)) + unsafe.Offsetof(t.stats)
	distance := uintptr(unsafe.Pointer(p)) - start
	return unsafe.Add(unsafe.Pointer(&t.stats), distance)
}

func wholeInOneLine(t *task) *uint64 {
	offset := unsafe.Offsetof(t.stats) + unsafe.Offsetof(t.stats.runs)
	return (*uint64)(unsafe.Pointer(uintptr(unsafe.Pointer(t)) + offset))
}

// --- wrong ---

func lastOf(t *task) *uint64 {
	return (*uint64)(unsafe.Pointer(uintptr(unsafe.Pointer(t)) + unsafe.Offsetof(t.stats.last))) // want "leaves out `stats`"
}

func lastOfOwner(t *task) *uint64 {
	return (*uint64)(unsafe.Add(unsafe.Pointer(t), unsafe.Offsetof(t.owner)+unsafe.Offsetof(t.owner.stats))) // want "`t.owner` is a pointer"
}

func prevOf(t *task) **listHead {
	return (**listHead)(unsafe.Add(unsafe.Pointer(t), unsafe.Offsetof(listHead{}.prev))) // want "leaves out `link`"
}

func linkOfLink(t *task) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&t.link), unsafe.Offsetof(t.link)) // want "but the base points to a `listHead`"
}

func statsOfLink(t *task) unsafe.Pointer {
	link := &t.link
	return unsafe.Add(unsafe.Pointer(link), unsafe.Offsetof(t.stats)) // want "but the base points to a `listHead`"
}

func lastOfStats(t *task) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&t.stats), unsafe.Offsetof(t.stats)+unsafe.Offsetof(t.stats.last)) // want "counts from the start of `task`|offsets don't continue"
}

func tailOfAddress(r *ring) *uint32 {
	return (*uint32)(unsafe.Add(unsafe.Pointer(&r), unsafe.Offsetof(r.tail))) // want "the address of the pointer `r`"
}

const lastOffset = unsafe.Offsetof(task{}.stats.last)

func lastByConstant(t *task) uint64 {
	return *(*uint64)(unsafe.Add(unsafe.Pointer(t), lastOffset)) // want "leaves out `stats`"
}

func lastByLocal(t *task) uint64 {
	const local = lastOffset
	offset := uintptr(local)
	return *(*uint64)(unsafe.Add(unsafe.Pointer(t), offset)) // want "leaves out `stats`"
}

func lastInLoop(tasks map[int]*task) (sum uint64) {
	for _, t := range tasks {
		sum += *(*uint64)(unsafe.Add(unsafe.Pointer(t), unsafe.Offsetof(t.stats.last))) // want "leaves out `stats`"
	}
	return sum
}

func (t *task) parkedMethod(wait chan struct{}) *uint64 {
	addr := uintptr(unsafe.Pointer(t)) + unsafe.Offsetof(t.stats) // want "`addr` keeps the address"
	<-wait
	return (*uint64)(unsafe.Pointer(addr))
}

func parkedInClosure(t *task) func() uint64 {
	base := uintptr(unsafe.Pointer(t)) // want "`base` keeps the address"
	return func() uint64 { return *(*uint64)(unsafe.Pointer(base + unsafe.Offsetof(t.stats))) }
}

func parkedAligned(t *task) *uint64 {
	addr := uintptr(unsafe.Pointer(t)) + unsafe.Offsetof(t.stats) // want "`addr` keeps the address"
	if addr%16 != 0 {
		addr = (addr + 15) &^ 15
	}
	return (*uint64)(unsafe.Pointer(addr))
}

func parkedInSwitch(t *task, kind int) unsafe.Pointer {
	var addr uintptr
	switch kind {
	case 0:
		addr = uintptr(unsafe.Pointer(t)) + unsafe.Offsetof(t.stats) // want "`addr` keeps the address"
	default:
		addr = uintptr(unsafe.Pointer(t)) + unsafe.Offsetof(t.link) // want "`addr` keeps the address"
	}
	return unsafe.Pointer(addr)
}

func parkedSlots(slots []slot) *unsafe.Pointer {
	addr := uintptr(unsafe.Pointer(&slots[0])) + unsafe.Offsetof(slot{}.data) // want "`addr` keeps the address.*\[likely\]"
	for range slots[1:] {
		addr += unsafe.Sizeof(slot{})
	}
	return (*unsafe.Pointer)(unsafe.Pointer(addr))
}
