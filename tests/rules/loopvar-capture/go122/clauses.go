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
func following(a, b int) int       { return a - b }
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

// --- the last clause assigns one variable, and another than the first one declares ----------------------------------

func clausePostOfOther(n int) {
	j := 0
	for i := 0; i < n; j++ {
		i++
		go func() {
			use(i)
			use(j) // want "`j` is captured .*: the loop assigns one `j` in all iterations, at every Go version"
		}()
	}
}

func clausePostByOperator(n int) {
	total := 0
	for i := 0; i < n; total += 2 {
		i++
		defer func() { use(i, total) }() // want "`total`"
	}
}

func clausePostOfCall(n int) []func() {
	var all []func()
	count := 0
	for more := true; more; count = following(count, n) {
		more = cond()
		all = append(all, func() { use(more, count) }) // want "`count`"
	}
	return all
}

func clausePostCountsDown(n int) {
	for at := 0; at < 10; n-- {
		at += n
		go func() { use(at, n) }() // want "`n`"
	}
}

func clausePostInParentheses(n int) {
	var k int
	for i := 0; i < n; (k)++ {
		i += k
		go func() { use(i, k) }() // want "`k`"
	}
}

var rounds int

func clausePostOfPackage(n int) {
	for i := 0; i < n; rounds++ {
		i += rounds
		go func() { use(i, rounds) }() // want "`rounds`"
	}
}

// A letter and a name that begins with it, both ways; a capital; `_`; another alphabet.
func clausePostLikeDeclared(n int) {
	var idx, s, I, _i, é int
	for i := 0; i < n; idx++ {
		i++
		go func() { use(i, idx) }() // want "`idx`"
	}
	for size := 0; size < n; s++ {
		size++
		go func() { use(size, s) }() // want "`s`"
	}
	for i := 0; i < n; I++ {
		i++
		go func() { use(i, I) }() // want "`I`"
	}
	for i := 0; i < n; _i++ {
		i++
		go func() { use(i, _i) }() // want "`_i`"
	}
	for è := 0; è < n; é++ {
		è++
		go func() { use(è, é) }() // want "`é`"
	}
}

func clausePostBesideTwo(n int) {
	count := 0
	for i, j := 0, n; i < j; count++ {
		i, j = i+1, j-1
		go func() { use(i, j, count) }() // want "`count`"
	}
}

// --- near misses -----------------------------------------------------------------------------------------------------

func clauseDeclaredOfTwo(n int) {
	for i, j := 0, n; i < j; j-- {
		go func() { use(i, j) }()
	}
	for i, j := 0, n; i < j; i++ {
		go func() { use(i, j) }()
	}
}

func clausePostOfParts(values []int, at *int, it item) {
	for i := 0; i < 10; values[0]++ {
		i++
		go func() { use(i, values) }()
	}
	for i := 0; i < 10; *at = i {
		i++
		go func() { use(i, at) }()
	}
	for i := 0; i < 10; it.count++ {
		i++
		go func() { use(i, it) }()
	}
}

func clausePostOfOtherAwaited(n int) {
	j := 0
	for i := 0; i < n; j++ {
		i++
		done := make(chan bool)
		go func() {
			use(i, j)
			close(done)
		}()
		<-done
	}
}

func clausePostOfOtherByValue(n int) {
	j := 0
	for i := 0; i < n; j++ {
		i++
		go use(i, j)
		go func(j int) { use(i, j) }(j)
	}
}

// Left alone since Go 1.22: all loops that declare and step one variable with a name like that would have to be parsed.
func clausePostOfAlike(n int) {
	step := 0
	for size := 0; size < n; step++ {
		size++
		go func() { use(size, step) }()
	}
}
