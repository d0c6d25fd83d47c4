//! Types of declarations and expressions.

use super::check;

#[test]
fn declared_variables() {
    check(
        r#"package p
import ( "sync"; "testing" )
type T struct{}
var a, b int //? b : int
var c = T{} //? c : m.org/p.T
var d = &T{} //? d : *m.org/p.T
var e = new(T) //? e : *m.org/p.T
var f = make(map[string][]T) //? f : map[string][]m.org/p.T
var g = []byte("x") //? g : []byte
var h = 'x' //? h : rune
var i, j = 1, 2.5 //? i : int ;; j : float64
var k sync.WaitGroup //? k : sync.WaitGroup
func l(t *testing.T, v ...T) (r error) { //? t : *testing.T ;; v : []m.org/p.T ;; r : error
	x := v[0] //? x : m.org/p.T
	y := &x //? y : *m.org/p.T
	z := *y //? z : m.org/p.T
	w := func(a int) string { return "" } //? w : func(a int) string
	u := w(1) //? u : string
	var s [4]T //? s : [4]m.org/p.T
	_, _ = s[1:], s[0] //? s[1:] : []m.org/p.T ;; s[0] : m.org/p.T
	q := "a"[1:] //? q : string
	_, _, _ = z, u, q
	return
}
"#,
    );
}

#[test]
fn calls_and_several_results() {
    check(
        r#"package p
type T struct{ n int }
func (t *T) get() (int, error) { return t.n, nil }
func (t T) self() *T { return &t }
func (t *T) take(n int) {}
func pair() ([]int, int) { return nil, 1 }
func two() (a string, b []T) { return }
func f(m map[string]T, x any, c chan T) {
	a, b := two() //? a : string ;; b : []m.org/p.T
	n, err := b[0].get() //? n : int ;; err : error
	t := b[0].self().self() //? t : *m.org/p.T
	v, ok := m["a"] //? v : m.org/p.T ;; ok : bool
	w, ok := x.(*T) //? w : *m.org/p.T
	u, ok := <-c //? u : m.org/p.T
	g := t.get //? g : func() (int, error)
	h := (*T).get //? h : func(*m.org/p.T) (int, error)
	k := append(pair()) //? k : []int
	l := (*T).take //? l : func(t *m.org/p.T, n int)
	two() //? two() : (string, []m.org/p.T)
	func() {}() //? func() {}() : ()
	r := func() T { return v }().self() //? r : *m.org/p.T
	_, _, _, _, _, _, _, _, _, _, _, _ = a, n, err, ok, w, u, g, h, t, r, k, l
}
"#,
    );
}

#[test]
fn ranges() {
    check(
        r#"package p
type L []string
type S string
func seq(yield func(string, int) bool) {}
func f(m map[string]bool, c <-chan L, l L, p *[3]S, s S, n uint8) {
	for k, v := range m { _, _ = k, v } //? k : string ;; v : bool
	for x := range c { _ = x } //? x : m.org/p.L
	for i, x := range l { _, _ = i, x } //? i : int ;; x : string
	for i, x := range p { _, _ = i, x } //? i : int ;; x : m.org/p.S
	for i, x := range s { _, _ = i, x } //? i : int ;; x : rune
	for i := range n { _ = i } //? i : uint8
	for i := range 10 { _ = i } //? i : int
	for a, b := range seq { _, _ = a, b } //? a : string ;; b : int
	for i := 0; i < 3; i++ { _ = i } //? i : int
}
"#,
    );
}

#[test]
fn type_switches_have_one_variable_for_each_clause() {
    check(
        r#"package p
func f(x any) {
	switch y := x.(type) {
	case int:
		_ = y //? y : int
	case []string:
		_ = y //? y : []string
	case error, string:
		_ = y //? y : any
	case nil:
		_ = y //? y : any
	default:
		_ = y //? y : any
	}
}
"#,
    );
}

#[test]
fn operators() {
    check(
        r#"package p
type D int64
const c D = 5
func f(d D, n uint, p *int, u unknown) {
	_ = d + 1 //? d + 1 : m.org/p.D
	_ = 2 * d //? 2 * d : m.org/p.D
	_ = 2 * c //? 2 * c : m.org/p.D
	_ = 1 << 3 //? 1 << 3 : untyped int
	_ = 1 << n //? 1 << n : ?
	_ = 1e3 >> 2 //? 1e3 >> 2 : untyped int
	_ = d << n //? d << n : m.org/p.D
	_ = d == 3 && n > 2 //? d == 3 && n > 2 : untyped bool
	_ = 'a' + 1 //? 'a' + 1 : untyped rune
	_ = 1 + 2.0 //? 1 + 2.0 : untyped float
	_ = -d //? -d : m.org/p.D
	_ = !(n == 1) //? !(n == 1) : untyped bool
	_ = *p + 1 //? *p + 1 : int
	_ = &p //? &p : **int
	_ = u.x + n //? u.x + n : uint
	_ = 1 + u.x //? 1 + u.x : ?
	x := d > 2 //? x : bool
	_ = x
	y := new(d > 2) //? y : *bool
	_ = y
}
"#,
    );
}

#[test]
fn conversions_in_every_shape_of_the_tree() {
    check(
        r#"package p
import "unsafe"
type T struct{ f func(int) string }
type N int
func f(p unsafe.Pointer, fs []func(int) T, t T, m map[N]func(int) N) {
	a := (*T)(p) //? a : *m.org/p.T
	b := *(*[]string)(p) //? b : []string
	c := **(**T)(p) //? c : m.org/p.T
	d := N(3) //? d : m.org/p.N
	e := fs[d](1) //? e : m.org/p.T
	g := (func())(nil) //? g : func()
	h := interface{}(a) //? h : interface{}
	i := uintptr(p) + 8 //? i : uintptr
	j := unsafe.Add(p, 8) //? j : unsafe.Pointer
	k := unsafe.Pointer(i) //? k : unsafe.Pointer
	l := unsafe.Slice((*byte)(p), 3) //? l : []byte
	n := m[1](2) //? n : m.org/p.N
	o := *(*unsafe.Pointer)(p) //? o : unsafe.Pointer
	q := (*(*[4]T)(p))[0] //? q : m.org/p.T
	r := &(*(*T)(p)).f //? r : *func(int) string
	_, _, _, _, _, _, _, _, _, _, _ = b, c, e, g, h, j, k, l, n, o, q
	_ = r
}
"#,
    );
}

#[test]
fn literals_inside_of_literals() {
    check(
        r#"package p
type T struct{ a []U; m map[string]*U }
type U struct{ n int }
var x = T{a: []U{{1}}, m: map[string]*U{"k": {2}}} //? {1} : m.org/p.U ;; {2} : *m.org/p.U
var y = [...]string{3: "a", "b"} //? y : [5]string
var z = struct{ a, b int }{1, 2} //? z : struct{a int; b int}
var w = []struct{ a int }{{1}} //? w : []struct{a int} ;; {1} : struct{a int}
"#,
    );
}

#[test]
fn aliases_are_looked_through() {
    check(
        r#"package p
import "net/http"
type T struct{}
type A = T
type B = *A
type H = http.Handler
var a A //? a : m.org/p.T
var b B //? b : *m.org/p.T
var h H //? h : net/http.Handler
func f() {
	type L = []A
	var l L //? l : []m.org/p.T
	_ = l
}
"#,
    );
}

#[test]
fn every_kind_of_type_as_text() {
    check(
        r#"package p
import "io"
var a chan int //? a : chan int
var b <-chan int //? b : <-chan int
var c chan<- (chan int) //? c : chan<- chan int
var d chan<- <-chan int //? d : chan<- <-chan int
var d2 chan (<-chan int) //? d2 : chan (<-chan int)
var d3 chan<- chan int //? d3 : chan<- chan int
var e func(int, ...string) (int, error) //? e : func(int, ...string) (int, error)
var f func(a, b int, c ...any) (n int) //? f : func(a int, b int, c ...any) (n int)
var g interface{ M(x int) error; io.Reader } //? g : interface{M(x int) error; io.Reader}
var h struct{ io.Reader; *T; a int `t:"x"` } //? h : struct{io.Reader; *m.org/p.T; a int "t:\"x\""}
var i map[string]func() //? i : map[string]func()
var j [2][]*T //? j : [2][]*m.org/p.T
var k interface{} //? k : interface{}
var l any //? l : any
type T struct{}
"#,
    );
}

#[test]
fn results_of_well_known_functions() {
    check(
        r#"package p
import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
	"golang.org/x/sync/errgroup"
)
func f() {
	g, ctx := errgroup.WithContext(context.Background()) //? g : *golang.org/x/sync/errgroup.Group ;; ctx : context.Context
	ctx, cancel := context.WithTimeout(ctx, time.Second) //? cancel : context.CancelFunc
	m := http.NewServeMux() //? m : *net/http.ServeMux
	c := sync.NewCond(nil) //? c : *sync.Cond
	e := exec.Command("x") //? e : *os/exec.Cmd
	o, err := os.Open("x") //? o : *os.File ;; err : error
	t := time.NewTimer(1) //? t : *time.Timer
	x := <-t.C //? x : time.Time
	d := 3 * time.Second //? d : time.Duration
	h := http.HandlerFunc(nil) //? h : net/http.HandlerFunc
	u := http.Unheard() //? u : ?
	_, _, _, _, _, _, _, _, _, _, _, _ = g, cancel, m, c, e, o, err, x, d, h, u, ctx
}
"#,
    );
}

#[test]
fn parameter_lists_that_the_parser_takes_for_types() {
    check(
        r#"package p
var a int
func f(a, b, c, d, e, g, h, i, j, k, l, m int) { //? a : int ;; b : int ;; m : int
	_ = a //? a -> -1 ;; a : int
	_ = b //? b -> -2
}
type F func(a, b, c, d, e, g, h, i, j, k, l, m int) //? F : m.org/p.F
"#,
    );
}

#[test]
fn new_of_another_package_s_name_may_take_a_value() {
    check(
        r#"package p
import ("net/http"; "sync"; "syscall")
func f() {
	a := new(http.DefaultMaxHeaderBytes) //? a : ?
	b := new(sync.Pool) //? b : *sync.Pool
	_, _ = a, b
}
const all = ^syscall.Errno(0) //? all = ?
"#,
    );
}
