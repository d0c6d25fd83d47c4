// Specification, "Operators".
package p

var (
	a = +1 - -1
	b = 23 + 3*x[i]
	c = x <= f()
	d = ^a >> b
	e = f() || g()
	g = x == y+1 && <-chanInt > 0
	h = a * b / c % d << e >> f & g &^ h
	i = a + b - c | d ^ e
	j = a == b != c < d <= e > f >= g
	k = a && b || c && d
	l = -a * +b
	m = !a && !(b || c)
	n = ^-+!a
	o = a - -b + + +c
	p = 1 << 3.0
	q = a &^ b &^ c
	r = a&b == c
)
