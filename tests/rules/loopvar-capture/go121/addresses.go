package p

import (
	"encoding/asn1"
	"net/http"
	"net/netip"
	"sync"
	"time"
	"unsafe"
)

func addressToGoroutine(items []item) {
	for _, it := range items {
		go use(&it) // want "the address of loop variable `it` goes to a goroutine that runs after the iteration: all iterations share one `it`"
	}
}

func addressOfFieldToGoroutine(items []item) {
	for _, it := range items {
		go use(&it.count)            // want "address of loop variable `it`"
		go use(&it.inner.leaf.depth) // want "address of loop variable `it`"
		go use(&it.cells[2])         // want "address of loop variable `it`"
		go use(&(it).inner)          // want "address of loop variable `it`"
	}
}

func sliceOfArray(arrays [][4]int) {
	for _, a := range arrays {
		go use(a[:])   // want "address of loop variable `a`"
		go use(a[1:2]) // want "address of loop variable `a`"
	}
}

func sliceOfArrayField(items []item) {
	var all [][]int
	for _, it := range items {
		all = append(all, it.cells[:]) // want "address of loop variable `it` is stored"
	}
	use(all)
}

func startsPointerMethod(items []item) {
	for _, it := range items {
		go it.start()      // want "address of loop variable `it`"
		go it.inner.grow() // want "address of loop variable `it`"
	}
}

func startsForeignPointerMethod(groups [3]sync.WaitGroup) {
	for _, wg := range groups {
		go wg.Wait() // want "address of loop variable `wg`"
	}
}

func methodValueToGoroutine(items []item) {
	for _, it := range items {
		f := it.start // want "address of loop variable `it`"
		go f()
	}
}

func methodValueStored(items []item) {
	var all []func()
	for _, it := range items {
		all = append(all, it.start) // want "address of loop variable `it` is stored"
	}
	use(all)
}

func methodValueKept(items []item) {
	for _, it := range items {
		time.AfterFunc(time.Second, it.start) // want "address of loop variable `it` is kept by time.AfterFunc"
	}
}

func addressThroughVariable(items []item) {
	for _, it := range items {
		p := &it // want "address of loop variable `it`"
		go func() {
			use(p.name)
		}()
	}
}

func addressThroughParameter(items []item) {
	for _, it := range items {
		func(p *item) {
			go use(p)
		}(&it) // want "address of loop variable `it`"
	}
}

func addressToStartedLiteral(items []item) {
	for _, it := range items {
		go func(p *item) {
			use(p)
		}(&it) // want "address of loop variable `it`"
	}
}

func addressInCompositeToGoroutine(items []item) {
	for _, it := range items {
		go use(holder{p: &it})             // want "address of loop variable `it`"
		go use([]*item{&it})               // want "address of loop variable `it`"
		go use(map[string]*item{"a": &it}) // want "address of loop variable `it`"
		go (&holder{p: &it}).show()        // want "address of loop variable `it`"
	}
}

type holder struct {
	p *item
	n int
}

func (h *holder) show() { use(h.p) }

func addressAppended(items []item) []*item {
	var all []*item
	for _, it := range items {
		all = append(all, &it) // want "address of loop variable `it` is stored beyond the iteration"
	}
	return all
}

func addressAppendedInComposite(items []item) []holder {
	var all []holder
	for _, it := range items {
		all = append(all, holder{p: &it}) // want "address of loop variable `it`"
	}
	return all
}

func addressInMap(items []item) map[string]*item {
	all := map[string]*item{}
	for _, it := range items {
		all[it.name] = &it // want "address of loop variable `it`"
	}
	return all
}

func addressInElement(items []item) []*item {
	all := make([]*item, len(items))
	for i, it := range items {
		all[i] = &it // want "address of loop variable `it`"
	}
	return all
}

func addressOfField(items []item) []*int {
	var all []*int
	for _, it := range items {
		all = append(all, &it.count) // want "address of loop variable `it`"
	}
	return all
}

func addressSent(items []item, c chan *item) {
	for _, it := range items {
		c <- &it // want "address of loop variable `it` is sent beyond the iteration"
	}
}

func addressSentInSelect(items []item, c chan *item, quit chan int) {
	for _, it := range items {
		select {
		case c <- &it: // want "address of loop variable `it` is sent beyond the iteration"
		case <-quit:
			return
		}
	}
}

func addressInField(items []item, h *holder) {
	for _, it := range items {
		if it.count > 3 {
			h.p = &it // want "address of loop variable `it`"
		}
	}
}

// The best one is overwritten by whatever comes behind it.
func addressOfBest(items []item) *item {
	var best *item
	for _, it := range items {
		if best == nil || it.count > best.count {
			best = &it // want "address of loop variable `it`"
		}
	}
	return best
}

func addressOfPrevious(items []item) {
	var previous *item
	for _, it := range items {
		if previous != nil && previous.count > it.count {
			use("descending")
		}
		previous = &it // want "address of loop variable `it`"
	}
}

func addressLinksList(items []item) *item {
	head := &item{}
	last := head
	for _, it := range items {
		last.next = &it // want "address of loop variable `it`"
		last = last.next
	}
	return head
}

func addressOfCounter() []*int {
	var all []*int
	for i := 0; i < 3; i++ {
		all = append(all, &i) // want "address of loop variable `i`"
	}
	return all
}

func addressInLocalThatEscapes(items []item) {
	var all []holder
	for _, it := range items {
		h := holder{n: 1}
		h.p = &it // want "address of loop variable `it`"
		all = append(all, h)
	}
	use(all)
}

// --- near misses -----------------------------------------------------------------------------------------------------

func addressUsedAtOnce(items []item) {
	for _, it := range items {
		use(&it)
		it.start()
		it.inner.grow()
		p := &it
		p.count++
		use(p)
	}
}

func addressOfWhatPointersPointTo(items []*item) []*int {
	var all []*int
	for _, it := range items {
		all = append(all, &it.count, &it.inner.size)
		go it.start()
		go use(&it.count)
		go use(it.cells[:])
	}
	return all
}

func addressOfElements(lists [][]int) []*int {
	var all []*int
	for _, list := range lists {
		all = append(all, &list[0])
		go use(list[:1])
	}
	return all
}

func addressOfElementByIndex(items []item) []*item {
	var all []*item
	for i := range items {
		all = append(all, &items[i])
	}
	return all
}

func addressOfNewValue(items []item) []*item {
	var all []*item
	for _, it := range items {
		copied := it
		all = append(all, &copied, &item{name: it.name})
	}
	return all
}

func addressOfCopy(items []item) []*item {
	var all []*item
	for _, it := range items {
		it := it
		all = append(all, &it)
		go it.start()
	}
	return all
}

func addressOfFound(items []item, name string) *item {
	for _, it := range items {
		if it.name == name {
			return &it
		}
	}
	return nil
}

func addressOfFoundBreaks(items []item, name string) *item {
	var found *item
	for _, it := range items {
		if it.name == name {
			found = &it
			break
		}
	}
	return found
}

func addressInBodyOnly(items []item) {
	for _, it := range items {
		local := []*item{&it}
		local = append(local, &it)
		for _, p := range local {
			use(p)
		}
	}
}

func addressDereferenced(items []item) {
	var all []item
	for _, it := range items {
		p := &it
		all = append(all, *p)
		go use(*p, p.name)
		defer use(p.count)
	}
	use(all)
}

func addressOfOtherField(items []item) {
	var all []int
	for _, it := range items {
		h := holder{p: &it, n: 3}
		all = append(all, h.n)
		go use(h.n)
	}
	use(all)
}

func addressOfUnknownType(values map[string]interface{ start() }) {
	for _, v := range values {
		go v.start()
		defer v.start()
	}
}

// What a type of another package is made of is not known: the field may lie behind an embedded pointer.
func addressOfForeignField(cookies []http.Cookie, addresses []netip.Addr, sums []checksum) {
	var names []*string
	var all [][]byte
	for _, c := range cookies {
		names = append(names, &c.Name)
	}
	for _, s := range sums {
		all = append(all, s.own[:], s.foreign[:]) // want "the address of loop variable `s` is stored"
	}
	for _, a := range addresses {
		go a.Is4()
	}
	use(names, all)
}

type checksum struct {
	own     [2]byte
	foreign asn1.RawContent
}

func addressOverwritten(items []item, h *holder) {
	for _, it := range items {
		h.p = &it
		h.show()
	}
}

func addressForCurrent(items []item) {
	var current *item
	for _, it := range items {
		current = &it
		use(current.name)
	}
}

// The grammar reads `*(*T)(p)` as a conversion to `*(*T)`, but it is what the pointer points to.
func addressReadAsOther(items []item) {
	var all [][4]uint
	var names []string
	for _, it := range items {
		cells := *(*[4]uint)(unsafe.Pointer(&it.cells))
		all = append(all, cells, *(*[4]uint)(unsafe.Pointer(&it.cells)))
		names = append(names, (*(*item)(unsafe.Pointer(&it))).name)
		go use(*(*int)(unsafe.Pointer(&it.count)), **(**item)(unsafe.Pointer(&it.next)))
	}
	use(all, names)
}

func addressAsOther(items []item) {
	var all []*[4]uint
	for _, it := range items {
		cells := (*[4]uint)(unsafe.Pointer(&it.cells)) // want "the address of loop variable `it` is stored"
		all = append(all, cells)
		go use((*int)(unsafe.Pointer(&it.count))) // want "the address of loop variable `it` goes to a goroutine"
	}
	use(all)
}
