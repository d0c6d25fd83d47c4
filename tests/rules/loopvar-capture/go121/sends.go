package p

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"time"
)

// --- to a goroutine that answers -------------------------------------------------------------------------------------

func sendsToWorkerThatAnswers(names []string) {
	in, out := make(chan *string), make(chan int)
	work := make(chan func())
	go func() {
		for p := range in {
			out <- len(*p)
		}
	}()
	go func() {
		for {
			f, ok := <-work
			if !ok {
				return
			}
			f()
			out <- 1
		}
	}()
	for _, name := range names {
		in <- &name
		use(<-out)
		work <- func() { use(name) }
		<-out
	}
}

func sendsToWorkerThatCounts(names []string) {
	in := make(chan *string)
	var wg sync.WaitGroup
	go func() {
		for p := range in {
			use(*p)
			wg.Done()
		}
	}()
	for _, name := range names {
		wg.Add(1)
		in <- &name
		wg.Wait()
	}
}

func sendsToWorkerThatAnswersOthers(names []string) {
	in, out, other := make(chan *string), make(chan int), make(chan int)
	go func() {
		for p := range in {
			out <- 1
			use(*p)
		}
	}()
	go func() { other <- 1 }()
	for _, name := range names {
		in <- &name // want "address of loop variable `name` is sent beyond the iteration.*1.22"
		<-out
	}
	work := make(chan func())
	go func() {
		for f := range work {
			f()
			out <- 1
		}
	}()
	for _, name := range names {
		work <- func() {
			use(name) // want "`name` is captured .*1.22"
		}
		<-other
	}
	last := make(chan *string)
	go func() {
		for p := range last {
			go func() { use(*p) }() // want "`p` is captured .*1.22"
			out <- 1
		}
	}()
	for _, name := range names {
		last <- &name // want "address of loop variable `name`.*1.22"
		<-out
	}
}

// One of the two does not answer.
func sendsToSeveralWorkers(names []string) {
	in, out := make(chan *string), make(chan int, 9)
	go func() {
		for p := range in {
			use(*p)
			out <- 1
		}
	}()
	go func() {
		for p := range in {
			out <- 1
			use(*p)
		}
	}()
	for _, name := range names {
		in <- &name // want "address of loop variable `name` is sent beyond the iteration.*1.22"
		<-out
	}
}

type request struct {
	name   *string
	work   func()
	answer chan int
}

func sendsWithAnswer(names []string, requests chan request) {
	for _, name := range names {
		answer := make(chan int)
		requests <- request{name: &name, answer: answer}
		<-answer
		requests <- request{work: func() { use(name) }, answer: answer}
		<-answer
		requests <- request{name: &name} // want "address of loop variable `name`.*1.22"
		requests <- request{work: func() {
			use(name) // want "`name` is captured .*1.22"
		}}
	}
}

// --- to somebody out of sight ----------------------------------------------------------------------------------------

type client struct{ url string }

func (c *client) do(string) error { return nil }

func sendsToServer(names []string, c *client) {
	handlers := make(chan func(), 1)
	serveAll(func() { (<-handlers)() })
	for _, name := range names {
		handlers <- func() {
			use(name) // want "`name` is captured .*\\[likely\\]"
		}
		if err := c.do("/"); err != nil {
			fmt.Println(err)
		}
	}
	for _, name := range names {
		handlers <- func() {
			use(name) // want "`name` is captured .*1.22"
		}
		fmt.Println("sent")
	}
}

func serveAll(handler func()) { go handler() }

func sendsToStarted(names []string) {
	in, out := make(chan *string), make(chan int)
	go answer(in, out)
	for _, name := range names {
		in <- &name // want "address of loop variable `name`.*\\[likely\\]"
		<-out
	}
	other := make(chan int, 9)
	for _, name := range names {
		in <- &name // want "address of loop variable `name`.*1.22"
		other <- 1
		<-other
	}
}

func answer(in chan *string, out chan int) {
	for p := range in {
		out <- len(*p)
	}
}

func sendsToCaller(names []string, in chan *string, out chan int) {
	for _, name := range names {
		in <- &name // want "address of loop variable `name`.*\\[likely\\]"
		<-out
	}
	for _, name := range names {
		in <- &name // want "address of loop variable `name`.*1.22"
	}
}

// --- other ends ------------------------------------------------------------------------------------------------------

func sendsToCommand(names []string) {
	for _, name := range names {
		cmd := exec.Command("cat")
		stdin, err := cmd.StdinPipe()
		if err != nil {
			return
		}
		go func() {
			defer stdin.Close()
			_, _ = io.WriteString(stdin, name) // want "`name` is captured .*\\[likely\\]"
		}()
		out, err := cmd.CombinedOutput()
		use(out, err)

		other := exec.Command("cat")
		go func() {
			defer stdin.Close()
			use(name) // want "`name` is captured .*1.22"
		}()
		_ = other.Run()
	}
}

func sendsUnlessTimeout(ctx context.Context, names []string) {
	for _, name := range names {
		short, cancel := context.WithTimeout(ctx, time.Second)
		go func() {
			defer cancel()
			use(name) // want "`name` is captured .*\\[likely\\]"
		}()
		<-short.Done()
		long, stop := context.WithCancel(ctx)
		go func() {
			defer stop()
			use(name)
		}()
		<-long.Done()
	}
}

func sendsToStoppedTimer(ctx context.Context, names []string) {
	for _, name := range names {
		time.AfterFunc(time.Hour, func() { use(name) }).Stop()
		context.AfterFunc(ctx, func() { use(name) })()
		time.AfterFunc(time.Second, func() {
			use(name) // want "`name` is captured .*1.22"
		}).Reset(time.Hour)
		defer time.AfterFunc(time.Second, func() {
			use(name) // want "`name` is captured .*1.22"
		}).Stop()
	}
}
