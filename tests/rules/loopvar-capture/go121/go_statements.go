package p

import (
	"fmt"
	"time"
)

func goRange(items []item) {
	for i, it := range items {
		go func() {
			use(i)       // want "loop variable `i` is captured by a function literal that runs on a goroutine after the iteration: all iterations share one `i` before Go 1.22"
			use(it.name) // want "loop variable `it` is captured"
		}()
	}
}

// A harmless statement behind the go statement changes nothing (go.dev/issue/57173).
func goThenMore(items []item) {
	for _, it := range items {
		go func() {
			use(it) // want "`it`"
		}()
		fmt.Println("started")
	}
}

func goThenSleep(items []string) {
	for _, s := range items {
		go func() { fmt.Println(s) }() // want "`s`"
		time.Sleep(time.Millisecond)
	}
}

func goInCondition(items []item) {
	for _, it := range items {
		if it.count > 3 {
			go func() {
				fmt.Println(it) // want "`it`"
			}()
			continue
		}
		use(it)
	}
}

func goInSwitch(items []item) {
	for _, it := range items {
		switch {
		case it.count > 3:
			go func() { use(it) }() // want "`it`"
			break
		default:
		}
	}
}

func goInSelect(c, quit chan int, items []item) {
	for _, it := range items {
		select {
		case <-c:
			go func() { use(it) }() // want "`it`"
		case <-quit:
			return
		}
	}
}

func goInBlock(items []item) {
	for _, it := range items {
		{
			go func() { use(it) }() // want "`it`"
		}
	}
}

func goBehindLabel(items []item) {
	for _, it := range items {
		if cond() {
			goto start
		}
		use("first")
	start:
		go func() { use(it) }() // want "`it`"
	}
}

func goThreeClause() {
	for i := 0; i < 10; i++ {
		go func() {
			fmt.Println(i) // want "`i`"
		}()
	}
}

func goTwoVariables(n int) {
	for i, j := 0, n; i < j; i, j = i+1, j-1 {
		go func() {
			fmt.Println(i, j, n) // want "`i`" "`j`"
		}()
	}
}

func goLinkedList(head *item) {
	for it := head; it != nil; it = it.next {
		go func() { use(it.name) }() // want "`it`"
	}
}

func goBodyWrites() {
	for i := 0; i < 10; {
		i++
		go func() { use(i) }() // want "`i`"
	}
}

func goOverChannel(c chan item) {
	for it := range c {
		go func() { use(it) }() // want "`it`"
	}
}

func goOverMap(m map[string]int) {
	for k, v := range m {
		go func() {
			use(k) // want "`k`"
			use(v) // want "`v`"
		}()
	}
}

func goParenthesized(items []item) {
	for _, it := range items {
		go (func() { use(it) })() // want "`it`"
	}
}

func goThroughVariable(items []item) {
	for _, it := range items {
		f := func() {
			use(it) // want "`it`"
		}
		go f()
	}
}

func goThroughDeclaredVariable(items []item) {
	for _, it := range items {
		var f func()
		f = func() {
			use(it) // want "`it`"
		}
		go f()
	}
}

func goThroughTwoVariables(items []item) {
	for _, it := range items {
		f := func() { use(it) } // want "`it`"
		g := f
		go g()
	}
}

func goAsArgument(items []item) {
	for _, it := range items {
		go run(func() {
			use(it) // want "`it`"
		})
	}
}

func run(f func()) { f() }

func goInsideLiteralCalledAtOnce(items []item) {
	for _, it := range items {
		func() {
			go func() {
				use(it) // want "`it`"
			}()
		}()
	}
}

func goCallsHolder(items []item) {
	for _, it := range items {
		f := func() { use(it) } // want "`it`"
		go func() {
			f()
		}()
	}
}

func goNestedLiterals(items []item) {
	for _, it := range items {
		go func() {
			run(func() {
				use(it) // want "`it`"
			})
			defer func() {
				use(it) // want "`it`"
			}()
		}()
	}
}

func goCopiesTooLate(items []item) {
	for _, it := range items {
		go func() {
			it := it // want "`it`"
			use(it)
		}()
	}
}

func goWrites(items []item) {
	for i := range items {
		use(i)
		go func() {
			i = 7 // want "`i`"
		}()
	}
}

func goInInnerLoop(groups [][]item) {
	for _, items := range groups {
		for _, it := range items {
			go func() {
				use(items) // want "`items`"
				use(it)    // want "`it`"
			}()
		}
	}
}

func goBreaksInnerLoopOnly(groups [][]item) {
	for _, items := range groups {
		for _, it := range items {
			go func() {
				use(items) // want "`items`"
				use(it)
			}()
			break
		}
	}
}

func goUsedAsArgumentAndCaptured(items []item) {
	for i, it := range items {
		go func(it item) {
			use(i, it) // want "`i`"
		}(it)
	}
}

func goInsideUnknownCallee(items []item) {
	for _, it := range items {
		run(func() {
			go func() {
				use(it) // want "`it`.*\\[likely\\]"
			}()
		})
	}
}

func goMethodOfCarrier(items []item) {
	for _, it := range items {
		j := &job{work: func() {
			use(it) // want "`it`"
		}}
		go j.work()
	}
}

func goWholeCarrier(items []item) {
	for _, it := range items {
		j := &job{name: "x", work: func() {
			use(it) // want "`it`"
		}}
		go j.do()
	}
}

type job struct {
	name string
	work func()
	done chan bool
}

func (j *job) do()        { j.work() }
func (j *job) wait()      { <-j.done }
func (j *job) setup() int { return 0 }
