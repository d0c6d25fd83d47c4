// Decides what is kept: what other packages can see, and what that needs.
package main

import (
	"go/ast"
	"go/token"
)

// needs marks declarations as kept. How a name is reached makes a difference for types: through an unexported field nobody
// comes to its methods, so that only the declaration stays.
type needs struct {
	packages world
	queue    []visit
}

// visit is syntax whose names are still to be marked.
type visit struct {
	pack *pack
	file *file
	node ast.Node
	full bool
}

func newNeeds(packages world) *needs {
	return &needs{packages: packages}
}

// api keeps all that a package exports.
func (n *needs) api(p *pack) {
	for _, f := range p.files {
		for _, d := range f.all {
			if d.fun != nil && d.fun.Recv == nil && d.fun.Name.IsExported() {
				n.need(p, d.fun.Name.Name, true)
			}
			if d.spec != nil {
				for _, name := range names(d.spec) {
					if name.IsExported() {
						n.need(p, name.Name, true)
					}
				}
			}
		}
	}
	for len(n.queue) > 0 {
		last := n.queue[len(n.queue)-1]
		n.queue = n.queue[:len(n.queue)-1]
		n.walk(last)
	}
}

// need keeps a name of a package, in all files that declare it.
func (n *needs) need(p *pack, name string, full bool) {
	all := p.names[name]
	if len(all) == 0 || p.full[name] || p.reached[name] && !full {
		return
	}
	p.reached[name] = true
	if full {
		p.full[name] = true
	}
	for _, d := range all {
		n.keep(p, d, full)
	}
	if full {
		for _, method := range p.methods[name] {
			n.method(p, method)
		}
	}
}

// keep keeps one declaration, and what it is made of.
func (n *needs) keep(p *pack, d *declared, full bool) {
	d.kept = true
	if d.fun != nil {
		n.push(p, d.file, d.fun.Type, full)
		return
	}
	n.push(p, d.file, d.spec, full)
	if d.group.Tok == token.CONST && isRow(d.group) {
		// What comes before it in the row gives it its value.
		for _, spec := range d.group.Specs {
			n.push(p, d.file, spec, false)
			if spec == d.spec {
				break
			}
			for _, name := range names(spec) {
				n.need(p, name.Name, false)
			}
		}
	}
}

// method keeps a method of a type that is kept in full, if it is exported or some interface asks for it.
func (n *needs) method(p *pack, d *declared) {
	if !d.kept && (d.fun.Name.IsExported() || p.hidden[d.fun.Name.Name]) {
		d.kept = true
		n.push(p, d.file, d.fun.Recv, true)
		n.push(p, d.file, d.fun.Type, true)
	}
}

// hide says that unexported methods of this name matter.
func (n *needs) hide(p *pack, name string) {
	if ast.IsExported(name) || p.hidden[name] {
		return
	}
	p.hidden[name] = true
	for base, all := range p.methods {
		if p.full[base] {
			for _, d := range all {
				n.method(p, d)
			}
		}
	}
}

func (n *needs) push(p *pack, f *file, node ast.Node, full bool) {
	n.queue = append(n.queue, visit{p, f, node, full})
}

// walk marks the names in a piece of syntax.
func (n *needs) walk(v visit) {
	ast.Inspect(v.node, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.ValueSpec:
			if isVariable(v.pack, node) {
				reduceVariable(v.file, node)
			}
			if node.Type != nil {
				n.push(v.pack, v.file, node.Type, v.full)
			}
			for _, value := range node.Values {
				n.push(v.pack, v.file, value, v.full)
			}
			return false
		case *ast.TypeSpec:
			if node.TypeParams != nil {
				n.push(v.pack, v.file, node.TypeParams, v.full)
			}
			n.push(v.pack, v.file, node.Type, v.full)
			return false
		case *ast.StructType:
			for _, field := range node.Fields.List {
				seen := len(field.Names) == 0
				for _, name := range field.Names {
					seen = seen || name.IsExported()
				}
				n.push(v.pack, v.file, field.Type, v.full && seen)
			}
			return false
		case *ast.InterfaceType:
			for _, method := range node.Methods.List {
				for _, name := range method.Names {
					n.hide(v.pack, name.Name)
				}
				n.push(v.pack, v.file, method.Type, v.full)
			}
			return false
		case *ast.Field:
			n.push(v.pack, v.file, node.Type, v.full)
			return false
		case *ast.FuncLit:
			n.push(v.pack, v.file, node.Type, v.full)
			return false
		case *ast.SelectorExpr:
			if x, ok := node.X.(*ast.Ident); ok {
				if folder, ok := v.file.imports[x.Name]; ok {
					if imported := n.packages[folder]; imported != nil {
						n.need(imported, node.Sel.Name, v.full)
					}
					return false
				}
			}
			n.hide(v.pack, node.Sel.Name)
			n.push(v.pack, v.file, node.X, v.full)
			return false
		case *ast.Ident:
			n.need(v.pack, node.Name, v.full)
			for _, imported := range v.file.dots {
				n.need(imported, node.Name, v.full)
			}
		}
		return true
	})
}

// isVariable is whether the names of a spec are variables.
func isVariable(p *pack, spec *ast.ValueSpec) bool {
	for _, name := range spec.Names {
		for _, d := range p.names[name.Name] {
			if d.spec == spec {
				return d.group.Tok == token.VAR
			}
		}
	}
	return false
}

// isRow is whether constants of a group depend on their place in it.
func isRow(group *ast.GenDecl) bool {
	row := false
	ast.Inspect(group, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.ValueSpec:
			row = row || len(node.Values) == 0
		case *ast.Ident:
			row = row || node.Name == "iota"
		}
		return !row
	})
	return row
}
