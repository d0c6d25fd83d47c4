package p

// --- near misses: only what the last iteration stored is looked at, and that is what the variable still is ------------

func storeLastAddress(items []item) *item {
	var last *item
	for _, it := range items {
		last = &it
	}
	return last
}

func storeLastLiteral(names []string) {
	run := func() {}
	for _, name := range names {
		run = func() { use(name) }
	}
	run()
}

func storeLastInField(items []item) int {
	var found struct{ it *item }
	for _, it := range items {
		found.it = &it
	}
	return found.it.count
}

// Once something is stored the loop is left.
func storeThenLeaveIfSet(groups [][]item, name string) *item {
	var found *item
	for _, its := range groups {
		for _, it := range its {
			if it.name == name {
				found = &it
				break
			}
		}
		if found != nil {
			break
		}
	}
	for _, it := range get() {
		if it.name == name {
			found = &it
		}
		for _, tag := range it.tags {
			if tag == name {
				found = &it
				break
			}
		}
		if nil == found {
			continue
		}
		break
	}
	return found
}

// --- findings --------------------------------------------------------------------------------------------------------

func storeLastOfMatching(items []item) *item {
	var last *item
	for _, it := range items {
		if it.count > 0 {
			last = &it // want "address of loop variable `it` is stored beyond the iteration.*1.22"
		}
	}
	return last
}

func storeLastThreeClause() *int {
	var last *int
	for i := 0; i < 3; i++ {
		last = &i // want "address of loop variable `i`.*1.22"
	}
	return last
}

func storeLastSeenOutside(r *registry, names []string) {
	for _, name := range names {
		r.hook = func() { use(name) } // want "`name` is captured .*\\[likely\\]"
	}
}

func storeLastAndFirst(items []item) (*item, *item) {
	var first, last *item
	for _, it := range items {
		if first == nil {
			first = &it // want "address of loop variable `it`.*1.22"
		}
		last = &it
	}
	return first, last
}

// It may be nil again, or the condition may fail for another reason.
func storeThenLeavePerhaps(items []item, name string) (a, b, c *item) {
	var found, second, third *item
	for _, it := range items {
		if it.name == name {
			found = &it // want "address of loop variable `it`.*1.22"
		}
		if it.count == 0 {
			found = nil
		}
		if found != nil {
			break
		}
	}
	for _, it := range items {
		if it.name == name {
			second = &it // want "address of loop variable `it`.*1.22"
		}
		if second != nil && cond() {
			break
		}
	}
	for _, it := range items {
		if it.name == name {
			third = &it // want "address of loop variable `it`.*1.22"
		}
		if third == nil {
			break
		}
	}
	return found, second, third
}
