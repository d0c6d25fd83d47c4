package p

// The last clause assigns a variable that is none of the loop's own.
func clausePost(n int) {
	total := 0
	for i := 0; i < n; i, total = i+1, total+i {
		go func() {
			use(i)     // want "`i` is captured .*before Go 1.22$"
			use(total) // want "`total` is captured .*at every Go version$"
		}()
	}
}

func clausePostOnly(n int) {
	j := 0
	for i := 0; i < n; j++ {
		i++
		go func() {
			use(i) // want "`i` is captured .*before Go 1.22$"
			use(j) // want "`j` is captured .*at every Go version$"
		}()
	}
}

func clauseDeclaredAnew(n int) {
	for i := 0; i < n; i++ {
		i, total := i, i*2
		go func() { use(i, total) }()
	}
}
