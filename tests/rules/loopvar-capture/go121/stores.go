package p

import "fmt"

type registry struct {
	handlers []func()
	byName   map[string]func()
	hook     func()
	jobs     []job
}

func storeAppend(names []string) []func() {
	var all []func()
	for _, name := range names {
		all = append(all, func() {
			fmt.Println(name) // want "loop variable `name` is captured by a function literal that is stored beyond the iteration"
		})
	}
	return all
}

func storeAppendThreeClause() []func() int {
	var all []func() int
	for i := 0; i < 3; i++ {
		all = append(all, func() int { return i }) // want "`i`"
	}
	return all
}

func storeAppendToField(r *registry, names []string) {
	for _, name := range names {
		r.handlers = append(r.handlers, func() { use(name) }) // want "`name`"
	}
}

func storeElement(names []string) []func() {
	all := make([]func(), len(names))
	for i, name := range names {
		all[i] = func() { use(i, name) } // want "`i`" "`name`"
	}
	return all
}

func storeInMap(r *registry, names []string) {
	for _, name := range names {
		r.byName[name] = func() { use(name) } // want "`name`"
	}
}

func storeInFieldConditionally(r *registry, names []string) {
	for _, name := range names {
		if name == "hook" {
			r.hook = func() { use(name) } // want "`name`"
		}
	}
}

func storeInField(r *registry, names []string) {
	for _, name := range names {
		r.hook = func() { use(name) } // want "`name`.*\[likely"
	}
}

func storeInVariable(names []string) {
	var last func()
	for _, name := range names {
		if name != "" {
			last = func() { use(name) } // want "`name`"
		}
	}
	last()
}

func storeInVariableUsedNextTime(names []string) {
	var previous func()
	for _, name := range names {
		if previous != nil {
			previous()
		}
		previous = func() { use(name) } // want "`name`"
	}
}

func storeInVariableThreeClause() {
	var last func()
	for i := 0; i < 3; i++ {
		last = func() { use(i) } // want "`i`"
	}
	last()
}

var packageHook func()

func storeInPackageVariable(names []string) {
	for _, name := range names {
		packageHook = func() { use(name) } // want "`name`.*\[likely"
	}
}

func storeInComposite(names []string) []job {
	var all []job
	for _, name := range names {
		all = append(all, job{name: name, work: func() { use(name) }}) // want "`name`"
	}
	return all
}

func storeInNestedComposite(names []string) [][]job {
	var all [][]job
	for _, name := range names {
		all = append(all, []job{{name: name, work: func() { use(name) }}}) // want "`name`"
	}
	return all
}

func storeCompositeThroughVariable(names []string) []*job {
	var all []*job
	for _, name := range names {
		j := &job{name: name}
		j.work = func() { use(name) } // want "`name`"
		all = append(all, j)
	}
	return all
}

func storeThroughVariable(names []string) []func() {
	var all []func()
	for _, name := range names {
		f := func() { use(name) } // want "`name`"
		f()
		all = append(all, f)
	}
	return all
}

func storeSpread(names []string) []func() {
	var all []func()
	for _, name := range names {
		some := []func(){func() { use(name) }} // want "`name`"
		all = append(all, some...)
	}
	return all
}

func storeSent(names []string, queue chan<- func()) {
	for _, name := range names {
		queue <- func() { use(name) } // want "`name` is captured by a function literal that is sent to be run after the iteration"
	}
}

func storeSentInComposite(names []string, queue chan<- job) {
	for _, name := range names {
		queue <- job{work: func() { use(name) }} // want "`name`"
	}
}

// Each element gets a literal that looks at the variable, which by then is the last element.
func storeInElementsThemselves(jobs []*job) {
	for _, j := range jobs {
		j.work = func() { use(j.name) } // want "`j`"
	}
}

func storeInElementsByIndex(jobs []job) {
	for i := range jobs {
		jobs[i].work = func() { use(jobs[i].name) } // want "`i`"
	}
}

func storeInElementThroughPointer(jobs []job) {
	for i := range jobs {
		j := &jobs[i]
		j.work = func() { use(i) } // want "`i`"
	}
}

func storeInInnerLiteral(names []string) []func() {
	var all []func()
	for _, name := range names {
		func() {
			all = append(all, func() { use(name) }) // want "`name`"
		}()
	}
	return all
}

func storeByUnknownCallee(names []string) []func() {
	var all []func()
	for _, name := range names {
		run(func() {
			all = append(all, func() { use(name) }) // want "`name`.*\\[likely\\]"
		})
	}
	return all
}

func storeConverted(names []string) []action {
	var all []action
	for _, name := range names {
		all = append(all, action(func() { use(name) })) // want "`name`"
	}
	return all
}

type action func()

func (a action) perform() { a() }

// --- near misses -----------------------------------------------------------------------------------------------------

func storeLocally(names []string) {
	for _, name := range names {
		var local []func()
		local = append(local, func() { use(name) })
		for _, f := range local {
			f()
		}
		byName := map[string]func(){}
		byName[name] = func() { use(name) }
		byName[name]()
		j := job{work: func() { use(name) }}
		j.do()
	}
}

func storeCalledAtOnce(names []string) []string {
	var all []string
	for _, name := range names {
		all = append(all, func() string { return name + "!" }())
	}
	return all
}

func storeUnknownCallee(r *registry, names []string) {
	for _, name := range names {
		run(func() { use(name) })
		r.handlers = append(r.handlers, wrap(func() { use(name) }))
	}
}

func wrap(f func()) func() { f(); return f }

func storeOverwritten(r *registry, names []string) {
	for _, name := range names {
		r.hook = func() { use(name) }
		runHook(r)
	}
}

func runHook(r *registry) { r.hook() }

func storeOverwrittenInPackageVariable(names []string) {
	for _, name := range names {
		packageHook = func() { use(name) }
		runPackageHook()
	}
}

func runPackageHook() { packageHook() }

func storeRestored(names []string) {
	for _, name := range names {
		func() {
			before := packageHook
			defer func() { packageHook = before }()
			packageHook = func() { use(name) }
			if cond() {
				runPackageHook()
			}
		}()
	}
}

func storeEmptiedEachTime(names []string) {
	var all []func()
	for _, name := range names {
		all = all[:0]
		all = append(all, func() { use(name) })
		for _, f := range all {
			f()
		}
	}
}

func storeRecursive(items []item) {
	var visit func(*item)
	for _, it := range items {
		visit = func(n *item) {
			if n != nil {
				use(it.name, n)
				visit(n.next)
			}
		}
		visit(it.next)
	}
}

func storeInSelf(items []item) {
	for _, it := range items {
		it.run = func() { use(it.name) }
		it.run()
	}
}

func storeThenReturn(r *registry, names []string) {
	for _, name := range names {
		if name == "x" {
			r.hook = func() { use(name) }
			return
		}
	}
}

func storeReturned(names []string) func() {
	for _, name := range names {
		if name == "x" {
			return func() { use(name) }
		}
	}
	return nil
}

func storeOtherField(names []string) []string {
	var all []string
	for _, name := range names {
		j := job{name: "a", work: func() { use(name) }}
		j.work()
		all = append(all, j.name)
	}
	return all
}

func storeSentLocally(names []string) {
	for _, name := range names {
		queue := make(chan func(), 1)
		queue <- func() { use(name) }
		(<-queue)()
	}
}

func storeDiscarded(names []string) {
	for _, name := range names {
		_ = func() { use(name) }
	}
}

func storeFunctionWithoutVariable(names []string) []func() {
	var all []func()
	for _, name := range names {
		use(name)
		all = append(all, func() { use("constant") })
	}
	return all
}

func storeOnlyOneIteration(name string) []func() {
	var all []func()
	for _, n := range []string{name} {
		all = append(all, func() { use(n) })
	}
	for _, n := range [1]string{name} {
		all = append(all, func() { use(n) })
	}
	return all
}

// Whoever has the address of the fake calls it while the iteration lasts.
func storeInFakeByAddress(names []string) {
	fake := registry{}
	client := newClient(&fake)
	for _, name := range names {
		fake.hook = func() { use(name) }
		client.start()
	}
}

func newClient(r *registry) *item { return &item{run: r.hook} }
