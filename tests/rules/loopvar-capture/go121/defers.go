package p

import (
	"fmt"
	"os"
	"sync"
)

func deferRange(names []string) {
	for _, name := range names {
		defer func() {
			fmt.Println(name) // want "loop variable `name` is captured by a function literal that runs when the function returns"
		}()
	}
}

func deferThreeClause() {
	for i := 0; i < 3; i++ {
		defer func() { fmt.Println(i) }() // want "`i`"
	}
}

func deferThenMore(files []*os.File) {
	for _, f := range files {
		defer func() { f.Close() }() // want "`f`"
		use("opened")
	}
}

func deferThroughVariable(names []string) {
	for _, name := range names {
		undo := func() { use(name) } // want "`name`"
		defer undo()
	}
}

func deferAsArgument(names []string) {
	for _, name := range names {
		defer run(func() { use(name) }) // want "`name`"
	}
}

// The goroutine may outlive the iteration, and what it defers even more.
func deferInGoroutine(names []string) {
	for _, name := range names {
		go func() {
			defer func() { use(name) }() // want "`name`"
		}()
	}
}

func deferConditional(names []string) {
	for _, name := range names {
		if name != "" {
			defer func() { use(name) }() // want "`name`"
		}
	}
}

func deferInLiteralAroundLoop(names []string) func() {
	return func() {
		for _, name := range names {
			defer func() { use(name) }() // want "`name`"
		}
	}
}

func deferMethodWithPointerReceiver(locks []struct{ mu sync.Mutex }) {
	for i := range locks {
		defer locks[i].mu.Unlock()
	}
}

func deferUnlocksTheCopy(locks [2]guarded) {
	for _, g := range locks {
		defer g.mu.Unlock() // want "the address of loop variable `g` goes to a call that runs when the function returns"
	}
}

type guarded struct {
	mu sync.Mutex
	n  int
}

func deferOwnPointerMethod(items []item) {
	for _, it := range items {
		defer it.start() // want "address of loop variable `it`"
	}
}

func deferFieldsPointerMethod(items []item) {
	for _, it := range items {
		defer it.inner.grow() // want "address of loop variable `it`"
	}
}

func deferPassesAddress(items []item) {
	for _, it := range items {
		defer use(&it) // want "address of loop variable `it`"
	}
}

// --- near misses -----------------------------------------------------------------------------------------------------

func deferEndsWithLiteral(names []string) {
	for _, name := range names {
		func() {
			defer func() { use(name) }()
		}()
	}
}

func deferEndsWithLiteralOfUnknownCallee(names []string) {
	for _, name := range names {
		run(func() {
			defer func() { use(name) }()
		})
	}
}

func deferByValue(names []string, files []*os.File) {
	for _, name := range names {
		defer fmt.Println(name)
		defer func(name string) { use(name) }(name)
	}
	for _, f := range files {
		defer f.Close()
	}
}

func deferValueReceiver(items []item) {
	for _, it := range items {
		defer it.show()
		defer it.inner.report()
	}
}

func deferPointerElements(items []*item) {
	for _, it := range items {
		defer it.start()
		defer it.inner.grow()
		defer use(&it.count)
	}
}

func deferThenReturn(names []string) {
	for _, name := range names {
		defer func() { use(name) }()
		return
	}
}

func deferThenBreak(names []string) {
	for _, name := range names {
		if name == "x" {
			defer func() { use(name) }()
			break
		}
	}
}

func deferCopied(names []string) {
	for _, name := range names {
		name := name
		defer func() { use(name) }()
	}
}

func deferOtherObject(name string, names []string) {
	for _, n := range names {
		use(n)
		defer func() { use(name) }()
	}
	for range names {
		defer func(n int) { use(n) }(1)
	}
}
