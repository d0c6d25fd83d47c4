package p

import (
	"log"
	"os"
	"runtime"
	"sync"
	"testing"
	"time"
)

// --- the end of a subtest, or of a goroutine, is not that of the loop ------------------------------------------------

func TestSubtestFails(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			go func() {
				use(tc) // want "`tc` is captured by a function literal that runs on a goroutine after the iteration"
			}()
			t.Log("started")
			t.Fatal("x")
		})
	}
}

func TestSubtestIsSkipped(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(sub *testing.T) {
			go func() { use(tc) }() // want "`tc`"
			sub.Skipf("%s", "x")
		})
	}
}

func TestSubtestFailsSometimes(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			done := make(chan bool)
			go func() {
				use(tc) // want "`tc`.*\\[likely\\]"
				close(done)
			}()
			if cond() {
				t.FailNow()
			}
			<-done
		})
	}
}

func TestSubtestTimesOut(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			done := make(chan bool)
			go func() {
				use(tc) // want "`tc`.*\\[likely\\]"
				close(done)
			}()
			select {
			case <-done:
			case <-time.After(time.Second):
				t.Fatal("timeout")
			}
		})
	}
}

func TestSubtestWaitsForNothing(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			go func() { use(tc) }() // want "`tc`"
			if cond() {
				t.Fatal("x")
			}
			t.Log("y")
		})
	}
}

func TestSubtestFailsInLiteral(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			func() {
				go func() { use(tc) }() // want "`tc`"
				t.Fatal("x")
			}()
		})
	}
}

func TestSubtestInVariable(t *testing.T) {
	for _, tc := range get() {
		body := func(t *testing.T) {
			go func() { use(tc) }() // want "`tc`"
			t.SkipNow()
		}
		t.Run(tc.name, body)
	}
}

func TestSubtestOfSubtest(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			t.Run("inner", func(t *testing.T) {
				go func() { use(tc) }() // want "`tc`"
				t.Fatal("x")
			})
		})
	}
}

// The middle one ends with the innermost, and the loop goes on.
func TestSubtestEndsItsParent(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(middle *testing.T) {
			middle.Run("inner", func(inner *testing.T) {
				go func() { use(tc) }() // want "`tc`"
				middle.Fatal("x")
			})
		})
	}
}

func TestCleanupBeforeEnd(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(inner *testing.T) {
			t.Cleanup(func() { use(tc) }) // want "`tc`.*testing.T.Cleanup"
			inner.Fatal("x")
		})
	}
}

func BenchmarkFails(b *testing.B) {
	for _, tc := range get() {
		b.Run(tc.name, func(b *testing.B) {
			go func() { use(tc) }() // want "`tc`"
			b.Fatal("x")
		})
	}
}

func goexitOfGoroutine() {
	for _, it := range get() {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			go func() { use(it) }() // want "`it`"
			runtime.Goexit()
		}()
		wg.Wait()
	}
}

// FailNow ends the goroutine that it is called on, whosoever test it is.
func TestFailsOnGoroutine(t *testing.T) {
	for _, tc := range get() {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			go func() { use(tc) }() // want "`tc`"
			t.FailNow()
		}()
		wg.Wait()
	}
}

// --- near misses -----------------------------------------------------------------------------------------------------

func TestOuterFails(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(inner *testing.T) {
			go func() { use(tc) }()
			t.Fatal("x")
		})
	}
	for _, tc := range get() {
		t.Run(tc.name, func(middle *testing.T) {
			middle.Run("inner", func(inner *testing.T) {
				go func() { use(tc) }()
				t.FailNow()
			})
		})
	}
	for _, tc := range get() {
		func() {
			go func() { use(tc) }()
			t.SkipNow()
		}()
	}
}

func TestLoopInSubtest(t *testing.T) {
	t.Run("all", func(t *testing.T) {
		for _, tc := range get() {
			go func() { use(tc) }()
			t.Fatal("x")
		}
	})
}

func TestNotASubtest(t *testing.T) {
	for _, tc := range get() {
		func(t *testing.T) {
			go func() { use(tc) }()
			t.Fatal("x")
		}(t)
	}
	for _, tc := range get() {
		check := func(t *testing.T) {
			go func() { use(tc) }()
			t.Fatal("x")
		}
		check(t)
	}
}

func TestProgramEnds(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			go func() { use(tc) }()
			log.Fatal("x")
		})
	}
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			go func() { use(tc) }()
			os.Exit(1)
		})
	}
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			go func() { use(tc) }()
			panic("x")
		})
	}
}

// A subtest that ends by Goexit has not finished, and the program panics.
func TestGoexit(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			go func() { use(tc) }()
			runtime.Goexit()
		})
	}
	for _, tc := range get() {
		func() {
			go func() { use(tc) }()
			runtime.Goexit()
		}()
	}
}

func TestWaitsAndFails(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			done := make(chan bool)
			go func() {
				use(tc)
				close(done)
			}()
			<-done
			t.Fatal("x")
		})
	}
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			var wg sync.WaitGroup
			t.Cleanup(wg.Wait)
			wg.Add(1)
			go func() {
				defer wg.Done()
				use(tc)
			}()
			t.Fatal("x")
		})
	}
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			func() {
				var wg sync.WaitGroup
				defer wg.Wait()
				wg.Add(1)
				go func() {
					defer wg.Done()
					use(tc)
				}()
				t.Fatal("x")
			}()
		})
	}
}

func goexitAwaited() {
	for _, it := range get() {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(it)
			runtime.Goexit()
		}()
		wg.Wait()
	}
}
