package p

import (
	"os"
	"sync"
	"testing"
)

func TestParallel(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			use(tc) // want "loop variable `tc` is captured by a function literal that goes on as a parallel subtest after the loop: all iterations share one `tc` before Go 1.22"
		})
	}
}

func TestParallelLate(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			use(tc)
			t.Parallel()
			if tc.count > 0 { // want "`tc`"
				t.Fatal(tc.name) // want "`tc`"
			}
		})
	}
}

func TestParallelConditional(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			if !testing.Short() {
				t.Parallel()
			}
			use(tc) // want "`tc`"
		})
	}
}

func TestParallelThenMore(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			use(tc) // want "`tc`"
		})
		t.Log("started")
	}
}

func TestParallelWithSerialSubtest(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			t.Run("inner", func(t *testing.T) {
				use(tc) // want "`tc`"
			})
		})
	}
}

func TestParallelWithDefer(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			defer func() {
				use(tc) // want "`tc`"
			}()
			t.Cleanup(func() {
				use(tc) // want "`tc`"
			})
			check := func() {
				use(tc) // want "`tc`"
			}
			t.Parallel()
			check()
		})
	}
}

func TestParallelBodyInVariable(t *testing.T) {
	for _, tc := range get() {
		body := func(t *testing.T) {
			t.Parallel()
			use(tc) // want "`tc`"
		}
		t.Run(tc.name, body)
	}
}

func TestParallelCopiedTooLate(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tc := tc // want "`tc`"
			use(tc)
		})
	}
}

func TestParallelInIf(t *testing.T) {
	for _, tc := range get() {
		if !t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			use(tc) // want "`tc`"
		}) {
			t.Log("failed")
		}
	}
}

func TestCleanup(t *testing.T) {
	for _, tc := range get() {
		t.Cleanup(func() {
			use(tc) // want "`tc`.*testing.T.Cleanup"
		})
	}
}

func TestCleanupOfOuter(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(inner *testing.T) {
			t.Cleanup(func() {
				use(tc) // want "`tc`.*testing.T.Cleanup"
			})
		})
	}
}

func cleanupOfHelper(tb testing.TB) {
	for _, tc := range get() {
		tb.Cleanup(func() {
			use(tc) // want "`tc`.*testing.TB.Cleanup"
		})
	}
}

func BenchmarkCleanup(b *testing.B) {
	for i := 0; i < b.N; i++ {
		b.Cleanup(func() { use(i) }) // want "`i`.*testing.B.Cleanup"
	}
}

func TestGoroutineInSubtest(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			go func() {
				use(tc) // want "`tc`"
			}()
		})
	}
}

// --- near misses -----------------------------------------------------------------------------------------------------

func TestSerial(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			defer func() { use(tc) }()
			t.Cleanup(func() { use(tc) })
			use(tc)
			t.Run("inner", func(t *testing.T) { use(tc) })
		})
	}
}

func TestCopied(t *testing.T) {
	for _, tc := range get() {
		tc := tc
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			use(tc)
		})
	}
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			tc := tc
			t.Parallel()
			use(tc)
		})
	}
}

func TestParallelOfAnotherTest(t *testing.T) {
	t.Parallel()
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) { use(tc) })
	}
}

// A serial subtest waits for its parallel ones.
func TestGroup(t *testing.T) {
	for _, tc := range get() {
		t.Run("group", func(t *testing.T) {
			t.Run(tc.name, func(t *testing.T) {
				t.Parallel()
				use(tc)
			})
		})
	}
}

func TestBeforeParallel(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			name := tc.name
			func() { use(tc) }()
			t.Parallel()
			use(name)
		})
	}
}

func TestLeaves(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			use(tc)
		})
		return
	}
	for _, tc := range get() {
		go func() { use(tc) }()
		t.Fatal("stop")
	}
	for _, tc := range get() {
		go func() { use(tc) }()
		t.Skip("stop")
	}
}

func TestWaitsOrFails(t *testing.T) {
	for _, tc := range get() {
		done := make(chan bool)
		quit := make(chan bool)
		go func() { use(tc); close(done) }()
		select {
		case <-done:
		case <-quit:
			t.Fatal("timeout")
		}
	}
}

func TestWaitsInSubtest(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			var wg sync.WaitGroup
			t.Cleanup(func() { wg.Wait() })
			wg.Add(1)
			go func() {
				defer wg.Done()
				use(tc)
			}()
		})
	}
}

var environment = os.Getenv

func TestFakes(t *testing.T) {
	for _, tc := range get() {
		environment = func(string) string { return tc.name }
		runEnvironment()
		t.Run(tc.name, func(t *testing.T) {
			old := environment
			t.Cleanup(func() { environment = old })
			environment = func(string) string { return tc.name }
			runEnvironment()
		})
	}
}

func runEnvironment() { use(environment("HOME")) }

// Benchmarks have no parallel subtests, and another type's Run is none.
func BenchmarkRun(b *testing.B) {
	for _, tc := range get() {
		b.Run(tc.name, func(b *testing.B) {
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					use(tc)
				}
			})
		})
	}
}
