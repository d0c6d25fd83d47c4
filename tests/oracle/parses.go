// Which Go files Go's own parser takes: walks folders and prints for each file whose name ends with .go a verdict, a tab, and
// its path. The verdict is `valid`, `invalid`, or `marked` for files that the parser takes but that are there to be wrong:
// comments in them say which errors a compiler must find. Go's parser leaves some errors of syntax to the type checker.
// Names and types are none of its business.
//
//	go run parses.go FOLDER...
package main

import (
	"bufio"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
)

// The convention of Go's own tests.
var mark = regexp.MustCompile(`(//|/\*)\s*(GC_)?ERROR(x|HERE)?\s`)

func verdict(path string) string {
	source, err := os.ReadFile(path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if _, err := parser.ParseFile(token.NewFileSet(), path, source, parser.SkipObjectResolution); err != nil {
		return "invalid"
	}
	if mark.Match(source) {
		return "marked"
	}
	return "valid"
}

func main() {
	var paths []string
	for _, folder := range os.Args[1:] {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && strings.HasSuffix(path, ".go") {
				paths = append(paths, path)
			}
			return err
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	answers := make([]string, len(paths))
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for i := range next {
				answers[i] = verdict(paths[i])
			}
		}()
	}
	for i := range paths {
		next <- i
	}
	close(next)
	workers.Wait()
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for i, path := range paths {
		fmt.Fprintf(out, "%s\t%s\n", answers[i], path)
	}
}
