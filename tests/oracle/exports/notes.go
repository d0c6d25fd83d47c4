// Which declarations say that they are deprecated.
package main

import (
	"go/ast"
	"strings"
)

// notes writes what exported declarations of a file say of being deprecated.
func (w *world) notes(path string, file *ast.File) {
	if isInternal(path) {
		return
	}
	w.note(path, file.Doc)
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			name := decl.Name.Name
			if decl.Recv != nil {
				name = receiver(decl.Recv.List[0].Type) + "." + name
			}
			if ast.IsExported(name) && decl.Name.IsExported() {
				w.note(path+"."+name, decl.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						if name.IsExported() {
							w.note(path+"."+name.Name, decl.Doc, spec.Doc, spec.Comment)
						}
					}
				case *ast.TypeSpec:
					if spec.Name.IsExported() {
						w.note(path+"."+spec.Name.Name, decl.Doc, spec.Doc, spec.Comment)
						w.inside(path+"."+spec.Name.Name, spec.Type)
					}
				}
			}
		}
	}
}

// inside goes through the fields of structs and the methods of interfaces in a type.
func (w *world) inside(where string, written ast.Expr) {
	ast.Inspect(written, func(node ast.Node) bool {
		if field, ok := node.(*ast.Field); ok {
			for _, name := range field.Names {
				if name.IsExported() {
					w.note(where+"."+name.Name, field.Doc, field.Comment)
				}
			}
		}
		return true
	})
}

func (w *world) note(where string, docs ...*ast.CommentGroup) {
	for _, doc := range docs {
		text := "\n\n" + doc.Text()
		if _, note, ok := strings.Cut(text, "\n\nDeprecated:"); ok {
			note, _, _ = strings.Cut(note, "\n\n")
			w.say("deprecated", where, strings.Join(strings.Fields(note), " "))
		}
	}
}

func isInternal(path string) bool {
	path = "/" + path + "/"
	return strings.Contains(path, "/internal/") || strings.Contains(path, "/vendor/")
}

func receiver(written ast.Expr) string {
	name := ""
	ast.Inspect(written, func(node ast.Node) bool {
		if ident, ok := node.(*ast.Ident); ok && name == "" {
			name = ident.Name
		}
		return name == ""
	})
	return name
}
