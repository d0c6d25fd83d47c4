// Specification, "Semicolons".
package p

func f() {
	x := a.b
	{
		g()
	}
	y := m[k]
	(*p).g()
	z := f[int]
	(h)()
	i := (p.q)
	(h)()
	x++
	-y
	return
	x
}

func g() {
	a.
		b().
		c()
	_ = a +
		b
	f(
		a,
		b,
	)
	_ = T{
		a,
		b: c,
	}
}
