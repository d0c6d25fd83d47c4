package p

import (
	"context"
	"errors"
	"sync"
	"time"
)

// --- near misses: a function that is called waits, or signals --------------------------------------------------------

func waitInLocalFunction(names []string) {
	var wg sync.WaitGroup
	wait := func() { wg.Wait() }
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(name)
		}()
		wait()
	}
}

func signalInLocalFunction(names []string) {
	var wg sync.WaitGroup
	finish := func() { wg.Done() }
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer finish()
			use(name)
		}()
		wg.Wait()
	}
}

func signalAndWaitInLocalFunctions(names []string) {
	for _, name := range names {
		done := make(chan bool)
		finish, wait := func() { close(done) }, func() { <-done }
		go func() {
			use(name)
			finish()
		}()
		wait()
	}
}

func signalAndWaitByMethodValues(names []string) {
	var wg sync.WaitGroup
	var finish, wait = wg.Done, wg.Wait
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer finish()
			use(name)
		}()
		wait()
	}
}

var all sync.WaitGroup

func waitAll()   { all.Wait() }
func finishAll() { all.Done() }

func waitInFunctionOfFile(names []string) {
	for _, name := range names {
		all.Add(1)
		go func() {
			defer all.Done()
			use(name)
		}()
		waitAll()
	}
}

func signalInFunctionOfFile(names []string) {
	for _, name := range names {
		all.Add(1)
		go func() {
			defer finishAll()
			use(name)
		}()
		all.Wait()
	}
}

func waitTwiceRemoved(names []string) {
	check := func() bool {
		waitAll()
		return true
	}
	for _, name := range names {
		all.Add(1)
		go func() {
			defer func() { finishAll() }()
			use(name)
		}()
		if !check() {
			break
		}
	}
}

func waitInLiteralOfLiteral(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() {
			use(name)
			close(done)
		}()
		func() {
			func() { <-done }()
		}()
	}
}

func waitInLiteralByParameter(names []string) {
	for _, name := range names {
		done := make(chan bool)
		wait := func(finished <-chan bool) bool { return <-finished }
		go func() {
			use(name)
			close(done)
		}()
		use(wait(done))
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(name)
		}()
		func(group *sync.WaitGroup) { group.Wait() }(&wg)
	}
}

func give(done chan bool)  { done <- true }
func trade(done chan bool) { <-done }

// As in waits.go, but here their bodies can be seen.
func waitBothGetChannelHere(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() {
			use(name)
			give(done)
		}()
		trade(done)
	}
}

type pool struct {
	wg      sync.WaitGroup
	results chan int
}

func (p *pool) finish()     { p.wg.Done() }
func (p *pool) settle()     { p.wg.Wait() }
func (p *pool) take() int   { return <-p.results }
func (p *pool) put(n int)   { p.results <- n }
func (p *pool) size() int   { return cap(p.results) }
func (p *pool) leave() bool { return false }

func waitInMethod(p *pool, names []string) {
	for _, name := range names {
		p.wg.Add(1)
		go func() {
			defer p.finish()
			use(name)
		}()
		p.settle()
	}
}

func waitInMethodForValue(p *pool, names []string) {
	for _, name := range names {
		go func() {
			p.put(len(name))
		}()
		use(p.take())
	}
}

func waitForDeferredFunction(names []string) {
	for _, name := range names {
		func() {
			defer waitAll()
			all.Add(1)
			go func() {
				defer finishAll()
				use(name)
			}()
		}()
	}
}

func waitCountsInFunction(names []string, n int) {
	for _, name := range names {
		results := make(chan int, n)
		for i := 0; i < n; i++ {
			go func(i int) {
				results <- i + len(name)
			}(i)
		}
		for i := 0; i < n; i++ {
			if _, err := receive(results); err != nil {
				panic(err)
			}
		}
	}
}

func receive(results chan int) (int, error) {
	select {
	case n := <-results:
		return n, nil
	case <-time.After(time.Second):
		return 0, errors.New("timeout")
	}
}

func waitForStartedFunction(names []string) {
	for _, name := range names {
		done := make(chan bool)
		work := func() {
			use(name)
			close(done)
		}
		go work()
		<-done
	}
}

func signalInFunctionOfLiteral(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			finish := func() { wg.Done() }
			use(name)
			finish()
		}()
		wg.Wait()
	}
}

// --- findings --------------------------------------------------------------------------------------------------------

func waitInFunctionForOther(names []string) {
	var mine, other sync.WaitGroup
	wait := func() { other.Wait() }
	for _, name := range names {
		mine.Add(1)
		go func() {
			defer mine.Done()
			use(name) // want "`name` is captured .*1.22"
		}()
		wait()
	}
}

func waitInFunctionSometimes(names []string) {
	var wg sync.WaitGroup
	wait := func() {
		if cond() {
			wg.Wait()
		}
	}
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(name) // want "`name` is captured .*1.22"
		}()
		wait()
	}
}

func waitInFunctionElsewhere(names []string) {
	var wg sync.WaitGroup
	wait := func() {
		go func() { wg.Wait() }()
	}
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(name) // want "`name` is captured .*1.22"
		}()
		wait()
	}
}

func signalInFunctionTooEarly(names []string) {
	for _, name := range names {
		started := make(chan bool)
		start := func() { close(started) }
		go func() {
			start()
			use(name) // want "`name` is captured .*1.22"
		}()
		<-started
	}
}

func signalBeforeUseInFunction(names []string) {
	for _, name := range names {
		started := make(chan bool)
		work := func() {
			close(started)
			use(name) // want "`name` is captured .*1.22"
		}
		go func() {
			work()
		}()
		<-started
	}
}

func waitInFunctionThatOnlyStarts(names []string) {
	start := func() { all.Add(1) }
	for _, name := range names {
		start()
		go func() {
			defer finishAll()
			use(name) // want "`name` is captured .*1.22"
		}()
	}
	waitAll()
}

func waitInMethodThatDoesNot(p *pool, names []string) {
	for _, name := range names {
		p.wg.Add(1)
		go func() {
			defer p.wg.Done()
			use(name, p.size()) // want "`name` is captured .*1.22"
		}()
		use(p.leave())
	}
}

// Nobody can tell what the functions do that are given.
func waitInGivenFunction(names []string, finish, wait func()) {
	for _, name := range names {
		go func() {
			defer finish()
			use(name) // want "`name` is captured .*\\[likely\\]"
		}()
		wait()
	}
}

func waitInGivenFunctionOnly(wg *sync.WaitGroup, names []string, wait func()) {
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(name) // want "`name` is captured .*\\[likely\\]"
		}()
		wait()
	}
}

func signalInGivenFunctionOnly(wg *sync.WaitGroup, names []string, finish func()) {
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer finish()
			use(name) // want "`name` is captured .*\\[likely\\]"
		}()
		wg.Wait()
	}
}

func waitInVariableThatChanges(names []string) {
	var wg sync.WaitGroup
	wait := func() {}
	if cond() {
		wait = func() { wg.Wait() }
	}
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(name) // want "`name` is captured .*\\[likely\\]"
		}()
		wait()
	}
}

// What is given was made before the function's own variables were.
func waitInGivenFunctionForLocal(names []string, finish, wait func()) {
	var mine, other sync.WaitGroup
	for _, name := range names {
		mine.Add(1)
		go func() {
			defer mine.Done()
			use(name) // want "`name` is captured .*1.22"
		}()
		wait()
		go func() {
			use(name) // want "`name` is captured .*1.22"
			finish()
		}()
		other.Wait()
	}
}

// Functions that were made before the signal know nothing of it.
func waitInFunctionMadeBefore(names []string) {
	for _, name := range names {
		ctx, cancel := context.WithCancel(context.Background())
		cleanup := makeCleanup()
		func() {
			defer cleanup()
			defer cancel()
			results := make(chan int, 1)
			go func() {
				<-ctx.Done()
				results <- len(name) // want "`name` is captured .*1.22"
			}()
		}()
	}
}

func makeCleanup() func() { return func() {} }

// Somebody got the channel who may see what the goroutine does.
func waitForEvent(names []string) {
	for _, name := range names {
		events := make(chan int)
		watch(events)
		go func() {
			use(name) // want "`name` is captured .*\\[likely\\]"
		}()
		awaitEvent(events)
	}
}

func awaitEvent(events chan int) {
	select {
	case <-events:
	case <-time.After(time.Second):
		panic("timeout")
	}
}

func waitForEventOfNobody(names []string) {
	for _, name := range names {
		events := make(chan int)
		awaitNothing(events)
		go func() {
			use(name) // want "`name` is captured .*1.22"
		}()
		<-events
	}
}

func awaitNothing(events chan int) {}

// A function that is given but gets no signal is no wait.
func waitForNothingGiven(names []string, report func()) {
	for _, name := range names {
		go func() {
			use(name) // want "`name` is captured .*1.22"
		}()
		report()
	}
}

// Functions that call themselves, and each other, come to an end here.
func waitEndlessly(names []string) {
	var ping, pong func(int)
	ping = func(n int) { pong(n - 1) }
	pong = func(n int) { ping(n - 1) }
	for _, name := range names {
		go func() {
			use(name) // want "`name` is captured .*1.22"
			deeper(3)
		}()
		deeper(3)
		ping(3)
	}
}

func deeper(n int) {
	if n > 0 {
		deepest(n - 1)
	}
}

func deepest(n int) { deeper(n) }
