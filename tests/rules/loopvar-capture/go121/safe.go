package p

import (
	"fmt"
	"sort"
	"strings"
)

func safeByValue(names []string) {
	for i, name := range names {
		go fmt.Println(i, name)
		go func(i int, name string) { use(i, name) }(i, name)
		go func(text string) { use(text) }(name + "!")
		go run(func(name string) func() { return func() { use(name) } }(name))
	}
}

func safeCopies(names []string) {
	for i, name := range names {
		i, name := i, name
		go func() { use(i, name) }()
	}
	for i := 0; i < 3; i++ {
		i := i
		go func() { use(i) }()
	}
	for i := 0; i < 3; i++ {
		j := i
		go func() { use(j) }()
	}
	for _, name := range names {
		if name := strings.TrimSpace(name); name != "" {
			go func() { use(name) }()
		}
		switch name := name + "!"; {
		default:
			go func() { use(name) }()
		}
	}
}

func safeCalledAtOnce(names []string) {
	for _, name := range names {
		func() { use(name) }()
		length := func() int { return len(name) }()
		use(length)
		f := func() { use(name) }
		f()
	}
}

func safeUnknownCallee(names []string, items []item) {
	for _, name := range names {
		sort.Slice(items, func(i, j int) bool { return items[i].name+name < items[j].name })
		strings.Map(func(r rune) rune { use(name); return r }, name)
		run(func() { use(name) })
	}
}

func safeUnchanged(n int) {
	for i, limit := 0, n*2; i < limit; i++ {
		go func() { use(limit) }()
	}
	for constant := 3; cond(); {
		go func() { use(constant) }()
	}
	for i, names := 0, []string{"a"}; i < 3; i++ {
		go func() { use(names) }()
	}
}

func safeOtherObjects(name string, names []string, items []item) {
	for _, n := range names {
		use(n)
		go func() { use(name) }()
	}
	for _, name := range names {
		use(name)
		go func(name string) { use(name) }("x")
		go func() {
			name := "other"
			use(name)
			use(item{name: name})
		}()
	}
	for _, count := range []int{1, 2} {
		use(count)
		go func() {
			it := item{count: 3}
			use(it.count)
		}()
	}
}

func safeConditionLoops(names []string) {
	i := 0
	for i < len(names) {
		name := names[i]
		go func() { use(name) }()
		i++
	}
	for range names {
		go func() { use("constant") }()
	}
}

func safeTypeSwitch(values []any) {
	for _, value := range values {
		switch value := value.(type) {
		case string:
			go func() { use(value) }()
		case int:
			go func() { use(value) }()
		}
	}
}

func safeReceived(c chan item) {
	for {
		select {
		case it := <-c:
			go func() { use(it) }()
		}
	}
}

func safeResultOfLiteral(names []string) {
	for _, name := range names {
		go use(func() string { return name }())
		defer use(func() string { return name }())
	}
}

func safeEvaluatedArguments(items []item) {
	for _, it := range items {
		go use(it.name, it.count+1, it.tags[0], it.show())
		defer use(it, len(it.tags))
	}
}

func safeNestedLoopOverCopy(groups [][]string) {
	for _, names := range groups {
		names := names
		for i := range names {
			i := i
			go func() { use(names[i]) }()
		}
	}
}

func safeBlank(names []string) {
	for _, _ = range names {
		go func() { use(1) }()
	}
}

func safeLabelNamedLikeVariable(names []string) {
name:
	for _, name := range names {
		use(name)
		go func() { use("x") }()
		continue name
	}
}

func safeGenericConversion[T any](values []T) {
	for _, v := range values {
		use(apply[T](func() T { return v }))
	}
}

func apply[T any](f func() T) T { return f() }
