package offsets

import "sync"

type point struct {
	x, y int32
}

type inner struct {
	id    uint64
	flags uint32
	at    point
}

// inner stands at 8.
type outer struct {
	length uint64
	in     inner
	next   *outer
	link   *inner
	name   string
}

// inner stands at 0.
type leading struct {
	in    inner
	count int
}

type deep struct {
	tag  uint32
	mid  middle
	tail [4]inner
}

type middle struct {
	flag bool
	out  outer
}

type embedding struct {
	version uint64
	inner
}

type embeddingPointer struct {
	version uint64
	*inner
}

type pair struct {
	first, second inner
}

type guarded struct {
	mu    sync.Mutex
	state uint32
	in    inner
}

type unrelated struct {
	label  string
	weight float64
	height float64
}
