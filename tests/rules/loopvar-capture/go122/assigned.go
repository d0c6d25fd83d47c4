package p

import (
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

func assignedRange(names []string) {
	var name string
	for _, name = range names {
		go func() {
			use(name) // want "loop variable `name` is captured by a function literal that runs on a goroutine after the iteration: the loop assigns one `name` in all iterations, at every Go version"
		}()
	}
}

func assignedBoth(names []string) {
	var i int
	var name string
	for i, name = range names {
		defer func() {
			use(i, name) // want "`i`" "`name`"
		}()
	}
}

func assignedParenthesized(names []string) {
	var name string
	for _, (name) = range names {
		go func() { use(name) }() // want "`name`"
	}
}

func assignedOverChannel(c chan string) {
	var name string
	for name = range c {
		go func() { use(name) }() // want "`name`"
	}
}

func assignedOverInteger() {
	var i int
	for i = range 10 {
		go func() { use(i) }() // want "`i`"
	}
}

func assignedThreeClause() {
	var i int
	for i = 0; i < 10; i++ {
		go func() { use(i) }() // want "`i`"
	}
}

func assignedInPostOnly(n int) {
	i := 0
	for ; i < n; i++ {
		go func() { use(i) }() // want "`i`"
	}
}

func assignedByOperation(n int) {
	i := 1
	for ; i < n; i <<= 1 {
		go func() { use(i) }() // want "`i`"
	}
	for i = n; i > 0; i -= 3 {
		go func() { use(i) }() // want "`i`"
	}
	for i = n; i > 0; i-- {
		go func() { use(i) }() // want "`i`"
	}
}

func assignedTwo(n int) {
	var i, j int
	for i, j = 0, n; i < j; i, j = i+1, j-1 {
		go func() { use(i, j) }() // want "`i`" "`j`"
	}
}

func assignedInitOnly(n int) {
	var i int
	for i = 0; i < n; {
		go func() { use(i) }() // want "`i`"
		i++
	}
}

func assignedList(head *item) {
	var it *item
	for it = head; it != nil; it = it.next {
		go func() { use(it) }() // want "`it`"
	}
}

var packageName string

func assignedPackageVariable(names []string) {
	for _, packageName = range names {
		go func() { use(packageName) }() // want "`packageName`"
	}
}

var packageIndex int

func assignedPackageCounter() {
	for packageIndex = 0; packageIndex < 3; packageIndex++ {
		defer func() { use(packageIndex) }() // want "`packageIndex`"
	}
}

// Declared in another file of the package.
func assignedPackageVariableElsewhere(names []string) {
	for _, elsewhere = range names {
		go func() { use(elsewhere) }() // want "`elsewhere`"
	}
}

func assignedParameter(name string, names []string) {
	for _, name = range names {
		go func() { use(name) }() // want "`name`"
	}
}

func assignedResult(names []string) (err error) {
	for _, name := range names {
		for err = try(name); err != nil; err = try(name) {
			go func() { use(err) }() // want "`err`"
		}
	}
	return nil
}

func try(name string) error { return nil }

func assignedStored(names []string) []func() {
	var all []func()
	var name string
	for _, name = range names {
		all = append(all, func() { use(name) }) // want "`name`"
	}
	return all
}

func assignedAddress(items []item) []*item {
	var all []*item
	var it item
	for _, it = range items {
		all = append(all, &it) // want "the address of loop variable `it` is stored beyond the iteration: the loop assigns one `it`"
		go it.start()          // want "address of loop variable `it`"
		go use(it.cells[:])    // want "address of loop variable `it`"
	}
	return all
}

func assignedKept(names []string) error {
	var g errgroup.Group
	var name string
	for _, name = range names {
		g.Go(func() error { use(name); return nil })      // want "`name`"
		time.AfterFunc(time.Second, func() { use(name) }) // want "`name`"
	}
	return g.Wait()
}

// Control comes to the inner loop again, and it assigns the same variable.
func assignedInInnerLoop(groups [][]string) {
	var name string
	for _, names := range groups {
		for _, name = range names {
			go func() { use(name) }() // want "`name`"
			break
		}
	}
}

func assignedInCaptured(names []string) func() {
	var name string
	return func() {
		for _, name = range names {
			go func() { use(name) }() // want "`name`"
		}
	}
}

func assignedInTest(names []string) {
	var name string
	var wg sync.WaitGroup
	for _, name = range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fmt.Println(name) // want "`name`"
		}()
	}
	wg.Wait()
}

// A function that reads its result when it returns may want the last value.
func assignedResultDeferred(names []string) (name string) {
	for _, name = range names {
		defer func() {
			use(name) // want "`name`.*\\[likely\\]"
		}()
	}
	return
}

// --- near misses -----------------------------------------------------------------------------------------------------

func assignedDeclared(names []string) {
	for i, name := range names {
		go func() { use(i, name) }()
		defer func() { use(i, name) }()
	}
	for i := 0; i < 3; i++ {
		go func() { use(i) }()
	}
	for i := range 3 {
		go func() { use(i) }()
	}
}

func assignedCopied(names []string) {
	var name string
	for _, name = range names {
		name := name
		go func() { use(name) }()
	}
}

func assignedByValue(names []string) {
	var name string
	for _, name = range names {
		go use(name)
		go func(name string) { use(name) }(name)
		defer use(name)
	}
}

func assignedWaited(names []string) {
	var name string
	for _, name = range names {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(name)
		}()
		wg.Wait()
	}
}

func assignedDeclaredAnew(groups [][]string) {
	for _, names := range groups {
		var name string
		for _, name = range names {
			if cond() {
				go func() { use(name) }()
				break
			}
		}
	}
}

func assignedLeaves(names []string) {
	var name string
	for _, name = range names {
		if name == "x" {
			go func() { use(name) }()
			return
		}
	}
}

func assignedUsedBehindLoop(names []string) {
	var name string
	var i int
	for _, name = range names {
		use(name)
	}
	for i = 0; i < 3; i++ {
		use(i)
	}
	go func() { use(name, i) }()
}

func assignedResultWritten() (err error) {
	for ; cond(); err = try("x") {
		defer func() {
			err = try("y")
		}()
	}
	return err
}

func assignedNothing(n int) {
	limit := n
	for i := 0; i < limit; i++ {
		go func() { use(limit) }()
	}
	for limit = 3; cond(); {
		go func() { use(limit) }()
	}
}

// Fields and elements are no variables.
func assignedField(it *item, names []string) {
	for _, it.name = range names {
		go func() { use(it.name) }()
	}
	for it.count = 0; it.count < 3; it.count++ {
		go func() { use(it.count) }()
	}
}

func assignedOtherVariable(names []string) {
	var name, other string
	for _, name = range names {
		use(name)
		go func() { use(other) }()
	}
	other = "x"
}

func assignedCalledAtOnce(names []string) {
	var name string
	for _, name = range names {
		func() { use(name) }()
		run(func() { use(name) })
	}
}

func run(f func()) { f() }
