package p

// Nothing else in this file makes it worth a look.
func clauseAlone(n int) {
	j := 0
	for i := 0; i < n; j++ {
		i++
		go func() {
			use(i, j) // want "`j`.*at every Go version"
		}()
	}
}
