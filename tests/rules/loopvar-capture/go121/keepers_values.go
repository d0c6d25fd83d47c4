package p

import (
	"context"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

type worker struct{ name string }

func (w *worker) do() error                                    { return nil }
func (w *worker) run()                                         {}
func (w *worker) serve(http.ResponseWriter, *http.Request)     {}
func (w *worker) ServeHTTP(http.ResponseWriter, *http.Request) {}
func (w worker) copied()                                       {}
func (w worker) copiedToo() error                              { return nil }

// --- what is kept is a method value ----------------------------------------------------------------------------------

func keepMethodValues(ctx context.Context, g *errgroup.Group, wg *sync.WaitGroup, workers []worker) {
	for _, w := range workers {
		g.Go(w.do)                    // want "address of loop variable `w` is kept by golang.org/x/sync/errgroup.Group.Go"
		wg.Go(w.run)                  // want "address of loop variable `w` is kept by sync.WaitGroup.Go"
		time.AfterFunc(1, w.run)      // want "address of loop variable `w` is kept by time.AfterFunc"
		context.AfterFunc(ctx, w.run) // want "address of loop variable `w` is kept by context.AfterFunc"
		http.HandleFunc("/", w.serve) // want "address of loop variable `w` is kept by net/http.HandleFunc"
		http.Handle("/", &w)          // want "address of loop variable `w` is kept by net/http.Handle"
		f := w.run                    // want "address of loop variable `w` is kept by time.AfterFunc"
		time.AfterFunc(1, f)
		g.Go(w.copiedToo)
		time.AfterFunc(1, w.copied)
	}
}

// --- the keeper is one -----------------------------------------------------------------------------------------------

func keepByMethodValue(g *errgroup.Group, names []string) {
	for _, name := range names {
		start := g.Go
		start(func() error {
			use(name) // want "`name` is captured by a function literal that golang.org/x/sync/errgroup.Group.Go runs"
			return nil
		})
		(*errgroup.Group).Go(g, func() error {
			use(name) // want "`name` is captured by a function literal that golang.org/x/sync/errgroup.Group.Go runs"
			return nil
		})
	}
}

func keepByMethodValueWaitedFor(g *errgroup.Group, names []string) {
	start := g.Go
	for _, name := range names {
		start(func() error { use(name); return nil })
		(*errgroup.Group).Go(g, func() error { use(name); return nil })
		_ = g.Wait()
	}
}

type ownGroup struct{}

func (*ownGroup) Go(f func() error) { _ = f() }

func keepByOwnMethodValue(g *ownGroup, names []string) {
	for _, name := range names {
		start := g.Go
		start(func() error { use(name); return nil })
		(*ownGroup).Go(g, func() error { use(name); return nil })
	}
}
