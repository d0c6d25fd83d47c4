// A file with the line ends of another system.
package p

func fixLineEnds(names []string) {
	for _, name := range names {
		go func() { use(name) }() // want "`name`"
	}
}

func fixLineEndsOfTwo(names []string) {
	for i, name := range names {
		go func() { use(i, name) }() // want "`i`" "`name`"
	}
}
