package p

var (
	pairOfPackage      = []item{{name: "a"}, {name: "b"}}
	oneAssigned        = []item{{name: "a"}}
	oneAppendedTo      = []item{{name: "a"}}
	oneGivenAway       = []item{{name: "a"}}
	oneKnownElsewhere  = []item{{name: "a"}}
	OneExported        = []item{{name: "a"}}
	oneOfMap           = map[string]int{"a": 1}
	oneOfPackage       = []item{{name: "a"}}
	oneArray           = [1]item{}
	oneWithNewElements = []item{{name: "a"}}
	noneOfPackage      []item
)

// --- lists of a package that may have more than one element ----------------------------------------------------------

func init() { oneAssigned = get() }

func addToOne(it item) { oneAppendedTo = append(oneAppendedTo, it) }

func giveOneAway() { load(&oneGivenAway) }

func load(list *[]item) { *list = get() }

func listsOfPackage() {
	for _, it := range pairOfPackage {
		go func() { use(it) }() // want "`it`"
	}
	for _, it := range oneAssigned {
		go func() { use(it) }() // want "`it`"
	}
	for _, it := range oneAppendedTo {
		go func() { use(it) }() // want "`it`"
	}
	for _, it := range oneGivenAway {
		go func() { use(it) }() // want "`it`"
	}
	for _, it := range oneKnownElsewhere {
		go func() { use(it) }() // want "`it`"
	}
	for _, it := range OneExported {
		go func() { use(it) }() // want "`it`"
	}
	for name := range oneOfMap {
		go func() { use(name) }() // want "`name`"
	}
	for _, it := range noneOfPackage {
		go func() { use(it) }() // want "`it`"
	}
}

// --- near misses -----------------------------------------------------------------------------------------------------

func listsOfOne() {
	for _, it := range oneOfPackage {
		go func() { use(it) }()
	}
	for i, it := range oneArray {
		defer func() { use(i, it) }()
	}
	oneWithNewElements[0] = item{name: "c"}
	for i := range oneWithNewElements {
		go func() { use(i) }()
	}
}

func listOfOneIsRead() int { return len(oneOfPackage) }
