package p

import "encoding/json"

// --- fixed -----------------------------------------------------------------------------------------------------------

func fixTwoVariables(names []string) {
	for i, name := range names { // the comment stays here
		// So does this one.
		go func() {
			use(i, name) // want "`i`" "`name`"
			use(i)       // want "`i`"
		}()
	}
}

// The copies stand in the order in which the header names the variables, whichever use comes first.
func fixLaterOneFirst(names []string) {
	for i, name := range names {
		go func() { use(name) }() // want "`name`"
		go func() { use(i) }()    // want "`i`"
	}
}

func fixThreeVariables(n int) {
	for i, j, k := 0, 1, 2; i < n; i, j, k = i+1, j+1, k+1 {
		go func() {
			use(k) // want "`k`"
			use(i) // want "`i`"
			use(j) // want "`j`"
		}()
	}
}

func fixBehindCopy(names []string) {
	for i, name := range names {
		i := i                       // as it was
		go func() { use(i, name) }() // want "`name`"
	}
}

func fixBesideOtherStatements(names []string) {
	for i, name := range names {
		i := i
		use(i)
		go func() { use(i, name) }() // want "`name`"
	}
	for i, name := range names {
		name := name
		go func() { use(i, name) }() // want "`i`"
	}
}

func fixInnerBlockDeclares(names []string) {
	for _, name := range names {
		if cond() {
			name := name + "!"
			use(name)
		}
		go func() { use(name) }() // want "`name`"
	}
}

func fixBehindLabel(names []string) {
	for _, name := range names {
	again:
		go func() { use(name) }() // want "`name`"
		if cond() {
			goto again
		}
	}
}

func fixEmptyFirstLine(names []string) {
	for _, name := range names {

		defer func() { use(name) }() // want "`name`"
	}
}

func fixFieldIsWritten(items []item) {
	for _, it := range items {
		it.count++
		go func() { use(it) }() // want "`it`"
	}
}

func fixAddressIsGivenAway(texts [][]byte) {
	for _, text := range texts {
		var it item
		_ = json.Unmarshal(text, &it)
		_ = json.Unmarshal(text, &text)
		go func() { use(text) }() // want "`text`"
	}
}

func fixNested(groups [][]string) {
	for _, names := range groups {
		for _, name := range names {
			go func() { use(names, name) }() // want "`names`" "`name`"
		}
	}
}

// --- not fixed -------------------------------------------------------------------------------------------------------

func keepBodyWrites(names []string) {
	for _, name := range names {
		name = name + "!"
		go func() { use(name) }() // want "`name`"
	}
}

func keepLiteralWrites(names []string) {
	for i := range names {
		go func() {
			i++ // want "`i`"
		}()
	}
}

func keepBlockDeclares(names []string) {
	for _, name := range names {
		go func() { use(name) }() // want "`name`"
		name := name + "!"
		use(name)
	}
}

func keepBlockDeclaresWithVar(names []string) {
	for _, name := range names {
		go func() { use(name) }() // want "`name`"
		var (
			other = 1
			name  = "x"
		)
		use(other, name)
	}
}

func keepBlockDeclaresAmongOthers(names []string) {
	for _, name := range names {
		go func() { use(name) }() // want "`name`"
		name, err := name, error(nil)
		use(name, err)
	}
}

func keepBlockDeclaresConst(names []string) {
	for _, name := range names {
		go func() { use(name) }() // want "`name`"
		const name = "x"
		use(name)
	}
}

func keepBodyMovesOn(names []string) {
	for i := 0; i < 10; {
		go func() { use(i) }() // want "`i`"
		i += 2
	}
}

func keepAddressMovesOn(names []string) {
	for i := 0; i < 10; i++ {
		skip(&i)
		go func() { use(i) }() // want "`i`"
	}
}

func skip(i *int) { *i++ }

func keepAssigned(names []string) {
	var name string
	for _, name = range names {
		go func() { use(name) }() // want "`name`.*at every Go version"
	}
}
