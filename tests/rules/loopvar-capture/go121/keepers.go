package p

import (
	"context"
	"net/http"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

func keepErrgroup(names []string) error {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error {
			use(name) // want "loop variable `name` is captured by a function literal that golang.org/x/sync/errgroup.Group.Go runs after the iteration"
			return nil
		})
	}
	return g.Wait()
}

func keepErrgroupThenMore(names []string) error {
	g := new(errgroup.Group)
	for _, name := range names {
		if !g.TryGo(func() error { use(name); return nil }) { // want "`name`.*errgroup.Group.TryGo"
			use("full")
		}
	}
	return g.Wait()
}

func keepErrgroupWithContext(ctx context.Context, names []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, name := range names {
		g.Go(func() error {
			use(ctx, name) // want "`name`"
			return nil
		})
	}
	return g.Wait()
}

func keepErrgroupOfParameter(g *errgroup.Group, names []string) {
	for _, name := range names {
		g.Go(func() error { use(name); return nil }) // want "`name`"
	}
}

type crew struct {
	group *errgroup.Group
	mux   *http.ServeMux
}

func (c *crew) keepErrgroupInField(names []string) {
	for _, name := range names {
		c.group.Go(func() error { use(name); return nil }) // want "`name`"
	}
}

type embedsGroup struct {
	errgroup.Group
	name string
}

func keepErrgroupEmbedded(names []string) {
	var c embedsGroup
	for _, name := range names {
		c.Go(func() error { use(name); return nil }) // want "`name`"
	}
}

func keepErrgroupThroughVariable(g *errgroup.Group, names []string) {
	for _, name := range names {
		f := func() error {
			use(name) // want "`name`"
			return nil
		}
		g.Go(f)
	}
}

func keepErrgroupMadeInBodyWithoutWait(names []string) {
	for _, name := range names {
		var g errgroup.Group
		g.Go(func() error { use(name); return nil }) // want "`name`"
	}
}

func keepWaitGroup(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { use(name) }) // want "`name`.*sync.WaitGroup.Go"
	}
	wg.Wait()
}

func keepAfterFunc(names []string) {
	for _, name := range names {
		time.AfterFunc(time.Second, func() { use(name) }) // want "`name`.*time.AfterFunc"
	}
}

func keepContextAfterFunc(ctx context.Context, names []string) {
	for _, name := range names {
		context.AfterFunc(ctx, func() { use(name) }) // want "`name`.*context.AfterFunc"
	}
}

func keepHandlers(mux *http.ServeMux, paths []string) {
	for _, path := range paths {
		http.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			use(path) // want "`path`.*net/http.HandleFunc"
		})
		http.Handle(path, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			use(path) // want "`path`.*net/http.Handle"
		}))
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			use(path) // want "`path`.*net/http.ServeMux.HandleFunc"
		})
		mux.Handle(path, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			use(path) // want "`path`.*net/http.ServeMux.Handle"
		}))
	}
}

func keepHandlersOfNewMux(paths []string) http.Handler {
	mux := http.NewServeMux()
	for _, path := range paths {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			use(path) // want "`path`"
		})
	}
	return mux
}

func (c *crew) keepHandlersInField(paths []string) {
	for _, path := range paths {
		c.mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			use(path) // want "`path`"
		})
	}
}

func keepHandlersOfDefaultMux(paths []string) {
	for _, path := range paths {
		http.DefaultServeMux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			use(path) // want "`path`"
		})
	}
}

type pageHandler struct{ hits int }

func (h *pageHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.hits++ }

func keepAddressAsHandler(pages map[string]pageHandler) {
	for path, page := range pages {
		http.Handle(path, &page) // want "address of loop variable `page` is kept by net/http.Handle"
	}
}

func keepFinalizer(items []*item) {
	for _, it := range items {
		runtime.SetFinalizer(it, func(*item) {
			use(it) // want "`it`.*runtime.SetFinalizer"
		})
	}
}

// --- near misses -----------------------------------------------------------------------------------------------------

// A method of the same name on another type is no keeper.
type sequential struct{}

func (sequential) Go(f func() error)                    { _ = f() }
func (sequential) Cleanup(f func())                     { f() }
func (sequential) AfterFunc(d time.Duration, f func())  { f() }
func (sequential) HandleFunc(path string, f func())     { f() }
func (sequential) SetFinalizer(x any, f func(x any))    { f(x) }
func (sequential) Run(name string, f func(*sequential)) { f(nil) }
func (*sequential) Parallel()                           {}

func keepNothing(s sequential, names []string) {
	for _, name := range names {
		s.Go(func() error { use(name); return nil })
		s.Cleanup(func() { use(name) })
		s.AfterFunc(1, func() { use(name) })
		s.HandleFunc(name, func() { use(name) })
		s.SetFinalizer(s, func(any) { use(name) })
		s.Run(name, func(s *sequential) {
			s.Parallel()
			use(name)
		})
	}
}

// So is a local variable that shadows the package.
func keepShadowed(names []string) {
	var time, runtime, http sequential
	for _, name := range names {
		time.AfterFunc(1, func() { use(name) })
		runtime.SetFinalizer(nil, func(any) { use(name) })
		http.HandleFunc(name, func() { use(name) })
	}
}

type ownGo struct{ errgroup.Group }

func (ownGo) Go(f func() error) { _ = f() }

func keepOverridden(o ownGo, names []string) {
	for _, name := range names {
		o.Go(func() error { use(name); return nil })
	}
}

func keepByValue(names []string) {
	var g errgroup.Group
	for _, name := range names {
		name := name
		g.Go(func() error { use(name); return nil })
		time.AfterFunc(time.Second, func() { use(name) })
	}
}

func keepMuxOfIteration(paths []string) {
	for _, path := range paths {
		mux := http.NewServeMux()
		mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { use(path) })
		use(mux)
	}
}

func keepStoppedTimer(names []string) {
	for _, name := range names {
		timer := time.AfterFunc(time.Second, func() { use(name) })
		use("work")
		timer.Stop()
	}
}

func keepStoppedTimerDeferred(names []string) {
	for _, name := range names {
		func() {
			timer := time.AfterFunc(time.Second, func() { use(name) })
			defer timer.Stop()
			use("work")
		}()
	}
}

func keepStoppedContext(ctx context.Context, names []string) {
	for _, name := range names {
		stop := context.AfterFunc(ctx, func() { use(name) })
		use("work")
		stop()
	}
}

func keepWaited(names []string) error {
	for _, name := range names {
		var g errgroup.Group
		g.Go(func() error { use(name); return nil })
		g.Go(func() error { defer func() { use(name) }(); return nil })
		if err := g.Wait(); err != nil {
			return err
		}
		var wg sync.WaitGroup
		wg.Go(func() { use(name) })
		wg.Wait()
	}
	return nil
}

func keepNotAtAll(names []string) {
	var once sync.Once
	for _, name := range names {
		once.Do(func() { use(name) })
	}
}

func keepOtherArgument(items []*item) {
	for _, it := range items {
		runtime.SetFinalizer(it, (*item).start)
	}
}

// Of a stopped timer only those paths count that stop it.
func keepTimerStoppedSometimes(names []string) {
	for _, name := range names {
		timer := time.AfterFunc(time.Second, func() { use(name) }) // want "`name`"
		if cond() {
			timer.Stop()
		}
	}
}

func keepHalfWaited(names []string) {
	for _, name := range names {
		var g errgroup.Group
		g.Go(func() error { use(name); return nil }) // want "`name`"
		if cond() {
			_ = g.Wait()
		}
	}
}

// The group waits for what it runs, not for what that starts.
func keepStartsMore(names []string) {
	for _, name := range names {
		var g errgroup.Group
		g.Go(func() error {
			go func() {
				use(name) // want "`name`"
			}()
			return nil
		})
		_ = g.Wait()
	}
}
