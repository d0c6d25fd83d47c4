// Declare writes what a Go distribution's standard library declares, as Go files without bodies: the sources of golint-stdlib's
// archive.
//
// Its arguments are GOROOT and a folder that it fills with src/PACKAGE/FILE.go. A file keeps its name, package clause, build
// constraint, the imports that are still used, and those declarations that code in other packages can see, or that these need:
// types of unexported fields (sizes depend on them), embedded types, constants in constants, what is declared in internal
// packages. It looks at names alone and type-checks nothing, so that files of all platforms are treated alike; where a name may
// mean two things, both stay. The same GOROOT gives the same bytes.
package main

import (
	"fmt"
	"go/token"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: declare GOROOT FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "declare:", err)
		os.Exit(1)
	}
}

func run(goroot, out string) error {
	fset := token.NewFileSet()
	packages, err := load(fset, filepath.Join(goroot, "src"))
	if err != nil {
		return err
	}
	needs := newNeeds(packages)
	for _, p := range packages.sorted() {
		if p.isPublic() {
			needs.api(p)
		}
	}
	for _, p := range packages.sorted() {
		for _, f := range p.files {
			text, err := render(fset, p, f)
			if err != nil {
				return fmt.Errorf("%s: %w", f.path, err)
			}
			if text == nil {
				continue
			}
			path := filepath.Join(out, "src", filepath.FromSlash(p.path), filepath.Base(f.path))
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				return err
			}
			if err := os.WriteFile(path, text, 0o666); err != nil {
				return err
			}
		}
	}
	return nil
}
