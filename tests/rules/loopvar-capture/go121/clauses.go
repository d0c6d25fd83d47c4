package p

// The last clause assigns a variable that is none of the loop's own.
func clausePost(n int) {
	total := 0
	for i := 0; i < n; i, total = i+1, total+i {
		go func() {
			use(i)     // want "`i` is captured .*before Go 1.22"
			use(total) // want "`total` is captured .*at every Go version"
		}()
	}
}

func clausePostOnly(n int) {
	j := 0
	for i := 0; i < n; j++ {
		i++
		go func() {
			use(i) // want "`i` is captured .*before Go 1.22"
			use(j) // want "`j` is captured .*at every Go version"
		}()
	}
}

func clauseDeclaredAnew(n int) {
	for i := 0; i < n; i++ {
		i, total := i, i*2
		go func() { use(i, total) }()
	}
}

// A list of one element has one iteration.
func clauseOfOne(n int) {
	paths := []string{"/set"}
	for i, path := range paths {
		go func() { use(i, path) }()
	}
	for _, path := range paths {
		defer func() { use(path) }()
	}
}

func clauseOfMore(n int) {
	paths, pair, byName := []string{"/set"}, []string{"/a", "/b"}, map[string]int{"a": 1}
	if n > 0 {
		paths = append(paths, "/get")
	}
	for _, path := range paths {
		go func() { use(path) }() // want "`path` is captured"
	}
	for _, path := range pair {
		go func() { use(path) }() // want "`path` is captured"
	}
	byName["b"] = n
	for name := range byName {
		go func() { use(name) }() // want "`name` is captured"
	}
	given := []string{"/set"}
	extend(&given)
	for _, path := range given {
		go func() { use(path) }() // want "`path` is captured"
	}
}

func extend(list *[]string) { *list = append(*list, "/get") }
