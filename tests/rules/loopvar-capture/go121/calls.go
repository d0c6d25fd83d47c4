package p

import (
	"bytes"
	"fmt"
	"io"
	"sync"
)

// --- calls that look like conversions --------------------------------------------------------------------------------

func runOf[T any](f func() T)  { f() }
func pointer[T any](p *T)      {}
func value[T any](v T)         {}
func hand[T any](f func() T) T { return f() }

type callback[T any] func() T

func callsOfInstances(names []string) {
	for _, name := range names {
		go runOf[string](func() string { return name }) // want "`name` is captured .*1.22"
		go pointer[string](&name)                       // want "address of loop variable `name`.*1.22"
		defer pointer[string](&name)                    // want "address of loop variable `name`.*1.22"
		go value[string](name)
		defer value[string](name)
		runOf[string](func() string { return name })
		_ = hand[string](func() string { return name })
	}
}

func callsOfElements(fs []func(*string), m map[string]func(*string), names []string) {
	for i, name := range names {
		go m[name](&name)   // want "address of loop variable `name`.*1.22"
		go fs[i](&name)     // want "address of loop variable `name`.*1.22"
		go (fs[i])(&name)   // want "address of loop variable `name`.*1.22"
		defer fs[0](&name)  // want "address of loop variable `name`.*1.22"
		defer m["a"](&name) // want "address of loop variable `name`.*1.22"
		fs[i](&name)
		m[name](&name)
	}
}

func callsOfElementsWithLiterals(fs []func(func()), names []string) {
	for i, name := range names {
		defer fs[i](func() {
			use(name) // want "`name` is captured .*1.22"
		})
		fs[i](func() { use(name) })
	}
}

func callsOfConversions(names []string) (out []callback[string]) {
	for _, name := range names {
		out = append(out, callback[string](func() string { return name })) // want "`name` is captured .*1.22"
		value[string](callback[string](func() string { return name })())
	}
	return out
}

// A goroutine that gets the group by the call is waited for.
func callsOfInstancesWaitedFor(names []string) {
	for _, name := range names {
		done := make(chan string)
		go runOf[string](func() string { r := name; done <- r; return r })
		<-done
	}
}

// --- promoted methods ------------------------------------------------------------------------------------------------

type locked struct {
	sync.Mutex
	count int
}

type deep struct {
	locked
	buffer bytes.Buffer
}

type byPointer struct{ *sync.Mutex }

type own struct{ sync.Mutex }

func (own) Unlock() {}

type unknown struct {
	io.Writer
	locked
}

func callsPromoted(simple []locked, nested []deep, plain []struct{ sync.WaitGroup }) {
	for _, x := range simple {
		defer x.Unlock() // want "address of loop variable `x`.*1.22"
		go x.Lock()      // want "address of loop variable `x`.*1.22"
	}
	for _, x := range nested {
		defer x.Unlock()              // want "address of loop variable `x`.*1.22"
		defer x.locked.Unlock()       // want "address of loop variable `x`.*1.22"
		defer x.locked.Mutex.Unlock() // want "address of loop variable `x`.*1.22"
		go x.buffer.Reset()           // want "address of loop variable `x`.*1.22"
		x.Lock()
	}
	for _, x := range plain {
		go x.Wait() // want "address of loop variable `x`.*1.22"
	}
}

func callsNotPromoted(pointers []byPointer, owned []own, others []unknown, all []*locked) {
	for _, x := range pointers {
		defer x.Unlock()
	}
	for _, x := range owned {
		defer x.Unlock()
		defer x.Lock() // want "address of loop variable `x`.*1.22"
	}
	// Who knows what the interface has.
	for _, x := range others {
		defer x.Unlock()
		defer x.locked.Unlock() // want "address of loop variable `x`.*1.22"
	}
	for _, x := range all {
		defer x.Unlock()
		go x.Mutex.Lock()
	}
}

// --- where else it goes ----------------------------------------------------------------------------------------------

func callsKeepKeys(items []item, seen map[*item]bool) {
	local := map[*int]int{}
	for _, it := range items {
		seen[&it] = true      // want "address of loop variable `it` is stored beyond the iteration.*1.22"
		local[&it.count] += 1 // want "address of loop variable `it` is stored beyond the iteration.*1.22"
		inner := map[*item]bool{}
		inner[&it] = true
		if seen[&it] {
			delete(seen, &it)
		}
	}
	use(local)
}

func callsCountKeys(items []item) {
	seen := map[*item]int{}
	for _, it := range items {
		seen[&it]++ // want "address of loop variable `it` is stored beyond the iteration.*1.22"
		use(seen[&it])
	}
	use(seen)
}

func callsReturnLiterals(names []string) (fs []func()) {
	for _, name := range names {
		fs = append(fs, func() func() {
			return func() {
				use(name) // want "`name` is captured .*1.22"
			}
		}())
		func() func() {
			return func() { use(name) }
		}()()
		func() func() {
			return func() { use(name) }
		}()
		defer func() func() {
			return func() {
				use(name) // want "`name` is captured .*1.22"
			}
		}()()
		fs = append(fs, func() func() {
			name := name
			return func() { use(name) }
		}())
	}
	return fs
}

type text string

func (t *text) String() string { return string(*t) }

func callsConvertToInterfaces(texts []text) (out []fmt.Stringer) {
	for _, t := range texts {
		out = append(out, fmt.Stringer(&t)) // want "address of loop variable `t` is stored beyond the iteration.*1.22"
		use(fmt.Stringer(&t))
		c := t
		out = append(out, fmt.Stringer(&c))
	}
	return out
}
