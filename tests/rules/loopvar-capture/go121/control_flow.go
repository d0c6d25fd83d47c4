package p

import (
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
)

// --- ways back to the loop's head ------------------------------------------------------------------------------------

func flowBreaksSwitchOnly(names []string) {
	for _, name := range names {
		switch name {
		case "x":
			go func() { use(name) }() // want "`name`"
			break
		}
	}
}

func flowBreaksSelectOnly(names []string, c chan int) {
	for _, name := range names {
		select {
		case <-c:
			go func() { use(name) }() // want "`name`"
			break
		}
	}
}

func flowFallsThrough(names []string) {
	for _, name := range names {
		switch name {
		case "x":
			go func() { use(name) }() // want "`name`"
			fallthrough
		case "y":
			use(name)
		default:
			return
		}
	}
}

func flowReturnsSometimes(names []string) error {
	for _, name := range names {
		go func() { use(name) }() // want "`name`"
		if cond() {
			return errors.New(name)
		}
	}
	return nil
}

func flowContinues(names []string) {
	for _, name := range names {
		if cond() {
			go func() { use(name) }() // want "`name`"
			continue
		}
		return
	}
}

func flowContinuesLabeled(groups [][]string) {
outer:
	for _, names := range groups {
		for range names {
			go func() { use(names) }() // want "`names`"
			continue outer
		}
	}
}

func flowGoesBack(names []string) {
	for _, name := range names {
	again:
		if cond() {
			go func() { use(name) }() // want "`name`"
			goto again
		}
	}
}

func flowLeavesLiteralOnly(names []string) {
	for _, name := range names {
		func() {
			go func() { use(name) }() // want "`name`"
			return
		}()
	}
}

func flowPanicsInOtherBranch(names []string) {
	for _, name := range names {
		go func() { use(name) }() // want "`name`"
		if cond() {
			panic(name)
		} else if cond() {
			log.Fatal(name)
		} else {
			fmt.Println(name)
		}
	}
}

func flowBreaksInnerFor(names []string) {
	for _, name := range names {
		for {
			go func() { use(name) }() // want "`name`"
			break
		}
	}
}

// --- none ------------------------------------------------------------------------------------------------------------

func flowReturns(names []string) {
	for _, name := range names {
		if cond() {
			go func() { use(name) }()
			return
		}
	}
}

func flowBreaks(names []string) {
	for _, name := range names {
		if cond() {
			go func() { use(name) }()
			break
		}
	}
}

func flowBreaksLabeled(groups [][]string) {
outer:
	for _, names := range groups {
		for _, name := range names {
			switch {
			case cond():
				go func() { use(names, name) }()
				break outer
			}
		}
	}
}

// The next round of the outer loop makes new variables for the inner one.
func flowContinuesOuter(groups [][]string) {
outer:
	for _, names := range groups {
		for _, name := range names {
			go func() { use(name) }()
			continue outer
		}
	}
}

func flowBreaksInner(groups [][]string) {
	for _, names := range groups {
		for _, name := range names {
			go func() { use(name) }()
			break
		}
	}
}

func flowGoesOut(names []string) {
	for _, name := range names {
		if cond() {
			go func() { use(name) }()
			goto out
		}
	}
out:
	use("out")
}

func flowPanics(names []string) {
	for _, name := range names {
		go func() { use(name) }()
		panic("stop")
	}
}

func flowExits(names []string) {
	for _, name := range names {
		if name == "x" {
			go func() { use(name) }()
			os.Exit(1)
		}
		if name == "y" {
			go func() { use(name) }()
			log.Fatalf("%s", "y")
		}
		if name == "z" {
			go func() { use(name) }()
			runtime.Goexit()
		}
		if name == "w" {
			go func() { use(name) }()
			fail("w")
		}
		if name == "v" {
			go func() { use(name) }()
			select {}
		}
		if name == "u" {
			go func() { use(name) }()
			for {
				use("forever")
			}
		}
	}
}

func fail(message string) {
	fmt.Println(message)
	os.Exit(2)
}

func flowSwitchLeaves(names []string) {
	for _, name := range names {
		go func() { use(name) }()
		switch {
		case cond():
			return
		default:
			panic("default")
		}
	}
}

func flowIfLeaves(names []string) {
	for _, name := range names {
		go func() { use(name) }()
		if cond() {
			return
		} else {
			break
		}
	}
}

// A panic of one's own is none.
func flowOwnPanic(names []string, panic func(string)) {
	for _, name := range names {
		go func() { use(name) }() // want "`name`"
		panic("no")
	}
}

// --- the last iteration ----------------------------------------------------------------------------------------------

func controlLastIteration(names []string) {
	for i, name := range names {
		if i == len(names)-1 {
			go func() { use(i, name) }()
		}
		if cond() && len(names)-1 == i {
			defer func() { use(name) }()
		}
	}
}

func controlNotLastIteration(names, others []string) {
	for i, name := range names {
		if i != len(names)-1 {
			defer func() { use(name) }() // want "`name`"
		}
		if i == len(others)-1 {
			go func() { use(name) }() // want "`name`"
		}
		if i == len(names)-1 {
			use("last")
		} else {
			go func() { use(name) }() // want "`name`"
		}
		if cond() || i == len(names)-1 {
			go func() { use(name) }() // want "`name`"
		}
	}
	for i := 0; i < len(names); i++ {
		if i == len(names)-1 {
			defer func() { use(i) }() // want "`i`"
		}
	}
	var name string
	for i := 0; i < 2; i++ {
		var j int
		for j, name = range names {
			if j == len(names)-1 {
				defer func() { use(name) }() // want "`name`"
			}
		}
	}
}

func controlLastIterationOfMoved(names []string) {
	for i, name := range names {
		i++
		if i == len(names)-1 {
			defer func() { use(name) }() // want "`name`"
		}
	}
}
