package p

import (
	"runtime"
	"testing"
)

func FuzzCleanup(f *testing.F) {
	for _, tc := range get() {
		f.Add(tc.count)
		f.Cleanup(func() {
			use(tc) // want "`tc` is captured by a function literal that testing.F.Cleanup runs after the iteration"
		})
	}
}

func addCleanups(items []*item) {
	for i, it := range items {
		runtime.AddCleanup(it, func(n int) {
			use(n, i) // want "`i` is captured by a function literal that runtime.AddCleanup runs after the iteration"
		}, 1)
		runtime.AddCleanup(it, func(n *int) { use(*n) }, &i) // want "the address of loop variable `i` is kept by runtime.AddCleanup beyond the iteration"
	}
}

func TestCleanupByAddress(t *testing.T) {
	for _, tc := range get() {
		t.Cleanup(tc.start) // want "the address of loop variable `tc` is kept by testing.T.Cleanup beyond the iteration"
	}
}

// --- near misses -----------------------------------------------------------------------------------------------------

func addCleanupsByValue(items []*item) {
	for i, it := range items {
		runtime.AddCleanup(it, func(n int) { use(n) }, i)
		runtime.AddCleanup(&items[i], (*item).start, it)
	}
}

func FuzzValues(f *testing.F) {
	for _, tc := range get() {
		f.Add(tc.count)
		f.Fuzz(func(t *testing.T, n int) {
			t.Cleanup(func() { use(tc) })
			use(tc)
		})
	}
}

// What is made parallel is the test around the loop: the subtest itself is a serial one.
func TestParallelOfOuter(t *testing.T) {
	for i, tc := range get() {
		t.Run(tc.name, func(inner *testing.T) {
			if i == 0 {
				t.Parallel()
			}
			use(inner, tc)
		})
	}
}

// So is what another subtest does.
func TestParallelOfInner(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(outer *testing.T) {
			outer.Run("inner", func(inner *testing.T) {
				inner.Parallel()
				use(tc)
			})
			use(tc)
		})
	}
}
