// Package errgroup is as much of golang.org/x/sync/errgroup as the fixtures need to compile.
package errgroup

import (
	"context"
	"sync"
)

// Group runs functions and keeps the first error.
type Group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

// WithContext makes a group.
func WithContext(ctx context.Context) (*Group, context.Context) {
	return &Group{}, ctx
}

// Go runs the function on a goroutine.
func (g *Group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}

// TryGo is Go, where there is room.
func (g *Group) TryGo(f func() error) bool {
	g.Go(f)
	return true
}

// Wait waits for all of them.
func (g *Group) Wait() error {
	g.wg.Wait()
	return g.err
}
