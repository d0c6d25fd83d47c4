// Package p holds loops whose variables leave their iterations, and loops whose variables only seem to.
package p

import "fmt"

type item struct {
	name  string
	count int
	inner inner
	next  *item
	tags  []string
	cells [4]int
	run   func()
}

type inner struct {
	size int
	leaf struct{ depth int }
}

func (it *item) start()      { it.count++ }
func (it item) show() string { return it.name }
func (in *inner) grow()      { in.size++ }
func (in inner) report()     { fmt.Println(in.size) }

func use(values ...any) { fmt.Println(values...) }

func get() []item { return nil }

func cond() bool { return false }
