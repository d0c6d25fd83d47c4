package p

import "testing"

func setup(t *testing.T) {
	t.Helper()
	t.Parallel()
}

func setupNamed(name string, t *testing.T) *item {
	if name == "" {
		t.Skip("no name")
	}
	t.Parallel()
	return &item{name: name}
}

func (it *item) setup(t *testing.T) { t.Parallel() }

// --- parallel through a function of the file -------------------------------------------------------------------------

func TestSetup(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			setup(t)
			use(tc) // want "`tc` is captured by a function literal that goes on as a parallel subtest after the loop"
		})
	}
}

func TestSetupLate(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			use(tc)
			setupNamed(tc.name, t)
			use(tc) // want "`tc`"
			t.Cleanup(func() {
				use(tc) // want "`tc`"
			})
		})
	}
}

func TestSetupByMethod(t *testing.T) {
	var it item
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			it.setup(t)
			use(tc) // want "`tc`"
		})
	}
}

func TestSetupByLiteral(t *testing.T) {
	start := func(t *testing.T) { t.Parallel() }
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			start(t)
			use(tc) // want "`tc`"
		})
	}
}

// --- near misses -----------------------------------------------------------------------------------------------------

func setupSometimes(t *testing.T) {
	if !testing.Short() {
		t.Parallel()
	}
}

func setupUnlessShort(t *testing.T) {
	if testing.Short() {
		return
	}
	t.Parallel()
}

func setupOther(t, other *testing.T) { other.Parallel() }

func setupReplaced(t *testing.T) {
	t = new(testing.T)
	t.Parallel()
}

func setupAtEnd(t *testing.T) { t.Cleanup(func() { t.Parallel() }) }

func setupTwice(t *testing.T) { setup(t) }

func TestSetupNot(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			setupSometimes(t)
			use(tc)
		})
		t.Run(tc.name, func(t *testing.T) {
			setupUnlessShort(t)
			use(tc)
		})
		t.Run(tc.name, func(inner *testing.T) {
			setupOther(inner, t)
			use(tc)
		})
		t.Run(tc.name, func(t *testing.T) {
			setupReplaced(t)
			use(tc)
		})
		t.Run(tc.name, func(t *testing.T) {
			setupAtEnd(t)
			use(tc)
		})
		t.Run(tc.name, func(t *testing.T) {
			setupElsewhere(t)
			use(tc)
		})
		t.Run(tc.name, func(t *testing.T) {
			setupTwice(t)
			use(tc)
		})
	}
}

func TestSetupSometimes(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			if cond() {
				setup(t)
			}
			use(tc)
		})
		t.Run(tc.name, func(inner *testing.T) {
			setup(t)
			use(tc)
		})
		t.Run(tc.name, func(t *testing.T) {
			defer setup(t)
			use(tc)
		})
	}
}

func TestSetupOfCopy(t *testing.T) {
	for _, tc := range get() {
		tc := tc
		t.Run(tc.name, func(t *testing.T) {
			setup(t)
			use(tc)
		})
	}
}

func TestSetupAfterUse(t *testing.T) {
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			name := tc.name
			setup(t)
			use(name)
		})
	}
}
