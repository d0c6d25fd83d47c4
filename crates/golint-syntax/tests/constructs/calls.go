// Specification, "Calls; Passing arguments to ... parameters".
package p

func f() {
	math.Atan2(x, y)
	pt.Scale(3.5)
	g(a, b)(c)(d...)
	h(
		a,
		b...,
	)
	f(a < b, c > (d))
	w(a*b, a&b, <-c, -d, !e, ^f)
	x(y.z())
	f[int](x)
	f[int, string](x, y)
	f[[]T](x)
	p.f[p.T, *U](x)(y)
	x.y[int](z).w[K, V]()
	f[int,](x)
	(f)(x)
	(func())(x)()
}
