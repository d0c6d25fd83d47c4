// What there is to say of packages, objects and types.
package main

import (
	"fmt"
	"go/types"
	"sort"
	"strings"
)

// facts writes lines about what can be reached from what packages export.
type facts struct {
	*world
	seen       map[types.Type]bool
	named      []*types.Named
	queue      []types.Type
	interfaces []*types.Named
}

func newFacts(w *world) *facts {
	return &facts{world: w, seen: map[types.Type]bool{}}
}

func (f *facts) export(packages []*types.Package) {
	for _, p := range packages {
		f.say("package", p.Path(), p.Name())
		for _, name := range p.Scope().Names() {
			if object := p.Scope().Lookup(name); object.Exported() {
				f.object(object)
			}
		}
	}
	for len(f.queue) > 0 {
		last := f.queue[len(f.queue)-1]
		f.queue = f.queue[:len(f.queue)-1]
		f.walk(last)
	}
	for _, named := range f.named {
		if types.IsInterface(named) && named.TypeParams().Len() == 0 && named.Obj().Exported() {
			f.interfaces = append(f.interfaces, named)
		}
	}
	for _, named := range f.named {
		f.describe(named)
	}
}

func (f *facts) object(object types.Object) {
	where := object.Pkg().Path() + "." + object.Name()
	shown := types.TypeString(object.Type(), nil)
	f.queue = append(f.queue, object.Type())
	switch object := object.(type) {
	case *types.Const:
		f.say("const", where, shown, object.Val().ExactString())
	case *types.Var:
		f.say("var", where, shown)
	case *types.Func:
		f.say("func", where, shown)
	case *types.TypeName:
		if !object.IsAlias() {
			f.say("type", where)
			break
		}
		parameters := ""
		if alias, ok := object.Type().(*types.Alias); ok {
			f.queue = append(f.queue, alias.Rhs())
			parameters = list(alias.TypeParams())
			shown = types.TypeString(alias.Rhs(), nil)
		}
		f.say("alias", where, parameters, shown)
	}
}

func list(parameters *types.TypeParamList) string {
	var all []string
	for parameter := range parameters.TypeParams() {
		all = append(all, parameter.Obj().Name()+" "+types.TypeString(parameter.Constraint(), nil))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// walk finds the named types that code elsewhere can come to.
func (f *facts) walk(t types.Type) {
	if f.seen[t] {
		return
	}
	f.seen[t] = true
	push := func(types ...types.Type) { f.queue = append(f.queue, types...) }
	switch t := t.(type) {
	case *types.Alias:
		push(types.Unalias(t))
	case *types.Named:
		if t.Origin() != t {
			push(t.Origin())
			for argument := range t.TypeArgs().Types() {
				push(argument)
			}
			return
		}
		if t.Obj().Pkg() != nil {
			f.named = append(f.named, t)
		}
		for parameter := range t.TypeParams().TypeParams() {
			push(parameter.Constraint())
		}
		push(t.Underlying())
		for method := range t.Methods() {
			if method.Exported() {
				push(method.Type())
			}
		}
	case *types.Pointer:
		push(t.Elem())
	case *types.Slice:
		push(t.Elem())
	case *types.Array:
		push(t.Elem())
	case *types.Chan:
		push(t.Elem())
	case *types.Map:
		push(t.Key(), t.Elem())
	case *types.Tuple:
		for v := range t.Variables() {
			push(v.Type())
		}
	case *types.Signature:
		push(t.Params(), t.Results())
		for parameter := range t.TypeParams().TypeParams() {
			push(parameter.Constraint())
		}
	case *types.Struct:
		for field := range t.Fields() {
			if field.Exported() || field.Embedded() {
				push(field.Type())
			}
		}
	case *types.Interface:
		for method := range t.Methods() {
			push(method.Type())
		}
		for embedded := range t.EmbeddedTypes() {
			push(embedded)
		}
	case *types.Union:
		for term := range t.Terms() {
			push(term.Type())
		}
	}
}

func (f *facts) describe(named *types.Named) {
	where := types.TypeString(named, nil)
	f.say("is", where, list(named.TypeParams()), types.TypeString(named.Underlying(), nil))
	pointer := types.NewPointer(named)
	f.methods("has", where, named)
	if !types.IsInterface(named) {
		f.methods("points at", where, pointer)
	}
	f.fields(where, named)
	if named.TypeParams().Len() > 0 {
		return
	}
	f.say("layout", where, fmt.Sprint(f.sizes.Sizeof(named), f.sizes.Alignof(named), types.Comparable(named)))
	if structure, ok := named.Underlying().(*types.Struct); ok {
		var fields []*types.Var
		for field := range structure.Fields() {
			fields = append(fields, field)
		}
		f.say("offsets", where, fmt.Sprint(f.sizes.Offsetsof(fields)))
	}
	for _, wanted := range f.interfaces {
		underlying := wanted.Underlying().(*types.Interface)
		if types.Implements(named, underlying) {
			f.say("implements", where, types.TypeString(wanted, nil))
		}
		if types.Implements(pointer, underlying) {
			f.say("implements", "*"+where, types.TypeString(wanted, nil))
		}
	}
}

// methods writes a method set; of unexported methods nothing but what interfaces ask for can be seen from elsewhere.
func (f *facts) methods(how, where string, t types.Type) {
	for selection := range types.NewMethodSet(t).Methods() {
		if method := selection.Obj(); method.Exported() {
			path := selection.Index()
			through := fmt.Sprint(path[:len(path)-1])
			f.say(how, where, method.Name(), types.TypeString(selection.Type(), nil), through, fmt.Sprint(selection.Indirect()))
		}
	}
}

// fields writes the exported fields, those of embedded types included, wherever a selector finds them.
func (f *facts) fields(where string, named *types.Named) {
	names := map[string]bool{}
	queue, seen := []types.Type{named}, map[types.Type]bool{}
	for len(queue) > 0 {
		t := queue[0]
		queue = queue[1:]
		if pointer, ok := t.Underlying().(*types.Pointer); ok {
			t = pointer.Elem()
		}
		structure, ok := t.Underlying().(*types.Struct)
		if !ok || seen[t] {
			continue
		}
		seen[t] = true
		for field := range structure.Fields() {
			if field.Exported() {
				names[field.Name()] = true
			}
			if field.Embedded() {
				queue = append(queue, field.Type())
			}
		}
	}
	var sorted []string
	for name := range names {
		sorted = append(sorted, name)
	}
	sort.Strings(sorted)
	for _, name := range sorted {
		object, index, indirect := types.LookupFieldOrMethod(named, true, named.Obj().Pkg(), name)
		if field, ok := object.(*types.Var); ok {
			f.say("field", where, name, types.TypeString(field.Type(), nil), fmt.Sprint(index, indirect))
		} else {
			// A method, or nothing. A method's own number, the last one, counts those before it.
			f.say("field", where, name, "-", fmt.Sprint(index[:max(len(index)-1, 0)]))
		}
	}
}
