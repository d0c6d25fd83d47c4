// Exports prints what go/types says of all that the standard library below a folder exports: the oracle with which the archive
// of golint-stdlib is compared, by running it over the real sources and over the archive's.
//
// Its arguments are the folder `src` and a platform, GOOS/GOARCH, which may be followed by /cgo and by build tags. On standard
// output there is a line for each fact, sorted, its fields separated by tabs: what is exported by which package, its kind, type
// and value; of each type that can be reached from there what it is, its size, its fields, its method sets and which interfaces
// it implements. What does not type-check is a line, too.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: exports SRC GOOS/GOARCH[/cgo][/TAG…]")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "exports:", err)
		os.Exit(1)
	}
}

// world loads packages from one folder for one platform.
type world struct {
	src      string
	context  build.Context
	sizes    types.Sizes
	files    *token.FileSet
	packages map[string]*types.Package
	lines    []string
}

func run(src, platform string) error {
	parts := strings.Split(platform, "/")
	if len(parts) < 2 {
		return fmt.Errorf("%q is no platform", platform)
	}
	w := &world{src: src, context: build.Default, files: token.NewFileSet(), packages: map[string]*types.Package{}}
	w.context.GOOS, w.context.GOARCH, w.context.CgoEnabled = parts[0], parts[1], false
	// Which experiments are on depends on GOARCH.
	list := exec.Command("go", "list", "-f", `{{join context.ToolTags " "}}`, "unsafe")
	list.Env = append(os.Environ(), "GOOS="+parts[0], "GOARCH="+parts[1])
	list.Stderr = os.Stderr
	tags, err := list.Output()
	if err != nil {
		return fmt.Errorf("go list does not say which tags %s has: %w", platform, err)
	}
	w.context.ToolTags = strings.Fields(string(tags))
	for _, tag := range parts[2:] {
		if tag == "cgo" {
			w.context.CgoEnabled = true
		} else {
			w.context.ToolTags = append(w.context.ToolTags, tag)
		}
	}
	w.sizes = types.SizesFor("gc", parts[1])
	if w.sizes == nil {
		return fmt.Errorf("no sizes are known for %q", parts[1])
	}
	var public []*types.Package
	for _, path := range folders(src) {
		p, err := w.load(path)
		var none *build.NoGoError
		if errors.As(err, &none) || p != nil && p.Name() == "main" {
			continue
		}
		if err != nil {
			return err
		}
		public = append(public, p)
	}
	facts := newFacts(w)
	facts.export(public)
	sort.Strings(w.lines)
	out := bufio.NewWriter(os.Stdout)
	for _, line := range w.lines {
		fmt.Fprintln(out, line)
	}
	return out.Flush()
}

func (w *world) say(fields ...string) {
	w.lines = append(w.lines, strings.ReplaceAll(strings.Join(fields, "\t"), "\n", " "))
}

// folders are those whose packages everybody may import.
func folders(src string) []string {
	var all []string
	filepath.WalkDir(src, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || path == src {
			return err
		}
		rel, _ := filepath.Rel(src, path)
		switch name := entry.Name(); {
		case name == "internal", name == "vendor", name == "testdata", name[0] == '_', rel == "cmd", rel == "builtin":
			return filepath.SkipDir
		}
		all = append(all, filepath.ToSlash(rel))
		return nil
	})
	return all
}

// Import implements types.Importer.
func (w *world) Import(path string) (*types.Package, error) {
	if strings.HasPrefix(path, "golang.org/") {
		path = "vendor/" + path
	}
	return w.load(path)
}

func (w *world) load(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p, ok := w.packages[path]; ok {
		if p == nil {
			return nil, fmt.Errorf("%s imports itself", path)
		}
		return p, nil
	}
	folder := filepath.Join(w.src, filepath.FromSlash(path))
	listed, err := w.context.ImportDir(folder, 0)
	if err != nil {
		return nil, err
	}
	w.packages[path] = nil
	var files []*ast.File
	for _, name := range append(append([]string{}, listed.GoFiles...), listed.CgoFiles...) {
		file, err := parser.ParseFile(w.files, filepath.Join(folder, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		w.notes(path, file)
		files = append(files, file)
	}
	config := types.Config{
		Importer: w, IgnoreFuncBodies: true, FakeImportC: true, Sizes: w.sizes,
		Error: func(err error) {
			// Nothing has a body in the archive; elsewhere only functions in assembly don't.
			if !strings.Contains(err.Error(), "missing function body") {
				var fault types.Error
				errors.As(err, &fault)
				w.say("error", path, fault.Msg)
			}
		},
	}
	p, _ := config.Check(path, w.files, files, nil)
	w.packages[path] = p
	return p, nil
}
