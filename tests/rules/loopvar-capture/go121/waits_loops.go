package p

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// --- a select in a loop ----------------------------------------------------------------------------------------------

func loopsForEachOfTwo(names []string) {
	for _, name := range names {
		a, b := make(chan int), make(chan int)
		go func() { a <- len(name) }()
		go func() { b <- len(name) }()
		for i := 0; i < 2; i++ {
			select {
			case n := <-a:
				use(n)
			case n := <-b:
				use(n)
			}
		}
	}
}

func loopsForOneOfTwo(names []string) {
	for _, name := range names {
		a, b := make(chan int, 1), make(chan int, 1)
		go func() {
			a <- len(name) // want "`name` is captured .*1.22"
		}()
		go func() {
			b <- len(name) // want "`name` is captured .*1.22"
		}()
		for i := 0; i < 1; i++ {
			select {
			case n := <-a:
				use(n)
			case n := <-b:
				use(n)
			}
		}
	}
}

func loopsForEachUnlessTimeout(names []string) {
	for _, name := range names {
		a := make(chan int, 1)
		go func() {
			a <- len(name) // want "`name` is captured .*1.22"
		}()
		for i := 0; i < 2; i++ {
			select {
			case n := <-a:
				use(n)
			case <-time.After(time.Second):
			}
		}
		b, c := make(chan int, 1), make(chan int, 1)
		go func() {
			b <- len(name) // want "`name` is captured .*1.22"
		}()
		go func() { c <- 1 }()
	waiting:
		for i := 0; i < 2; i++ {
			select {
			case n := <-b:
				use(n)
			case <-c:
				break waiting
			}
		}
	}
}

// Perhaps there are as many of them.
func loopsForAsManyAsGiven(names []string, count int) {
	for _, name := range names {
		a, b := make(chan int, 1), make(chan int, 1)
		go func() {
			a <- len(name) // want "`name` is captured .*\\[likely\\]"
		}()
		go func() { b <- 1 }()
		for i := 0; i < count; i++ {
			select {
			case n := <-a:
				use(n)
			case n := <-b:
				use(n)
			}
		}
	}
}

func loopsUntilBothAreNil(names []string) {
	for _, name := range names {
		a, b := make(chan int), make(chan int)
		go func() {
			a <- len(name)
			close(a)
		}()
		go func() {
			b <- 1
			use(name)
			close(b)
		}()
		for a != nil || b != nil {
			select {
			case _, ok := <-a:
				if !ok {
					a = nil
				}
			case _, ok := <-b:
				if !ok {
					b = nil
				}
			}
		}
	}
}

func loopsUntilOneIsNil(names []string) {
	for _, name := range names {
		a, b := make(chan int), make(chan int)
		go func() {
			use(name) // want "`name` is captured .*\\[likely\\]"
			close(a)
		}()
		go func() {
			use(name) // want "`name` is captured .*\\[likely\\]"
			close(b)
		}()
		for a != nil && b != nil {
			select {
			case <-a:
				a = nil
			case <-b:
				b = nil
			}
		}
	}
}

func loopsWhileRunning(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() {
			defer close(done)
			use(name)
		}()
		tick := time.NewTicker(time.Second)
		running := true
		for running {
			select {
			case <-tick.C:
				use("still running")
			case <-done:
				running = false
			}
		}
	}
}

func loopsUntilTick(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() {
			defer close(done)
			use(name) // want "`name` is captured .*1.22"
		}()
		tick := time.NewTicker(time.Second)
		running := true
		for running {
			select {
			case <-tick.C:
				running = false
			case <-done:
				running = false
			}
		}
	}
}

func loopsUntilOuterGoesOn(names []string, quit chan bool) {
next:
	for _, name := range names {
		done := make(chan bool)
		go func() {
			use(name) // want "`name` is captured .*1.22"
			close(done)
		}()
		for {
			select {
			case <-done:
			case <-quit:
				continue next
			}
		}
	}
}

// --- a semaphore -----------------------------------------------------------------------------------------------------

func loopsUntilFull(names []string, limit int) {
	for _, name := range names {
		sem := make(chan struct{}, 3)
		for i := 0; i < 10; i++ {
			sem <- struct{}{}
			go func() {
				defer func() { <-sem }()
				use(name)
			}()
		}
		for i := 0; i < cap(sem); i++ {
			sem <- struct{}{}
		}
		other := make(chan struct{}, limit)
		other <- struct{}{}
		go func() {
			use(name)
			<-other
		}()
		for i := 0; i < limit; i++ {
			other <- struct{}{}
		}
	}
}

func loopsUntilNearlyFull(names []string) {
	for _, name := range names {
		sem := make(chan struct{}, 3)
		sem <- struct{}{}
		go func() {
			defer func() { <-sem }()
			use(name) // want "`name` is captured .*1.22"
		}()
		for i := 0; i < cap(sem)-1; i++ {
			sem <- struct{}{}
		}
		late := make(chan struct{}, 3)
		go func() {
			late <- struct{}{}
			defer func() { <-late }()
			use(name) // want "`name` is captured .*1.22"
		}()
		for i := 0; i < cap(late); i++ {
			late <- struct{}{}
		}
		early := make(chan struct{}, 3)
		early <- struct{}{}
		go func() {
			<-early
			use(name) // want "`name` is captured .*1.22"
		}()
		for i := 0; i < cap(early); i++ {
			early <- struct{}{}
		}
	}
}

// --- spinning --------------------------------------------------------------------------------------------------------

func loopsUntilStored(names []string) {
	for _, name := range names {
		var n int32
		go func() {
			use(name)
			atomic.StoreInt32(&n, 1)
		}()
		for atomic.LoadInt32(&n) == 0 {
			runtime.Gosched()
		}
		var m int64
		go func() {
			defer atomic.AddInt64(&m, 1)
			use(name)
		}()
		for {
			if atomic.LoadInt64(&m) > 0 {
				break
			}
			time.Sleep(time.Millisecond)
		}
	}
}

func loopsUntilStoredTooEarly(names []string) {
	for _, name := range names {
		var n, other int32
		go func() {
			atomic.StoreInt32(&n, 1)
			use(name) // want "`name` is captured .*1.22"
		}()
		for atomic.LoadInt32(&n) == 0 {
			runtime.Gosched()
		}
		go func() {
			use(name) // want "`name` is captured .*1.22"
			atomic.StoreInt32(&n, 2)
		}()
		for atomic.LoadInt32(&other) == 0 {
			runtime.Gosched()
		}
		var m int64
		go func() {
			defer atomic.AddInt64(&m, 1)
			use(name) // want "`name` is captured .*1.22"
		}()
		for {
			if atomic.LoadInt64(&m) > 0 {
				break
			}
			if cond() {
				break
			}
		}
	}
}

func loopsUntilStoredOrTired(names []string) {
	for _, name := range names {
		var n int32
		go func() {
			use(name) // want "`name` is captured .*1.22"
			atomic.StoreInt32(&n, 1)
		}()
		for i := 0; i < 10 && atomic.LoadInt32(&n) == 0; i++ {
			runtime.Gosched()
		}
	}
}

// --- one goroutine behind the other ----------------------------------------------------------------------------------

func loopsOverPipeline(names []string) {
	for _, name := range names {
		a, b := make(chan int), make(chan int)
		go func() {
			a <- len(name)
			close(a)
		}()
		go func() {
			for n := range a {
				b <- n
			}
			close(b)
		}()
		for n := range b {
			use(n)
		}
	}
}

func loopsUntilGroupIsDone(names []string) {
	for _, name := range names {
		var wg sync.WaitGroup
		results := make(chan int)
		for i := 0; i < 3; i++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				results <- 1
				use(name)
			}()
		}
		go func() {
			defer close(results)
			wg.Wait()
		}()
		for range results {
		}
	}
}

func loopsOverBrokenPipeline(names []string) {
	for _, name := range names {
		a, b := make(chan int, 9), make(chan int)
		go func() {
			a <- len(name) // want "`name` is captured .*1.22"
			close(a)
		}()
		go func() {
			if cond() {
				for n := range a {
					b <- n
				}
			}
			close(b)
		}()
		for n := range b {
			use(n)
		}
		done, other := make(chan int), make(chan int)
		go func() {
			use(name) // want "`name` is captured .*1.22"
			done <- 1
		}()
		go func() {
			other <- 1
			<-done
		}()
		<-other
	}
}

// The group waits for all, so one that waits is enough.
func loopsBehindGroup(names []string) {
	for _, name := range names {
		var wg sync.WaitGroup
		done := make(chan int)
		wg.Add(2)
		go func() {
			use(name)
			done <- 1
		}()
		go func() {
			defer wg.Done()
			use("other")
		}()
		go func() {
			<-done
			wg.Done()
		}()
		wg.Wait()
	}
}

func loopsUnlessLeft(names []string) {
	for _, name := range names {
		func() {
			done := make(chan int, 1)
			go func() {
				use(name) // want "`name` is captured .*1.22"
				done <- 1
			}()
			for {
				select {
				case <-done:
				case <-time.After(time.Second):
					return
				}
			}
		}()
		func() {
			done := make(chan int)
			go func() {
				use(name)
				done <- 1
			}()
			for {
				select {
				case <-done:
					return
				case <-time.After(time.Second):
					use("still waiting")
				}
			}
		}()
	}
}

func loopsInFunction(names []string) {
	for _, name := range names {
		done := make(chan int, 1)
		go func() {
			use(name)
			done <- 1
		}()
		waitLong(done)
	}
}

func waitLong(c chan int) {
	for {
		select {
		case <-c:
			return
		case <-time.After(time.Second):
			use("still waiting")
		}
	}
}

// --- for a group in each round --------------------------------------------------------------------------------------

func loopsOverGroups(names []string, n int) {
	for _, name := range names {
		starts, ends := make([]sync.WaitGroup, n), make([]sync.WaitGroup, n)
		for i := range ends {
			starts[i].Add(1)
			ends[i].Add(2)
		}
		for g := 0; g < 2; g++ {
			go func() {
				use(name)
				for i := 0; i < n; i++ {
					starts[i].Wait()
					ends[i].Done()
				}
			}()
		}
		for i := 0; i < n; i++ {
			starts[i].Done()
			ends[i].Wait()
		}
	}
}

func loopsOverSomeGroups(names []string) {
	for _, name := range names {
		var ends [3]sync.WaitGroup
		for i := range ends {
			ends[i].Add(1)
		}
		go func() {
			use(name) // want "`name` is captured .*1.22"
			for i := range ends {
				ends[i].Done()
			}
		}()
		for i := range ends {
			if cond() {
				ends[i].Wait()
			}
		}
		for i := range ends {
			ends[i].Add(0)
		}
	}
}

func loopsOverGroupsTooEarly(names []string) {
	for _, name := range names {
		ends := make([]sync.WaitGroup, 3)
		for i := range ends {
			ends[i].Add(1)
		}
		go func() {
			for i := range ends {
				ends[i].Done()
			}
			use(name) // want "`name` is captured .*1.22"
		}()
		for i := range ends {
			ends[i].Wait()
		}
	}
}
