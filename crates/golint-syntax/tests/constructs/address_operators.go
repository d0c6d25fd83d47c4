// Specification, "Address operators; Receive operator".
package p

func f() {
	a = &x
	b = &a[f(2)]
	c = &Point{2, 3}
	d = *p
	e = *pf(x)
	g = **x
	*p = *q
	*(*int)(x) = 1
	h = *(*[8]byte)(x)
	i = (*(*[]byte)(unsafe.Pointer(&s)))[0]
	j = *p.q.r
	v1 := <-ch
	v2 = <-ch
	f(<-ch)
	<-strobe
	x, ok = <-ch
	var y, z = <-<-ch, -<-ch
	(<-c)()
	*p++
	*p.q = 1
}
