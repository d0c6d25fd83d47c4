//! Type parameters, instances, and the inference of plain cases.

use super::check;

#[test]
fn type_parameters_are_objects_in_scope() {
    check(
        r#"package p
type List[T any] struct { head *node[T]; len int }
type node[T any] struct { v T; next *node[T] } //? T#2 -> 0
func (l *List[E]) First() E { return l.head.v } //? E#2 -> 0 ;; l.head.v : E ;; E -> 0
func (l *List[_]) Len() int { return l.len } //? l.len : int
func Map[T, U any](s []T, f func(T) U) []U { return nil } //? T -> 0 ;; U#2 -> 0
func f(l List[string], m *List[[]int]) {
	a := l.First() //? a : string
	b := m.head.next.v //? b : []int
	c := l.Len() //? c : int
	_, _, _ = a, b, c
}
type Number interface { ~int | ~float64 }
func Sum[N Number](xs ...N) (s N) { //? N -> 0 ;; s : N ;; xs : []N
	for _, x := range xs { s += x } //? x : N
	return
}
func g() {
	a := Sum(1, 2) //? a : int
	b := Sum[float64](1) //? b : float64
	c := Map([]string{"a"}, func(s string) bool { return true }) //? c : []bool
	d := Sum[int] //? d : func(xs ...int) (s int)
	e := Zero() //? e : ?
	k := Sum(1, 'a') //? k : rune
	l := Only(0) //? l : ?
	m := First(two()) //? m : string
	n := Sum([]float64{1}...) //? n : float64
	_ = n
	h := Pair[int, string]{1, "a"} //? h : m.org/p.Pair[int, string]
	i := h.b //? i : string
	_, _, _, _, _, _ = a, b, c, d, e, i
	_, _, _ = k, l, m
}
func Only[T byte](t T) T { return t }
func First[T any](t T, n int) T { return t }
func two() (string, int) { return "", 1 }
type Ptr[Ptr any] *Ptr //? Ptr -> m.org/p.Ptr ;; Ptr#2 -> 0
func Zero[T any]() (t T) { return }
type Pair[A, B any] struct { a A; b B }
type Same[A any] = Pair[A, A]
var s Same[int] //? s : m.org/p.Pair[int, int]
"#,
    );
}

#[test]
fn methods_of_constraints() {
    check(
        r#"package p
type Stringer interface { String() string }
func f[T Stringer](t T) {
	x := t.String() //? String -> m.org/p.Stringer.String ;; x : string
	_ = x
}
func g[T interface{ Get() int }](t T) {
	x := t.Get() //? x : int
	_ = x
}
"#,
    );
}
