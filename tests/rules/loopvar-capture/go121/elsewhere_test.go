package p

import "testing"

func setupElsewhere(t *testing.T) { t.Parallel() }
