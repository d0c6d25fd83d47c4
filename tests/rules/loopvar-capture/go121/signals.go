package p

import (
	"fmt"
	"sync"
)

// --- until the channel is closed -------------------------------------------------------------------------------------

func signalsUntilClosed(names []string) {
	for _, name := range names {
		a, b, c := make(chan int), make(chan int), make(chan int)
		go func() {
			defer close(a)
			a <- 1
			use(name)
		}()
		go func() {
			b <- 1
			b <- len(name)
			close(b)
		}()
		go func() {
			c <- 1
			use(name)
			close(c)
		}()
		for range a {
		}
		for n := range b {
			use(n)
		}
		for {
			n, ok := <-c
			if !ok {
				break
			}
			use(n)
		}
	}
}

func signalsClosedBeforeUse(names []string) {
	for _, name := range names {
		a, b := make(chan int), make(chan int)
		go func() {
			a <- 1
			close(a)
			use(name) // want "`name` is captured .*1.22"
		}()
		go func() {
			defer func() {
				use(name) // want "`name` is captured .*1.22"
			}()
			defer close(b)
			b <- 1
		}()
		for range a {
		}
		for {
			n, ok := <-b
			if !ok {
				break
			}
			use(n)
		}
	}
}

// Without a close the last value is the end.
func signalsUntilClosedByOthers(names []string) {
	for _, name := range names {
		a := make(chan int)
		go func() {
			a <- 1
			use(name)
			a <- 2
		}()
		go closeLater(a)
		for range a {
		}
		b := make(chan int)
		go func() {
			b <- 1
			use(name) // want "`name` is captured .*1.22"
		}()
		go closeLater(b)
		for range b {
		}
	}
}

func closeLater(c chan int) { close(c) }

// --- several values --------------------------------------------------------------------------------------------------

func signalsAsOftenAsReceived(names []string) {
	for _, name := range names {
		q := make(chan int)
		go func() {
			q <- len(name)
			q <- len(name) + 1
		}()
		a := <-q
		b := <-q
		use(a, b)

		step := make(chan struct{})
		go func() {
			step <- struct{}{}
			use(name)
			step <- struct{}{}
		}()
		<-step
		use("between")
		<-step

		end := make(chan struct{})
		go func() {
			end <- struct{}{}
			use(name)
			close(end)
		}()
		<-end
		<-end

		results := make(chan int)
		go func() {
			results <- 1
			results <- len(name)
		}()
		use([]int{<-results, <-results})
	}
}

func signalsPingPong(names []string) {
	for _, name := range names {
		step := make(chan int)
		go func() {
			step <- 1
			n := <-step
			use(n, name)
			close(step)
		}()
		<-step
		step <- 2
		if _, ok := <-step; ok {
			panic("not closed")
		}
	}
}

func signalsInRounds(names []string) {
	for _, name := range names {
		out := make(chan int)
		go func() {
			out <- len(name)
			out <- len(name)
			out <- len(name)
		}()
		for i := 0; i < 3; i++ {
			use(<-out)
		}
		more := make(chan int)
		go func() {
			for i := 0; i < 3; i++ {
				use(name)
				more <- i
			}
		}()
		<-more
		<-more
		<-more
	}
}

func signalsBeforeUse(names []string) {
	for _, name := range names {
		q := make(chan int)
		go func() {
			q <- 1
			q <- 2
			use(name) // want "`name` is captured .*1.22"
		}()
		a := <-q
		b := <-q
		use(a, b)

		step := make(chan struct{})
		go func() {
			step <- struct{}{}
			use(name) // want "`name` is captured .*1.22"
			step <- struct{}{}
		}()
		<-step

		out := make(chan int)
		go func() {
			out <- 1
			out <- 2
			use(name) // want "`name` is captured .*1.22"
		}()
		for i := 0; i < 2; i++ {
			use(<-out)
		}
	}
}

// There are more values than receives.
func signalsOftenerThanReceived(names []string) {
	for _, name := range names {
		q := make(chan int, 9)
		go func() {
			q <- 1
			q <- 2
			use(name) // want "`name` is captured .*1.22"
			q <- 3
		}()
		use(<-q, <-q)
	}
}

// Which values are sent is not known, so the receives are taken to be as many.
func signalsOnBranches(names []string) {
	for _, name := range names {
		q := make(chan error)
		go func() {
			if cond() {
				q <- fmt.Errorf("%s", name)
				return
			}
			q <- nil
			use(name)
			close(q)
		}()
		use(<-q, <-q)
	}
}

// The iteration may end behind the first value.
func signalsReceivedOnOnePath(names []string) {
	for _, name := range names {
		step := make(chan int)
		go func() {
			step <- 1
			use(name) // want "`name` is captured .*1.22"
			step <- 2
		}()
		if n := <-step; n == 0 {
			continue
		}
		<-step
	}
}

// How often each of these runs is not known.
func signalsReceivedSomewhere(names []string) {
	for _, name := range names {
		step := make(chan int)
		go func() {
			step <- 1
			use(name) // want "`name` is captured .*\\[likely\\]"
			step <- 2
		}()
		if cond() {
			<-step
		} else {
			<-step
		}
		next := make(chan int)
		go func() {
			next <- 1
			use(name) // want "`name` is captured .*\\[likely\\]"
			next <- 2
		}()
		receive := func() int { return <-next }
		use(receive(), receive())
	}
}

// --- groups ----------------------------------------------------------------------------------------------------------

func signalsOfGoroutinesInGoroutine(names []string) {
	for _, name := range names {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 3; i++ {
				wg.Add(1)
				go func() {
					defer wg.Done()
					use(name)
				}()
			}
		}()
		wg.Wait()
	}
}

func signalsCountedTooLate(names []string) {
	for _, name := range names {
		var wg sync.WaitGroup
		go func() {
			wg.Add(1)
			defer wg.Done()
			use(name) // want "`name` is captured .*1.22"
		}()
		wg.Wait()

		var other sync.WaitGroup
		other.Add(1)
		go func() {
			defer other.Done()
			go func() {
				use(name) // want "`name` is captured .*1.22"
			}()
		}()
		other.Wait()
	}
}

func signalsCounted(names []string) {
	for _, name := range names {
		var wg sync.WaitGroup
		wg.Add(2)
		go func() {
			wg.Done()
			use(name)
			wg.Done()
		}()
		wg.Wait()

		var other sync.WaitGroup
		other.Add(2)
		go func() {
			other.Done()
			other.Add(-1)
			use(name) // want "`name` is captured .*1.22"
		}()
		other.Wait()
	}
}

func signalsCountedInLoop(names []string, jobs chan int) {
	for _, name := range names {
		var wg sync.WaitGroup
		wg.Add(3)
		go func() {
			for range jobs {
				use(name) // want "`name` is captured .*\\[likely\\]"
				wg.Done()
			}
		}()
		wg.Wait()
	}
}

// --- panics ----------------------------------------------------------------------------------------------------------

func signalsWhenRecovered(names []string) {
	for _, name := range names {
		done, other := make(chan error), make(chan error)
		go func() {
			defer func() {
				if r := recover(); r != nil {
					done <- fmt.Errorf("%s: %v", name, r)
				}
			}()
			use("work")
			done <- nil
		}()
		<-done
		go func() {
			defer func() {
				r := recover()
				if r != nil {
					use(name)
					other <- nil
				}
			}()
			other <- nil
		}()
		<-other
	}
}

func signalsBeforeRecovery(names []string) {
	for _, name := range names {
		done, other, last := make(chan error), make(chan error), make(chan error)
		go func() {
			defer func() {
				use(name) // want "`name` is captured .*1.22"
			}()
			done <- nil
		}()
		<-done
		go func() {
			defer func() {
				if r := recover(); r != nil {
					use(name) // want "`name` is captured .*1.22"
				}
			}()
			other <- nil
			use("may panic")
		}()
		<-other
		go func() {
			defer func() {
				if r := recover(); r == nil {
					use(name) // want "`name` is captured .*1.22"
				}
			}()
			last <- nil
		}()
		<-last
	}
}

// --- on a further goroutine, by a literal that it is handed ----------------------------------------------------------

func signalsOnFurtherGoroutine(names []string) {
	for _, name := range names {
		var plain, generic sync.WaitGroup
		plain.Add(1)
		go func() {
			go run(func() {
				use(name)
				plain.Done()
			})
		}()
		plain.Wait()
		generic.Add(1)
		go func() {
			go runAs[int](func() {
				use(name)
				generic.Done()
			})
		}()
		generic.Wait()
	}
}

func signalsOnFurtherGoroutineBeforeUse(names []string) {
	for _, name := range names {
		var group sync.WaitGroup
		group.Add(1)
		go func() {
			go run(func() {
				group.Done()
				use(name) // want "`name` is captured .*1.22"
			})
		}()
		group.Wait()
	}
}

func runAs[T any](f func()) { f() }

// --- by methods of something else -----------------------------------------------------------------------------------

type mailbox interface {
	Send(v any)
	Receive() any
}

// It may be the last of them that Receive gets, and whoever gets another one may give up.
func signalsOfMailbox(names []string, boxes chan mailbox) {
	for _, name := range names {
		box := <-boxes
		go func() {
			for {
				if cond() {
					use(name) // want "`name` is captured .*\\[likely\\]"
					box.Send(nil)
					return
				}
				box.Send("not yet")
			}
		}()
		if box.Receive() != nil {
			return
		}
	}
}

func signalsOfMailboxTooEarly(names []string, boxes chan mailbox) {
	for _, name := range names {
		box := <-boxes
		go func() {
			box.Send("started")
			use(name) // want "`name` is captured .*1.22"
		}()
		box.Receive()
	}
}

func signalsOfMailboxAtLast(names []string, boxes chan mailbox) {
	for _, name := range names {
		box := <-boxes
		go func() {
			use(name)
			box.Send("done")
		}()
		box.Receive()
	}
}
