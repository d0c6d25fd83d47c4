//! Fields, methods and what is promoted.

use super::{check, models};

#[test]
fn fields_and_methods_through_pointers_and_embedding() {
    check(
        r#"-- a.go --
package p
import "sync"
type Inner struct { a int; Deep }
type Deep struct { z string }
func (d *Deep) M() {}
func (Inner) N() int { return 0 }
type Outer struct { *Inner; b int; sync.Mutex }
type I interface { Do() error; J }
type J interface { Else(x int) }
type P *Outer
func f(o Outer, p *Outer, pp **Outer, i I, n P) {
	_ = o.a //? a -> m.org/p.Inner.a ;; o.a : int
	_ = p.z //? z -> m.org/p.Deep.z ;; p.z : string
	p.M() //? M -> ?
	p.Inner.M() //? M -> m.org/p.Deep.M
	x := o.N() //? N -> m.org/p.Inner.N ;; x : int
	_ = o.Inner.Deep.z //? Inner -> m.org/p.Outer.Inner ;; Deep -> m.org/p.Inner.Deep
	o.Lock() //? Lock -> sync.Mutex.Lock
	o.lock() //? lock -> ?
	_ = pp.b //? b -> ?
	_ = n.b //? b -> m.org/p.Outer.b
	_ = i.Do() //? Do -> m.org/p.I.Do ;; i.Do() : error
	i.Else(1) //? Else -> m.org/p.J.Else
	(&i).Do() //? Do -> ?
	o.other() //? other -> ?
	o.elsewhere() //? elsewhere -> m.org/p.Outer.elsewhere
	_ = x
}
-- b.go --
package p
func (o *Outer) elsewhere() {}
"#,
    );
}

#[test]
fn what_may_come_from_another_package() {
    check(
        r#"package p
import ( "golang.org/x/sync/errgroup"; "testing"; "io"; "sync" )
type One struct { errgroup.Group; n int }
type Two struct { errgroup.Group; sync.WaitGroup }
type Late struct { io.Reader; Mid }
type Mid struct { In }
type In struct { Close int }
type Iface interface { io.Reader; Own() }
type Open interface { io.Reader; io.Closer }
func f(a One, b Two, c Late, d Iface, e Open, t *testing.T, g errgroup.Group) {
	a.Go(nil) //? Go -> golang.org/x/sync/errgroup.Group.Go
	b.Go(nil) //? Go -> ?
	_ = c.Close //? Close -> ?
	d.Own() //? Own -> m.org/p.Iface.Own
	d.Read(nil) //? Read -> io.Reader.Read
	e.Close() //? Close -> ?
	t.Cleanup(nil) //? Cleanup -> testing.T.Cleanup
	g.Go(nil) //? Go -> golang.org/x/sync/errgroup.Group.Go
	(&g).Wait() //? Wait -> golang.org/x/sync/errgroup.Group.Wait
}
"#,
    );
}

#[test]
fn ambiguity_and_depth() {
    check(
        r#"package p
type A struct { x, y int }
type B struct { x int; C }
type C struct { y, w int }
type D struct { A; B; x2 int }
func (D) y2() {}
type Twice struct { A; M }
type M struct { *A2; *B2 }
type A2 struct { Deep }
type B2 struct { Deep }
type Deep struct { far int }
type Cycle struct { *Cycle; v int }
func f(d D, c Cycle, t Twice) {
	_ = t.far //? far -> ?
	_ = t.M.A2.far //? far -> m.org/p.Deep.far
	_ = d.x //? x -> ?
	_ = d.y //? y -> m.org/p.A.y
	_ = d.w //? w -> m.org/p.C.w
	_ = c.v //? v -> m.org/p.Cycle.v
	_ = c.none //? none -> ?
}
"#,
    );
}

#[test]
fn the_steps_of_a_selection() {
    let models = models(
        "package p\ntype A struct{ B }\ntype B struct{ *C }\ntype C struct{ x int }\nfunc (C) m() {}\n\
         func f(a A) { _ = a.x; a.m(); _ = a.B.C }\n",
    );
    let steps = |text, n| {
        let path = models.models[0].selection(models.node(0, text, n)).expect("known");
        path.iter().map(|o| models.models[0].qualified_name(o).expect("of a type")).collect::<Vec<_>>()
    };
    assert_eq!(steps("a.x", 0), ["m.org/p.A.B", "m.org/p.B.C", "m.org/p.C.x"]);
    assert_eq!(steps("a.m", 0), ["m.org/p.A.B", "m.org/p.B.C", "m.org/p.C.m"]);
    assert_eq!(steps("a.B.C", 0), ["m.org/p.B.C"]);
}

#[test]
fn methods_under_other_names_of_the_type() {
    check(
        r#"package p
type T struct{}
type A = T
type H func(int)
func (a *A) viaAlias() int { return 0 }
func (h H) serve() {}
func (t (*T)) parenthesised() {}
func f(t T, h H) {
	x := t.viaAlias() //? viaAlias -> m.org/p.T.viaAlias ;; x : int
	h.serve() //? serve -> m.org/p.H.serve
	t.parenthesised() //? parenthesised -> m.org/p.T.parenthesised
	_ = x
}
"#,
    );
}

#[test]
fn methods_under_names_of_names_and_of_pointers() {
    let fixture = r#"-- a.go --
package p
type T struct{}
type A = T
type B = A
type P = *T
func (B) viaNames() int { return 0 }
func (P) viaPointer() {}
var all interface { viaNames() int; viaPointer() }
var value T
var pointer *T
func f() {
	pointer.viaPointer() //? viaPointer -> m.org/p.T.viaPointer
	_ = value.viaNames() //? viaNames -> m.org/p.T.viaNames
	value.onSome()
}
-- b_linux.go --
package p
type S = T
-- b_windows.go --
package p
type S int
-- c.go --
package p
func (S) onSome() {}
"#;
    check(fixture);
    let models = models(fixture);
    let model = &models.models[0];
    let found = model.resolve(models.leaf(0, "onSome", 0), None);
    assert_eq!(found.iter().map(|(on, _)| *on).collect::<Vec<_>>(), [super::named_set("linux")]);
    assert_eq!(model.qualified_name(&found[0].1), None, "its receiver is another type elsewhere");
    let ty = |name| model.type_of(models.leaf(0, name, 0), None)[0].1.clone();
    assert_eq!(model.implements(&ty("pointer"), &ty("all")), Some(true));
    assert_eq!(model.implements(&ty("value"), &ty("all")), Some(false), "the pointer's method is not the value's");
    assert_eq!(model.methods_of(&ty("value")), None, "it has more of them on some platforms");
}
