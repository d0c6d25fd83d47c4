package p

// Not what gofmt would write.

func fixOneLine(names []string) {
	for _, name := range names { go func() { use(name) }() } // want "`name`"
	for _, name := range names { /* a */ go func() { use(name) }() // want "`name`"
	}
  for _, name := range names {
      go func() { use(name) }() // want "`name`"
  }
	for i:=0;i<3;i++ { go func() { use(i) }() } // want "`i`"
	for /* a */ _, name /* b */ := /* c */ range names {
		go /* d */ func /* e */ () { use(name) } () // want "`name`"
	}
	for i, name := range names { go func() { use(name, i) }() } // want "`name`" "`i`"
	for i, name := range names {
		i := i; use(i)
		go func() { use(i, name) }() // want "`name`"
	}
}
