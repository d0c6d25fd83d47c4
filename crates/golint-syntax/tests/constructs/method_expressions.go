// Specification, "Method expressions; Method values".
package p

var (
	a = T.Mv
	b = (T).Mv
	c = (*T).Mp
	d = (*p.T).Mp
	e = T[int].M
	f = (*T[int]).M
	g = (*p.T[K, V]).M(x, y)
	h = interface{ Mv(int) }.Mv
	i = interface{ String() string }.String(x)
	j = struct{ T }.M
	k = (struct{ *T }).M
	l = (*struct{ T }).M(x)
	m = (interface {
		I
	}).Sum
	n = t.Mv
	o = (func(T))(T.Mv)
)
