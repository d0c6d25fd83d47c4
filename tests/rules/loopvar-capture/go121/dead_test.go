package p

import (
	"encoding/xml"
	"log"
	"os"
	"testing"
)

// --- reached, whatever stands before ---------------------------------------------------------------------------------

func TestSkippedSometimes(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	for _, tc := range get() {
		go func() { use(tc) }() // want "`tc`"
	}
}

func TestSkippedInSubtest(t *testing.T) {
	t.Run("skipped", func(t *testing.T) { t.Skip("x") })
	for _, tc := range get() {
		go func() { use(tc) }() // want "`tc`"
	}
}

func TestSkippedLater(t *testing.T) {
	for _, tc := range get() {
		defer func() { use(tc) }() // want "`tc`"
	}
	t.Skip("x")
}

func TestSkippedInCase(t *testing.T) {
	switch os.Getenv("MODE") {
	case "none":
		t.Skip("x")
	case "all":
		for _, tc := range get() {
			go func() { use(tc) }() // want "`tc`"
		}
	}
}

// Another type's Skip skips something else.
func skipsElement(decoder *xml.Decoder, names []string) {
	decoder.Skip()
	for _, name := range names {
		go func() { use(name) }() // want "`name`"
	}
}

func reachedByGoto(names []string) {
	if cond() {
		goto start
	}
	return
start:
	for _, name := range names {
		go func() { use(name) }() // want "`name`"
	}
}

// --- near misses -----------------------------------------------------------------------------------------------------

func TestSkipped(t *testing.T) {
	t.Skip("does not work yet")
	for _, tc := range get() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			use(tc)
		})
	}
}

func TestSkippedNow(t *testing.T) {
	var names []string
	t.SkipNow()
	use(names)
	if cond() {
		for _, tc := range get() {
			go func() { use(tc) }()
		}
	}
}

func TestSubtestSkipped(t *testing.T) {
	t.Run("skipped", func(t *testing.T) {
		t.Skipf("%s", "x")
		for _, tc := range get() {
			t.Cleanup(func() { use(tc) })
		}
	})
}

func TestFailed(t *testing.T) {
	t.Fatal("not written yet")
	t.Run("never", func(t *testing.T) {
		for _, tc := range get() {
			t.Cleanup(func() { use(tc) })
		}
	})
}

func deadBehindReturn(names []string) {
	use(names)
	return
	for _, name := range names {
		go func() { use(name) }()
	}
}

func deadBehindPanic(names []string) {
	panic("not yet")
	for _, name := range names {
		go func() { use(name) }()
	}
}

func deadBehindFatal(names []string) {
	{
		log.Fatal("not yet")
		for _, name := range names {
			go func() { use(name) }()
		}
	}
}

func deadInBody(names []string) {
	for _, name := range names {
		use(name)
		continue
		go func() { use(name) }()
	}
}

func deadInLiteral(names []string) {
	for _, name := range names {
		go func() {
			return
			use(name)
		}()
	}
}
