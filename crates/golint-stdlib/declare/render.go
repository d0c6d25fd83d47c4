// Writes what is kept of a file.
package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/printer"
	"go/token"
	"sort"
	"strconv"
	"strings"
)

// render gives the text of a file; none where nothing of it is kept.
func render(fset *token.FileSet, p *pack, f *file) ([]byte, error) {
	note := deprecation(f.ast.Doc)
	var decls []ast.Decl
	for _, decl := range f.ast.Decls {
		if reduced := reduce(f, decl); reduced != nil {
			decls = append(decls, reduced)
		}
	}
	if len(decls) == 0 && note == nil && !(f.stands && p.isPublic()) {
		return nil, nil
	}
	var out bytes.Buffer
	if f.constraint != "" {
		fmt.Fprintf(&out, "%s\n\n", f.constraint)
	}
	if note != nil {
		fmt.Fprintln(&out, note.List[0].Text)
	}
	fmt.Fprintf(&out, "package %s\n", f.ast.Name.Name)
	for _, line := range imports(f, decls) {
		fmt.Fprintf(&out, "import %s\n", line)
	}
	config := printer.Config{Mode: printer.RawFormat}
	for _, decl := range decls {
		var text bytes.Buffer
		if err := config.Fprint(&text, fset, decl); err != nil {
			return nil, err
		}
		out.Write(dense(decl, text.Bytes()))
		out.WriteByte('\n')
	}
	return out.Bytes(), nil
}

// dense takes the empty lines out of a declaration's text, where they are none of a string's.
func dense(decl ast.Decl, text []byte) []byte {
	inString := false
	ast.Inspect(decl, func(node ast.Node) bool {
		literal, ok := node.(*ast.BasicLit)
		inString = inString || ok && strings.Contains(literal.Value, "\n")
		return true
	})
	for !inString && bytes.Contains(text, []byte("\n\n")) {
		text = bytes.ReplaceAll(text, []byte("\n\n"), []byte("\n"))
	}
	return text
}

// imports gives those that are still used, and "C", which says that the file is for cgo.
func imports(f *file, decls []ast.Decl) []string {
	used, dotted := map[string]bool{"C": true}, map[string]bool{}
	for _, decl := range decls {
		ast.Inspect(decl, func(node ast.Node) bool {
			if selector, ok := node.(*ast.SelectorExpr); ok {
				if x, ok := selector.X.(*ast.Ident); ok {
					used[x.Name] = true
				}
			}
			if name, ok := node.(*ast.Ident); ok {
				for _, imported := range f.dots {
					if imported.names[name.Name] != nil && ast.IsExported(name.Name) {
						dotted[imported.path] = true
					}
				}
			}
			return true
		})
	}
	var lines []string
	for name, folder := range f.imports {
		if !used[name] {
			continue
		}
		path := strings.TrimPrefix(folder, "vendor/")
		line := strconv.Quote(path)
		for _, spec := range f.ast.Imports {
			if spec.Path.Value == line && spec.Name != nil && spec.Name.Name == name {
				line = name + " " + line
				break
			}
		}
		lines = append(lines, line)
	}
	for path := range dotted {
		lines = append(lines, ". "+strconv.Quote(path))
	}
	sort.Strings(lines)
	return lines
}

// reduce gives what is kept of a declaration, if anything.
func reduce(f *file, decl ast.Decl) ast.Decl {
	kept := map[any]bool{}
	for _, d := range f.all {
		if d.kept {
			if d.fun != nil {
				kept[d.fun] = true
			} else {
				kept[d.spec] = true
			}
		}
	}
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if !kept[decl] {
			return nil
		}
		decl.Body = nil
		decl.Doc = deprecation(decl.Doc)
		return decl
	case *ast.GenDecl:
		if decl.Tok == token.IMPORT {
			return nil
		}
		var specs []ast.Spec
		end := 0
		for _, spec := range decl.Specs {
			specs = append(specs, spec)
			if kept[spec] {
				end = len(specs)
			} else if decl.Tok != token.CONST || !isRow(decl) {
				specs = specs[:len(specs)-1]
			}
		}
		if end == 0 {
			return nil
		}
		decl.Specs = specs[:min(end, len(specs))]
		decl.Doc = deprecation(decl.Doc)
		for _, spec := range decl.Specs {
			quiet(spec)
		}
		if len(decl.Specs) == 1 {
			decl.Lparen = token.NoPos
		}
		return decl
	}
	return nil
}

// quiet leaves of comments within a declaration only that something is deprecated.
func quiet(spec ast.Spec) {
	ast.Inspect(spec, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.ValueSpec:
			node.Doc, node.Comment = deprecation(node.Doc), deprecation(node.Comment)
		case *ast.TypeSpec:
			node.Doc, node.Comment = deprecation(node.Doc), deprecation(node.Comment)
		case *ast.Field:
			node.Doc, node.Comment = deprecation(node.Doc), deprecation(node.Comment)
		}
		return true
	})
}

// deprecation gives the paragraph that says that something is deprecated, as one line.
func deprecation(doc *ast.CommentGroup) *ast.CommentGroup {
	if doc == nil {
		return nil
	}
	for paragraph := range strings.SplitSeq(doc.Text(), "\n\n") {
		if paragraph = strings.TrimSpace(paragraph); strings.HasPrefix(paragraph, "Deprecated:") {
			text := "// " + strings.Join(strings.Fields(paragraph), " ")
			return &ast.CommentGroup{List: []*ast.Comment{{Slash: doc.List[len(doc.List)-1].Slash, Text: text}}}
		}
	}
	return nil
}

// reduceVariable leaves of a variable's value what gives it its type.
func reduceVariable(f *file, spec *ast.ValueSpec) {
	if spec.Type != nil {
		spec.Values = nil
		return
	}
	if len(spec.Names) == 1 && len(spec.Values) == 1 {
		if written := typeOf(f, spec.Values[0]); written != nil {
			spec.Type, spec.Values = written, nil
			return
		}
	}
	for _, value := range spec.Values {
		ast.Inspect(value, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.FuncLit:
				node.Body.List = nil
			case *ast.CompositeLit:
				if array, ok := node.Type.(*ast.ArrayType); ok {
					if _, ok := array.Len.(*ast.Ellipsis); ok {
						return true
					}
				}
				if node.Type != nil {
					node.Elts = nil
				}
			case *ast.CallExpr:
				for _, argument := range node.Args {
					if text, ok := argument.(*ast.BasicLit); ok && text.Kind == token.STRING {
						text.Value = `""`
					}
				}
			}
			return true
		})
	}
}

// typeOf gives the type of a value, where its syntax alone says so.
func typeOf(f *file, value ast.Expr) ast.Expr {
	switch value := value.(type) {
	case *ast.CompositeLit:
		array, ok := value.Type.(*ast.ArrayType)
		if !ok {
			return value.Type
		}
		if _, ok := array.Len.(*ast.Ellipsis); !ok {
			return value.Type
		}
		for _, element := range value.Elts {
			if _, ok := element.(*ast.KeyValueExpr); ok {
				return nil
			}
		}
		count := &ast.BasicLit{Kind: token.INT, Value: strconv.Itoa(len(value.Elts))}
		return &ast.ArrayType{Len: count, Elt: array.Elt}
	case *ast.UnaryExpr:
		if literal, ok := value.X.(*ast.CompositeLit); ok && value.Op == token.AND {
			if pointed := typeOf(f, literal); pointed != nil {
				return &ast.StarExpr{X: pointed}
			}
		}
	case *ast.FuncLit:
		return value.Type
	case *ast.CallExpr:
		switch fun := value.Fun.(type) {
		case *ast.Ident:
			if fun.Name == "make" {
				return value.Args[0]
			}
		case *ast.SelectorExpr:
			x, ok := fun.X.(*ast.Ident)
			if !ok {
				break
			}
			name := f.imports[x.Name] + "." + fun.Sel.Name
			if name == "errors.New" || name == "fmt.Errorf" {
				return ast.NewIdent("error")
			}
		}
	}
	return nil
}
