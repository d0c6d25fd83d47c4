//! Scopes, imports, and what identifiers stand for.

use super::check;

#[test]
fn parameters_results_and_receivers() {
    check(
        r#"package p
type T struct{}
func (t *T) m(a, b int, c ...string) (n int, err error) {
	_ = t //? t -> -1
	_, _ = a, b //? a -> -2 ;; b -> -2
	_ = c //? c -> -3
	n = 1 //? n -> -4
	return n, err //? n -> -5 ;; err -> -5
}
func f(int, string) error { return nil }
func g(a a) { _ = a } //? a -> 0 ;; a#2 -> m.org/p.a ;; a#3 -> 0
type a int
"#,
    );
}

#[test]
fn where_a_scope_starts() {
    check(
        r#"package p
var x int
func f() {
	y := x //? x -> m.org/p.x
	x := x //? x -> 0 ;; x#2 -> m.org/p.x
	_ = x //? x -> -1
	var z, w = func() int { return z }(), x //? z#2 -> ? ;; x -> -2
	const c = c //? c#2 -> ?
	type t struct{ next *t } //? t#2 -> 0
	_, _, _, _ = y, z, w, c //? z -> -3 ;; w -> -3 ;; c -> -2
	{
		x, q := x, 1 //? x -> 0 ;; x#2 -> -7 ;; q -> 0
		_ = x //? x -> -1
	}
	_ = x //? x -> -10
	_ = q //? q -> ?
}
"#,
    );
}

#[test]
fn short_declarations_reuse_what_the_block_has() {
    check(
        r#"package p
func f(a int) (err error) {
	a, b := 1, 2 //? a -> -1 ;; b -> 0
	b, c := 3, 4 //? b -> -1 ;; c -> 0
	if b, err := g(); err != nil { //? b -> 0 ;; err -> 0 ;; err#2 -> 0
		_ = b //? b -> -1
	} else if b > 0 { //? b -> -2
		_, err = a, err //? err -> -3
	}
	_, _ = b, err //? b -> -7 ;; err -> -8
	_ = c //? c -> -7
	return
}
func g() (int, error) { return 0, nil }
"#,
    );
}

#[test]
fn loops_and_their_variables() {
    check(
        r#"package p
func f(s []int) {
	for i, v := range s { //? i -> 0 ;; v -> 0 ;; s -> -1
		i, v := i, v //? i -> 0 ;; v -> 0 ;; i#2 -> -1 ;; v#2 -> -1
		_, _ = i, v //? i -> -1 ;; v -> -1
	}
	for i := 0; i < len(s); i++ { //? i -> 0 ;; i#2 -> 0 ;; i#3 -> 0 ;; len -> len
		s := s[i] //? i -> -1 ;; s#2 -> -6 ;; s -> 0
		_ = s //? s -> -1
	}
	for s := range s { _ = s } //? s -> 0 ;; s#2 -> -9 ;; s#3 -> 0
	var k int
	for k = range s { _ = k } //? k -> -1 ;; k#2 -> -1
	for range s { _ = k } //? k -> -2
	for _, k := range s { _ = k } //? k -> 0 ;; k#2 -> 0
}
"#,
    );
}

#[test]
fn switches_and_selects() {
    check(
        r#"package p
func f(x any, c chan int) {
	switch x := x.(type) { //? x -> ? ;; x#2 -> -1
	case int:
		_ = x //? x -> -2
	case string:
		_ = x //? x -> -4
		{
			x := x //? x -> 0 ;; x#2 -> -6
			_ = x //? x -> -1
		}
	default:
		_ = x //? x -> -10
	}
	switch y := x; { //? x -> -13
	case y == nil: //? y -> -1
		y := y //? y -> 0 ;; y#2 -> -2
		_ = y //? y -> -1
	}
	select {
	case v, ok := <-c: //? v -> 0 ;; ok -> 0 ;; c -> -19
		_, _ = v, ok //? v -> -1 ;; ok -> -1
	case c <- 1:
		_ = v //? v -> ?
	}
	_ = x //? x -> -24
}
"#,
    );
}

#[test]
fn closures_and_labels() {
    check(
        r#"package p
func f(a int) {
	g := func(b int) (c int) {
		a := a //? a -> 0 ;; a#2 -> -2
		goto out //? out -> ?
		return a + b + c //? a -> -2 ;; b -> -3 ;; c -> -3
	}
	_ = b //? b -> ?
	_ = g
out: //? out -> 0
	for {
		break out //? out -> -2
		func() { continue out }() //? out -> ?
	}
	goto later //? later -> +1
later: //? later -> 0
}
"#,
    );
}

#[test]
fn local_types_and_constants() {
    check(
        r#"package p
func f() {
	type T struct { a int; next *T } //? T#2 -> 0
	type U = []T //? T -> -1
	const ( A = iota; B ) //? iota -> iota
	var t T //? T -> -3
	t.a = B //? t -> -1 ;; a -> -4 ;; B -> -2
	_ = T{a: A, next: nil} //? a -> -5 ;; next -> -5 ;; A -> -3 ;; nil -> nil ;; T -> -5
}
"#,
    );
}

#[test]
fn keys_of_composite_literals() {
    check(
        r#"package p
import "net/http"
type T struct { a, b int; in struct { c int } }
type P []*T
func f(a, k int) {
	_ = T{a: a} //? a -> m.org/p.T.a ;; a#2 -> -1
	_ = map[int]int{k: a} //? k -> -2 ;; a -> -2
	_ = [...]int{k: a} //? k -> -3
	_ = P{{a: k}} //? a -> m.org/p.T.a ;; k -> -4
	_ = P{&T{a: k}} //? a -> m.org/p.T.a
	_ = []T{{b: 1}, k: {b: 2}} //? b -> m.org/p.T.b ;; k -> -6 ;; b#2 -> m.org/p.T.b
	_ = T{in: struct{ c int }{c: k}} //? in -> m.org/p.T.in ;; c -> 0 ;; k -> -7
	_ = http.Server{A: k, a: 1} //? A -> ? ;; k -> -8 ;; a -> -8
	_ = map[T]int{{a: 1}: k} //? a -> m.org/p.T.a ;; k -> -9
	_ = []http.Header{{k: nil}} //? k -> -10
	_ = unheard.Of{k: nil, K: 1} //? k -> -11 ;; K -> ?
}
"#,
    );
}

#[test]
fn imports_whatever_their_name() {
    check(
        r#"package p
import (
	"fmt"
	sys "golang.org/x/sys/unix"
	"math/rand/v2"
	"gopkg.in/yaml.v3"
	"github.com/mattn/go-isatty"
	_ "embed"
	"unsafe"
)
var x = fmt.Sprint //? fmt -> fmt ;; Sprint -> fmt.Sprint
func f() {
	sys.Mmap() //? sys -> golang.org/x/sys/unix ;; Mmap -> golang.org/x/sys/unix.Mmap
	rand.N() //? N -> math/rand/v2.N
	yaml.Marshal() //? Marshal -> gopkg.in/yaml.v3.Marshal
	isatty.IsTerminal() //? isatty -> ? ;; IsTerminal -> ?
	embed.X() //? X -> ?
	_ = unsafe.Offsetof(y.z) //? Offsetof -> unsafe.Offsetof
	var t sys.Stat_t //? sys -> golang.org/x/sys/unix ;; Stat_t -> golang.org/x/sys/unix.Stat_t
	fmt := t
	fmt.Dev = 1 //? fmt -> -1 ;; Dev -> golang.org/x/sys/unix.Stat_t.Dev
}
"#,
    );
}

#[test]
fn imports_in_the_wrong_place_bind_nothing() {
    check(
        r#"package p
import "os"
var _ = os.Args //? os -> os
import "fmt"
var _ fmt.Stringer //? fmt -> ?
"#,
    );
    check("import \"os\"\nvar _ = os.Args //? os -> ?\n");
}

#[test]
fn names_of_a_dot_import() {
    check(
        r#"-- a.go --
package p
import . "syscall"
func f() {
	Syscall(SYS_READ, 0, 0, 0) //? Syscall -> syscall.Syscall ;; SYS_READ -> syscall.SYS_READ
	Own() //? Own -> m.org/p.Own
	own() //? own -> ?
	len() //? len -> len
}
-- b.go --
package p
func Own() {}
-- c.go --
package p
import ( . "a.org/a"; . "b.org/b" )
var x = Name //? Name -> ?
var y = Own //? Own -> m.org/p.Own
"#,
    );
}

#[test]
fn the_universe_can_be_shadowed() {
    check(
        r#"-- a.go --
package p
func f(string string) {
	_ = string //? string -> -1
	_ = true //? true -> true
	nil := 1
	_ = nil //? nil -> -1
	_ = new(int) //? new -> m.org/p.new ;; int -> int
	var e error //? error -> error
	_ = e
}
-- b.go --
package p
func new(int) {}
"#,
    );
}

#[test]
fn broken_code_resolves_where_it_parses() {
    check(
        r#"package p
func f(a int) {
	b := a + //? b -> 0 ;; a -> -1
	)
}
func g(c int) {
	x. = c //? c -> -1
	_ = T{c: c //? c#2 -> -2
	}
	d := c //? d -> 0 ;; c -> -4
}
type T []int
"#,
    );
}

#[test]
fn names_in_types_are_looked_up_only_where_they_can_be() {
    check(
        r#"package p
import "testing"
func f[T int](t *testing.T, x any) { //? T#2 -> testing.T ;; T -> 0
	_ = x.(*testing.T) //? T -> testing.T
	var y T //? T -> -2
	_ = y
}
"#,
    );
}

#[test]
fn keys_and_fields_of_c_structs_are_no_variables() {
    check(
        r#"package p
import "C"
type T struct { C.inner; middle }
type middle struct { deep }
type deep struct { x int }
func f(x int, t T) {
	_ = C.struct_point{x: 1} //? x -> ?
	_ = []C.struct_point{{x: 1}} //? x -> ?
	_ = t.x //? x -> ?
}
"#,
    );
}

#[test]
fn a_declaration_proves_a_guessed_import_name_wrong() {
    check(
        r#"package p
import "x.org/list"
import "k8s.io/api/core/v1"
var list T
type T struct{ n int }
func f() {
	_ = list.n //? list : m.org/p.T
	_ = v1.Pod //? Pod -> k8s.io/api/core/v1.Pod
}
"#,
    );
}

#[test]
fn blocks_behind_names_that_could_be_types_are_scopes() {
    check(
        r#"package p
type R struct { page int64; m []int; next *R }
func f(r R, p *func(), fd int) {
	off := r.page
	{
		off := fd //? off -> 0
		_ = off //? off -> -1
	}
	_ = off //? off -> -5
	var x int64 = r.page // it says

	{ _ = x } //? x -> -2 ;; x : int64
	y := r.m[fd]
	(*p)()
	_ = y //? y -> -2 ;; y : int
	if fd == pkg.C { _ = y } //? y -> -3
	{ _ = y } //? y -> -4
	for fd := range r.m[fd:] { _ = fd } //? fd#3 -> 0
	{ _ = fd } //? fd -> -16
	for _, e := range r.next.m { _ = e } //? e#2 -> 0
	{ e := 1; _ = e } //? e#2 -> 0
	for _, e := range r.m { _ = e } //? e#2 -> 0
	{ _ = e } //? e -> ?
	_ = new(func(q int) int { return q + off }(1)) //? q#2 -> 0 ;; off -> -20
}
"#,
    );
}
