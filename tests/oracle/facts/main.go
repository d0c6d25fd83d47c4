// Facts prints what go/types says of the identifiers and selectors in Go packages: the oracle with which the model is compared.
//
// Its arguments are patterns, as the go command takes them; test files are a part of what they name. On standard output each
// file is a line "F", its path, then its facts, in the order of their offsets, fields separated by tabs:
//
//	O offset name kind qualified file offset    the object that an identifier defines or uses, and where that is declared
//	S offset count file offset …                the fields that a selector passes through, the last one being its own object
//	I offset path folder                        an import, and where the package is
//
// qualified is "path.name" for what a package declares, "@name" for what is predeclared, ">path" for an import, "." for all
// else. A place that is not known is "-" and 0. What does not type-check has no facts where it is wrong.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"strings"
)

// listed is what `go list` says of a package.
type listed struct {
	Dir        string
	ImportPath string
	ForTest    string
	DepOnly    bool
	GoFiles    []string
	CgoFiles   []string
	ImportMap  map[string]string
	Module     *struct{ GoVersion string }
}

// world is what was type-checked so far.
type world struct {
	files    *token.FileSet
	packages map[string]*types.Package
	folders  map[string]string
	out      *bufio.Writer
	reported map[string]bool
	faults   int
}

// importerOf resolves the imports of one package.
type importerOf struct {
	world *world
	names map[string]string
}

func (i importerOf) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if name, ok := i.names[path]; ok {
		path = name
	}
	if found := i.world.packages[path]; found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("no package %s", path)
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "facts:", err)
		os.Exit(1)
	}
}

func run(patterns []string) error {
	if len(patterns) == 0 {
		return errors.New("no pattern is named")
	}
	arguments := []string{"list", "-e", "-deps", "-test", "-json=Dir,ImportPath,ForTest,DepOnly,GoFiles,CgoFiles,ImportMap,Module"}
	list := exec.Command("go", append(append(arguments, "--"), patterns...)...)
	list.Stderr = os.Stderr
	output, err := list.StdoutPipe()
	if err != nil {
		return err
	}
	if err := list.Start(); err != nil {
		return err
	}
	w := &world{
		files:    token.NewFileSet(),
		packages: map[string]*types.Package{},
		folders:  map[string]string{},
		out:      bufio.NewWriterSize(os.Stdout, 1<<20),
		reported: map[string]bool{},
	}
	for decoder := json.NewDecoder(output); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		if err := w.check(&p); err != nil {
			return err
		}
	}
	if err := list.Wait(); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "facts: %s, %d faults\n", runtime.Version(), w.faults)
	return w.out.Flush()
}

// check type-checks a package and prints the facts of its files, unless it is there for others only.
func (w *world) check(p *listed) error {
	if p.ImportPath == "unsafe" || strings.HasSuffix(p.ImportPath, ".test") {
		return nil
	}
	var files []*ast.File
	var names []string
	for _, name := range append(append([]string{}, p.GoFiles...), p.CgoFiles...) {
		if !filepath.IsAbs(name) {
			name = filepath.Join(p.Dir, name)
		}
		file, err := parser.ParseFile(w.files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			w.faults++
		}
		if file != nil {
			files, names = append(files, file), append(names, name)
		}
	}
	configuration := types.Config{
		Importer:         importerOf{w, p.ImportMap},
		FakeImportC:      true,
		IgnoreFuncBodies: p.DepOnly,
		Sizes:            types.SizesFor("gc", runtime.GOARCH),
		Error:            func(error) { w.faults++ },
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		configuration.GoVersion = "go" + p.Module.GoVersion
	}
	info := &types.Info{
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	w.folders[p.ImportPath] = p.Dir
	path, _, _ := strings.Cut(p.ImportPath, " ")
	checked, _ := configuration.Check(path, w.files, files, info)
	w.packages[p.ImportPath] = checked
	if p.DepOnly {
		return nil
	}
	for i, file := range files {
		// Files that are no tests were reported with the package itself.
		if p.ForTest != "" && !strings.HasSuffix(names[i], "_test.go") || w.reported[names[i]] {
			continue
		}
		w.reported[names[i]] = true
		if err := w.report(names[i], file, info, p.ImportMap); err != nil {
			return err
		}
	}
	return nil
}

// fact is a line, and where it belongs.
type fact struct {
	offset int
	text   string
}

func (w *world) report(name string, file *ast.File, info *types.Info, names map[string]string) error {
	var facts []fact
	add := func(at token.Pos, format string, arguments ...any) {
		offset := w.files.PositionFor(at, false).Offset
		facts = append(facts, fact{offset, fmt.Sprintf(format, arguments...)})
	}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		imported := path
		if name, ok := names[path]; ok {
			imported = name
		}
		if folder := w.folders[imported]; folder != "" {
			add(spec.Path.Pos(), "I\t%d\t%s\t%s", w.files.PositionFor(spec.Path.Pos(), false).Offset, path, folder)
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.Ident:
			// The name of an embedded field is both: the field that it defines, and the type that it uses.
			object := info.Uses[node]
			if object == nil {
				object = info.Defs[node]
			}
			if object != nil {
				offset := w.files.PositionFor(node.Pos(), false).Offset
				add(node.Pos(), "O\t%d\t%s\t%s\t%s\t%s", offset, node.Name, kind(object), qualified(object), w.place(object))
			}
		case *ast.SelectorExpr:
			if selection := info.Selections[node]; selection != nil {
				offset := w.files.PositionFor(node.Sel.Pos(), false).Offset
				places := w.path(selection)
				add(node.Sel.Pos(), "S\t%d\t%d\t%s", offset, len(places), strings.Join(places, "\t"))
			}
		}
		return true
	})
	sort.SliceStable(facts, func(i, j int) bool { return facts[i].offset < facts[j].offset })
	if _, err := fmt.Fprintf(w.out, "F\t%s\n", name); err != nil {
		return err
	}
	for _, fact := range facts {
		if _, err := fmt.Fprintln(w.out, fact.text); err != nil {
			return err
		}
	}
	return nil
}

// origin is the declared object of which this one may be an instance.
func origin(object types.Object) types.Object {
	switch object := object.(type) {
	case *types.Var:
		return object.Origin()
	case *types.Func:
		return object.Origin()
	}
	return object
}

func kind(object types.Object) string {
	switch object.(type) {
	case *types.PkgName:
		return "package-name"
	case *types.Const:
		return "constant"
	case *types.TypeName:
		return "type-name"
	case *types.Var:
		return "variable"
	case *types.Func:
		return "function"
	case *types.Label:
		return "label"
	case *types.Builtin:
		return "builtin"
	case *types.Nil:
		return "nil"
	}
	return "?"
}

func qualified(object types.Object) string {
	if imported, ok := object.(*types.PkgName); ok {
		return ">" + written(imported.Imported())
	}
	object = origin(object)
	switch {
	case object.Pkg() == nil && object.Parent() == nil:
		// The only method of a predeclared type.
		return "@error." + object.Name()
	case object.Pkg() == nil || object.Pkg() == types.Unsafe:
		return "@" + object.Name()
	case object.Parent() == object.Pkg().Scope():
		return written(object.Pkg()) + "." + object.Name()
	}
	return "."
}

// written is the path of a package as sources write it: the standard library knows vendored ones by other names.
func written(p *types.Package) string {
	path := p.Path()
	if _, vendored, ok := strings.Cut("/"+path, "/vendor/"); ok {
		return vendored
	}
	return path
}

func (w *world) place(object types.Object) string {
	at := w.files.PositionFor(origin(object).Pos(), false)
	if !at.IsValid() {
		return "-\t0"
	}
	return fmt.Sprintf("%s\t%d", at.Filename, at.Offset)
}

// path is where the fields stand that a selection passes through, and its own object.
func (w *world) path(selection *types.Selection) []string {
	var places []string
	at := selection.Recv()
	index := selection.Index()
	for _, i := range index[:len(index)-1] {
		if pointer, ok := at.Underlying().(*types.Pointer); ok {
			at = pointer.Elem()
		}
		structure, ok := at.Underlying().(*types.Struct)
		if !ok {
			return nil
		}
		field := structure.Field(i)
		places = append(places, w.place(field))
		at = field.Type()
	}
	return append(places, w.place(selection.Obj()))
}
