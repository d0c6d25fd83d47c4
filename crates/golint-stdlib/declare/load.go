// Reads the packages of a distribution: every file, whatever platforms it is for.
package main

import (
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// world has the packages by their folder below src, those of vendor included.
type world map[string]*pack

// pack is a package, with what its files declare by name.
type pack struct {
	path    string
	name    string
	files   []*file
	names   map[string][]*declared
	methods map[string][]*declared
	// Types that are kept with their methods, and names of unexported methods that are needed.
	full    map[string]bool
	hidden  map[string]bool
	reached map[string]bool
}

// file is one file of a package.
type file struct {
	path       string
	constraint string
	ast        *ast.File
	// Folders of the packages that the names of its imports stand for.
	imports map[string]string
	// Packages whose names are the file's own, by `import .`.
	dots []*pack
	all  []*declared
	// The first of its package that no constraint excludes stands for the package, should nothing be kept.
	stands bool
}

// declared is a declaration: a function, or one spec of a group.
type declared struct {
	file  *file
	group *ast.GenDecl
	spec  ast.Spec
	fun   *ast.FuncDecl
	kept  bool
}

func (w world) sorted() []*pack {
	var all []*pack
	for _, p := range w {
		all = append(all, p)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].path < all[j].path })
	return all
}

// isPublic is whether code outside of the distribution may import it.
func (p *pack) isPublic() bool {
	for _, element := range strings.Split(p.path, "/") {
		if element == "internal" || element == "vendor" {
			return false
		}
	}
	return true
}

func load(fset *token.FileSet, src string) (world, error) {
	packages := world{}
	err := filepath.WalkDir(src, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(src, path)
		rel = filepath.ToSlash(rel)
		name := entry.Name()
		if entry.IsDir() {
			if name == "testdata" || rel == "cmd" || rel == "builtin" || rel != "." && strings.HasPrefix(name, "_") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") {
			return nil
		}
		tree, err := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		line, isProgram := constraintOf(tree)
		folder := strings.TrimSuffix(rel, "/"+name)
		if isProgram || tree.Name.Name == "main" || folder == rel {
			return nil
		}
		p := packages[folder]
		if p == nil {
			p = &pack{path: folder, name: tree.Name.Name, names: map[string][]*declared{}, methods: map[string][]*declared{},
				full: map[string]bool{}, hidden: map[string]bool{}, reached: map[string]bool{}}
			packages[folder] = p
		}
		p.files = append(p.files, &file{path: path, constraint: line, ast: tree, imports: map[string]string{}})
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, p := range packages {
		p.collect(packages)
	}
	return packages, nil
}

// constraintOf gives the file's //go:build line, and whether that leaves it to `go run` alone.
func constraintOf(tree *ast.File) (line string, isProgram bool) {
	for _, group := range tree.Comments {
		if group.Pos() > tree.Package {
			break
		}
		for _, comment := range group.List {
			if !constraint.IsGoBuild(comment.Text) {
				continue
			}
			expression, err := constraint.Parse(comment.Text)
			if err != nil {
				continue
			}
			tags := map[string]bool{}
			expression.Eval(func(tag string) bool { tags[tag] = true; return tag != "ignore" })
			return "//go:build " + expression.String(), tags["ignore"]
		}
	}
	return "", false
}

// collect fills in what the files declare and import.
func (p *pack) collect(packages world) {
	for _, f := range p.files {
		for _, spec := range f.ast.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			folder := path
			if packages["vendor/"+path] != nil {
				folder = "vendor/" + path
			}
			name := path[strings.LastIndex(path, "/")+1:]
			if imported := packages[folder]; imported != nil {
				name = imported.name
			}
			if spec.Name != nil {
				name = spec.Name.Name
			}
			if name != "." {
				f.imports[name] = folder
			} else if imported := packages[folder]; imported != nil {
				f.dots = append(f.dots, imported)
			}
		}
		for _, decl := range f.ast.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				d := &declared{file: f, fun: decl}
				f.all = append(f.all, d)
				if decl.Recv != nil {
					base := receiver(decl)
					p.methods[base] = append(p.methods[base], d)
				} else if decl.Name.Name != "init" && decl.Name.Name != "_" {
					p.names[decl.Name.Name] = append(p.names[decl.Name.Name], d)
				}
			case *ast.GenDecl:
				if decl.Tok == token.IMPORT {
					continue
				}
				for _, spec := range decl.Specs {
					d := &declared{file: f, group: decl, spec: spec}
					f.all = append(f.all, d)
					for _, name := range names(spec) {
						if name.Name != "_" {
							p.names[name.Name] = append(p.names[name.Name], d)
						}
					}
				}
			}
		}
	}
	// The one that says most of the package: without a constraint, and in no file named for a platform.
	for _, f := range p.files {
		if f.constraint == "" && !strings.Contains(filepath.Base(f.path), "_") {
			f.stands = true
			return
		}
	}
	for _, f := range p.files {
		f.stands = true
	}
}

func names(spec ast.Spec) []*ast.Ident {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		return spec.Names
	case *ast.TypeSpec:
		return []*ast.Ident{spec.Name}
	}
	return nil
}

// receiver is the name of the base type of a method.
func receiver(method *ast.FuncDecl) string {
	expr := method.Recv.List[0].Type
	for {
		switch e := expr.(type) {
		case *ast.StarExpr:
			expr = e.X
		case *ast.ParenExpr:
			expr = e.X
		case *ast.IndexExpr:
			expr = e.X
		case *ast.IndexListExpr:
			expr = e.X
		case *ast.Ident:
			return e.Name
		default:
			return ""
		}
	}
}
