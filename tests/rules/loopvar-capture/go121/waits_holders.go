package p

import (
	"io"
	"os/exec"
	"strings"
	"sync"
)

type server struct {
	group *sync.WaitGroup
	name  string
}

func (s *server) rename() { s.name = "x" }

// --- by what holds the signal ---------------------------------------------------------------------------------------

// Who knows what a function out of sight does with what the literal in its argument holds.
func waitByHolderInArgument(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() {
			use(name) // want "`name` is captured .*\\[likely\\]"
			close(done)
		}()
		use(&struct{ done chan bool }{done: done})
	}
}

func waitByHolder(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() {
			use(name) // want "`name` is captured .*\\[likely\\]"
			close(done)
		}()
		cmd := &exec.Cmd{Cancel: func() error { <-done; return nil }}
		_ = cmd.Run()
	}
}

func waitByFieldOfHolder(names []string) {
	for _, name := range names {
		r, w := io.Pipe()
		go func() {
			_, _ = w.Write([]byte(name)) // want "`name` is captured .*\\[likely\\]"
			_ = w.Close()
		}()
		cmd := exec.Command("cat")
		cmd.Stdin = r
		_ = cmd.Run()
	}
}

func waitByHolderOfHolder(names []string) {
	for _, name := range names {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			use(name) // want "`name` is captured .*\\[likely\\]"
			wg.Done()
		}()
		var s server
		s.group = &wg
		use(&s)
	}
}

func waitByOtherHolder(names []string) {
	for _, name := range names {
		r, w := io.Pipe()
		other := make(chan bool, 1)
		go func() {
			_, _ = w.Write([]byte(name)) // want "`name` is captured .*1.22"
			_ = w.Close()
		}()
		cmd := exec.Command("cat")
		cmd.Cancel = func() error { other <- true; return nil }
		_ = cmd.Run()
		_ = r
	}
}

// What only stores and does not call waits for nothing.
func waitByHolderThatIsKept(names []string) {
	var all []*exec.Cmd
	for _, name := range names {
		r, w := io.Pipe()
		go func() {
			_, _ = w.Write([]byte(name)) // want "`name` is captured .*1.22"
			_ = w.Close()
		}()
		cmd := &exec.Cmd{Stdin: r}
		all = append(all, cmd)
	}
	use(len(all))
}

// Nor does a method that neither calls nor receives, nor a package that does not run what it is given.
func waitByHolderThatDoesNothing(names []string) {
	for _, name := range names {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			use(name) // want "`name` is captured .*1.22"
			wg.Done()
		}()
		s := &server{group: &wg}
		s.rename()
		_ = strings.ToUpper(s.name)
	}
}
