// Specification, "IncDec statements".
package p

func f() {
	x++
	x--
	a[i]++
	p.x--
	*p++
	(*p)--
	f().x++
}
