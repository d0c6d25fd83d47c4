package p

import (
	"context"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// --- no waits --------------------------------------------------------------------------------------------------------

func waitBehindLoop(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(name) // want "`name`"
		}()
	}
	wg.Wait()
}

func waitConditionally(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(name) // want "`name`"
		}()
		if cond() {
			wg.Wait()
		}
	}
}

func waitOnOnePath(names []string) {
	done := make(chan bool)
	for _, name := range names {
		go func() {
			use(name) // want "`name`"
			done <- true
		}()
		if name == "x" {
			continue
		}
		<-done
	}
}

func waitWithTimeout(names []string) {
	for _, name := range names {
		done := make(chan bool, 1)
		go func() {
			use(name) // want "`name`"
			done <- true
		}()
		select {
		case <-done:
		case <-time.After(time.Second):
			fmt.Println("timeout")
		}
	}
}

func waitUnlessReady(names []string) {
	for _, name := range names {
		done := make(chan bool, 1)
		go func() {
			use(name) // want "`name`"
			done <- true
		}()
		select {
		case <-done:
		default:
		}
	}
}

func waitForOther(names []string) {
	done, other := make(chan bool, 9), make(chan bool, 9)
	for _, name := range names {
		go func() {
			use(name) // want "`name`"
			done <- true
		}()
		<-other
	}
}

func waitForOtherGroup(names []string) {
	var mine, other sync.WaitGroup
	for _, name := range names {
		mine.Add(1)
		go func() {
			defer mine.Done()
			use(name) // want "`name`"
		}()
		other.Wait()
	}
}

func waitTooEarly(names []string) {
	for _, name := range names {
		started := make(chan bool)
		go func() {
			close(started)
			use(name) // want "`name`"
		}()
		<-started
	}
}

func waitTooEarlyDeferred(names []string) {
	for _, name := range names {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer func() {
				use(name) // want "`name`"
			}()
			defer wg.Done()
			use(name)
		}()
		wg.Wait()
	}
}

func waitTooEarlyInLoop(names []string) {
	for _, name := range names {
		first := make(chan string)
		go func() {
			for i := 0; i < 3; i++ {
				first <- name // want "`name`"
			}
		}()
		<-first
	}
}

func waitForNestedGoroutineOnly(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() {
			go func() {
				use(name) // want "`name`"
			}()
			close(done)
		}()
		<-done
	}
}

// A semaphore limits how many run; it does not wait for this one.
func waitForSemaphoreAtTop(names []string) {
	limit := make(chan struct{}, 4)
	for _, name := range names {
		limit <- struct{}{}
		go func() {
			defer func() { <-limit }()
			use(name) // want "`name`"
		}()
	}
}

func waitForSemaphoreAtEnd(names []string) {
	limit := make(chan struct{}, 4)
	for _, name := range names {
		go func() {
			use(name) // want "`name`"
			<-limit
		}()
		limit <- struct{}{}
	}
}

func waitForTokens(names []string, tokens chan bool) {
	for _, name := range names {
		<-tokens
		go func() {
			use(name) // want "`name`"
			tokens <- true
		}()
	}
}

func waitAfterInnerLoop(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		for i := 0; i < 3; i++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				use(name)
				use(i) // want "`i`"
			}()
		}
		wg.Wait()
	}
}

func waitShortCircuit(names []string) {
	for _, name := range names {
		done := make(chan bool, 1)
		go func() {
			use(name) // want "`name`"
			done <- true
		}()
		if cond() && <-done {
			use("done")
		}
	}
}

func waitInOtherGoroutine(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() {
			use(name) // want "`name`"
			close(done)
		}()
		go func() { <-done }()
		defer func() { <-done }()
	}
}

func waitSleeps(names []string) {
	for _, name := range names {
		go func() {
			use(name) // want "`name`"
		}()
		time.Sleep(time.Second)
	}
}

// Perhaps the method waits: its name does not say so, its body is not looked at.
func waitPerhaps(j *job, names []string) {
	for _, name := range names {
		go func() {
			use(name) // want "`name`.*\\[likely\\]"
			j.done <- true
		}()
		j.setup()
	}
}

// --- waits -----------------------------------------------------------------------------------------------------------

func waitGroup(names []string) {
	for _, name := range names {
		var wg sync.WaitGroup
		wg.Add(2)
		go func() {
			defer wg.Done()
			use(name)
		}()
		go func() {
			use(name)
			wg.Done()
		}()
		wg.Wait()
	}
}

func waitGroupOutside(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { use(name) }()
		}()
		wg.Wait()
		fmt.Println("next")
	}
}

func waitGroupAsArgument(names []string) {
	for _, name := range names {
		var wg sync.WaitGroup
		wg.Add(3)
		go func(wg *sync.WaitGroup) {
			defer wg.Done()
			use(name)
		}(&wg)
		go work(&name, &wg)
		go func(s *string) {
			defer wg.Done()
			use(*s)
		}(&name)
		wg.Wait()
	}
}

func work(s *string, wg *sync.WaitGroup) {
	defer wg.Done()
	use(*s)
}

func waitGroupInField(s *struct{ wg sync.WaitGroup }, names []string) {
	for _, name := range names {
		s.wg.Add(1)
		go func() {
			defer s.wg.Done()
			use(name)
		}()
		s.wg.Wait()
	}
}

func waitReceive(names []string) {
	for _, name := range names {
		done := make(chan error)
		go func() { done <- fmt.Errorf("%s", name) }()
		if err := <-done; err != nil {
			continue
		}
	}
}

func waitReceiveInExpressions(names []string) {
	for _, name := range names {
		a, b, c := make(chan int), make(chan int), make(chan int)
		go func() { use(name); a <- 1 }()
		go func() { use(name); close(b) }()
		go func() { defer close(c); use(name) }()
		use(<-a)
		x, ok := <-b
		use(x, ok)
		switch <-c {
		}
	}
}

func waitReceiveThroughParameter(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func(finished chan<- bool) {
			use(name)
			finished <- true
		}(done)
		<-done
	}
}

func waitSelectOfOne(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() { use(name); close(done) }()
		select {
		case <-done:
		}
	}
}

func waitSelectOrLeave(names []string, quit chan bool) {
	for _, name := range names {
		done := make(chan bool)
		go func() { use(name); close(done) }()
		select {
		case <-done:
		case <-quit:
			return
		case <-time.After(time.Second):
			panic("timeout")
		}
	}
}

func waitSelectInLoop(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() { use(name); close(done) }()
	waiting:
		for {
			select {
			case <-done:
				break waiting
			case <-time.After(time.Second):
				fmt.Println("still waiting")
			}
		}
	}
}

func waitDrains(names []string) {
	for _, name := range names {
		results := make(chan string)
		go func() {
			defer close(results)
			for i := 0; i < 3; i++ {
				results <- name
			}
		}()
		for result := range results {
			use(result)
		}
	}
}

func waitCounts(names []string) {
	done := make(chan bool)
	for _, name := range names {
		for range names {
			go func() {
				use(name)
				done <- true
			}()
		}
		for range names {
			<-done
		}
	}
}

func waitContext(names []string) {
	for _, name := range names {
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			defer cancel()
			use(name)
		}()
		<-ctx.Done()
	}
}

func waitUnbufferedSend(names []string) {
	for _, name := range names {
		ready := make(chan bool)
		go func() {
			use(name)
			<-ready
		}()
		ready <- true
	}
}

func waitOnEveryPath(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() { use(name); close(done) }()
		if cond() {
			<-done
			continue
		}
		fmt.Println("slow")
		<-done
	}
}

func waitInHelper(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() { use(name); close(done) }()
		waitFor(done)
		var wg sync.WaitGroup
		wg.Add(1)
		go func() { defer wg.Done(); use(name) }()
		waitForGroup(&wg)
	}
}

func waitFor(done chan bool)          { <-done }
func waitForGroup(wg *sync.WaitGroup) { wg.Wait() }

func waitForCallee(names []string) {
	for _, name := range names {
		j := &job{done: make(chan bool)}
		go func() {
			use(name)
			finish(j)
		}()
		<-j.done
		k := &job{done: make(chan bool)}
		go func() {
			use(name)
			k.done <- true
		}()
		k.wait()
	}
}

func finish(j *job) { j.done <- true }

func waitSpins(names []string) {
	for _, name := range names {
		var done atomic.Bool
		go func() {
			use(name)
			done.Store(true)
		}()
		for !done.Load() {
			time.Sleep(time.Millisecond)
		}
	}
}

func waitInLiteral(names []string) {
	for _, name := range names {
		func() {
			var wg sync.WaitGroup
			defer wg.Wait()
			wg.Add(1)
			go func() {
				defer wg.Done()
				use(name)
			}()
		}()
		func() {
			done := make(chan bool)
			go func() { use(name); close(done) }()
			defer func() { <-done }()
		}()
	}
}

func waitForNestedGoroutine(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() {
			go func() {
				use(name)
				close(done)
			}()
		}()
		<-done
	}
}

func waitForSent(names []string, queue chan func()) {
	for _, name := range names {
		done := make(chan bool)
		queue <- func() {
			use(name)
			close(done)
		}
		<-done
	}
}

func waitForAfterFunc(names []string) {
	for _, name := range names {
		done := make(chan bool)
		time.AfterFunc(time.Millisecond, func() {
			use(name)
			close(done)
		})
		<-done
	}
}

func waitUseBeforeSignal(names []string) {
	for _, name := range names {
		started := make(chan bool)
		go func() {
			mine := name
			close(started)
			use(mine)
		}()
		<-started
	}
}

func waitEarlyReturns(names []string) {
	for _, name := range names {
		errs := make(chan error, 1)
		go func() {
			if name == "" {
				errs <- nil
				return
			}
			use(name)
			errs <- nil
		}()
		<-errs
	}
}

func waitForPipe(names []string) {
	for _, name := range names {
		r, w := io.Pipe()
		go func() {
			_, _ = w.Write([]byte(name))
			_ = w.Close()
		}()
		_, _ = io.ReadAll(r)
	}
}

func waitForWhatArgumentHolds(names []string) {
	for _, name := range names {
		j := &job{done: make(chan bool)}
		k := &struct{ job *job }{j}
		go serve(k, func() { use(name) })
		<-j.done
	}
}

func serve(k any, f func()) {}

func waitForOneOfTwo(names []string) {
	p := &parser{}
	for _, name := range names {
		p.errs = make(chan error)
		results := make(chan string)
		go func() {
			p.parse(name)
			results <- p.result
		}()
		select {
		case <-p.errs:
		case <-results:
		}
	}
}

type parser struct {
	errs   chan error
	result string
}

func (p *parser) parse(text string) {}

// Both get the channel; perhaps one waits for the other.
func waitBothGetChannel(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() {
			use(name) // want "`name`.*\\[likely\\]"
			give(done)
		}()
		trade(done)
	}
}

type mailbox struct{ values chan any }

func (m *mailbox) Send(value any) { m.values <- value }
func (m *mailbox) Receive() any   { return <-m.values }

func waitReceivesWhatIsSent(names []string) {
	m := &mailbox{values: make(chan any)}
	for _, name := range names {
		go func() {
			m.Send(name)
		}()
		m.Receive()
	}
}

// Nobody can tell who closes that channel.
func waitForUnknownChannel(names []string, stream interface{ Done() chan bool }) {
	for _, name := range names {
		go func() {
			use(name) // want "`name`.*\\[likely\\]"
		}()
		<-stream.Done()
	}
}

func waitForTimer(names []string) {
	for _, name := range names {
		go func() {
			use(name) // want "`name` is captured .*1.22 \[help"
		}()
		<-time.After(time.Second)
	}
}
