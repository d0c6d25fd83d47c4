// Package p ranges over functions: each iteration is a call, with variables of its own unless the loop only assigns.
package p

import (
	"fmt"
	"iter"
)

func declared(sequence iter.Seq[string], pairs func(yield func(int, string) bool)) {
	for name := range sequence {
		go func() { fmt.Println(name) }()
	}
	for i, name := range pairs {
		defer func() { fmt.Println(i, name) }()
	}
}

func assigned(sequence iter.Seq[string]) {
	var name string
	for name = range sequence {
		go func() { fmt.Println(name) }() // want "`name`.*at every Go version"
	}
}
