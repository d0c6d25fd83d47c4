package p

import "testing"

func TestMethodValueAsCleanup(t *testing.T) {
	workers := []worker{{"a"}, {"b"}}
	for _, w := range workers {
		t.Cleanup(w.run) // want "address of loop variable `w` is kept by testing.T.Cleanup"
		t.Cleanup(w.copied)
		t.Run(w.name, func(t *testing.T) {
			t.Cleanup(w.run)
		})
	}
}

func benchmarkMethodValueAsCleanup(tb testing.TB, workers []worker) {
	for _, w := range workers {
		tb.Cleanup(w.run) // want "address of loop variable `w` is kept by testing.TB.Cleanup"
		cleanup := tb.Cleanup
		cleanup(w.run) // want "address of loop variable `w` is kept by testing.TB.Cleanup"
	}
}
