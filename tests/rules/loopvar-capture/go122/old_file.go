//go:build go1.21

package p

// The constraint sets the language version of this file, whatever go.mod says.
func oldRange(names []string) {
	for i, name := range names {
		go func() {
			use(i)    // want "`i`.*before Go 1.22"
			use(name) // want "`name`"
		}()
	}
	for i := 0; i < 3; i++ {
		i := i
		go func() { use(i) }()
	}
}
