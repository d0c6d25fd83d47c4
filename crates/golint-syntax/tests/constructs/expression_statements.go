// Specification, "Expression statements".
package p

func f() {
	h(x + y)
	f.Close()
	<-ch
	(<-ch)
	func() {}()
	(f)()
	a.b[c](d)
	p.f[int]()
}
