package cases

import "sync"

type store struct {
	mu   sync.RWMutex
	once *sync.Mutex
	sync.Mutex
}

var mu sync.Mutex

func found(s *store, l sync.Locker, work func()) {
	mu.Lock() // want "`mu` stays locked.* \\[help: write `defer mu.Unlock\\(\\)` right after `mu.Lock\\(\\)`\\]"
	work()
	mu.Unlock()

	s.mu.RLock() // want "`s.mu` stays locked .* RUnlock"
	defer s.mu.Unlock()

	s.once.Lock() // want "`s.once` stays locked"
	defer mu.Unlock()

	l.Lock() // want "`l` stays locked"
	work()

	switch {
	default:
		s.Lock() // want "`s` stays locked"
	}
}

func notFound(s *store, work func()) {
	mu.Lock()
	defer mu.Unlock()
	s.mu.RLock()
	// A comment is no statement.
	defer s.mu.RUnlock()
	go func() {
		s.once.Lock()
		defer s.once.Unlock()
		work()
	}()
}

// It locks for its caller.
func (s *store) lockAll() {
	s.mu.Lock()
	s.once.Lock()
}

type door struct{}

func (door) Lock()   {}
func (door) Unlock() {}

func another(d door) {
	d.Lock()
	d.Unlock()
}
