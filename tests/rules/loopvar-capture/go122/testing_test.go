package p

import "testing"

func TestParallelAssigned(t *testing.T) {
	var tc item
	for _, tc = range get() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			use(tc) // want "`tc`.*at every Go version"
		})
	}
}

func TestCleanupAssigned(t *testing.T) {
	var tc item
	for _, tc = range get() {
		t.Cleanup(func() { use(tc) }) // want "`tc`"
	}
}

func TestSerialAssigned(t *testing.T) {
	var tc item
	for _, tc = range get() {
		t.Run(tc.name, func(t *testing.T) {
			t.Cleanup(func() { use(tc) })
			use(tc)
		})
	}
}

func TestParallelDeclared(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			use(tc)
		})
	}
}
