package p

func clausePost(n int) {
	total := 0
	for i := 0; i < n; i, total = i+1, total+i {
		go func() {
			use(i)
			use(total) // want "`total` is captured .*: the loop assigns one `total` in all iterations, at every Go version"
		}()
	}
}

func clausePostOverLines(items []item) {
	var last item
	for i, n := 0, len(items); i < n; i,
		last = i+1,
		items[i] {
		defer func() {
			use(i, n, last) // want "`last`"
		}()
	}
}

func clausePostParenthesized(head *item) {
	var seen []*item
	var previous *item
	for it := head; it != nil; (previous), it = it, it.next {
		seen = append(seen, previous)
		go func() { use(it, previous) }() // want "`previous`"
	}
	use(seen)
}

func clausePostOfCalls(n int) []func() {
	var all []func()
	var err error
	for i := start(n, 1); less(i, n); i, err = next(i, n) {
		all = append(all, func() { use(i, err) }) // want "`err`"
	}
	return all
}

func start(a, b int) int           { return a - b }
func less(a, b int) bool           { return a < b }
func next(a, b int) (int, error)   { return a + b, nil }
func step(values map[string]int)   {}
func between(low, high, n int) int { return low + high + n }

// --- near misses -----------------------------------------------------------------------------------------------------

func clauseDeclared(n int) {
	for i, j := 0, n; i < j; i, j = i+1, j-1 {
		go func() { use(i, j) }()
	}
}

func clausePostNotCaptured(n int) {
	total := 0
	for i := 0; i < n; i, total = i+1, total+i {
		use(total)
		go use(total)
		go func() { use(i) }()
	}
	use(total)
}

func clausePostOfElements(values map[string]int, n int) {
	for i := 0; i < n; i, values["sum"] = i+1, values["sum"]+i {
		go func() { step(values) }()
	}
}

func clausePostCopied(n int) {
	total := 0
	for i := 0; i < n; i, total = i+1, total+i {
		total := total
		go func() { use(i, total) }()
	}
}

// Left alone since Go 1.22: every loop of three clauses would have to be parsed to find that this assigns another
// variable than it declares.
func clausePostOfOther(n int) {
	j := 0
	for i := 0; i < n; j++ {
		i++
		go func() {
			use(i)
			use(j)
		}()
	}
}
