//go:build go1.22

package p

import "fmt"

func declaredInOldFile(names []string) {
	for _, name := range names {
		go func() { fmt.Println(name) }()
	}
}
