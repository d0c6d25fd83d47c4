// Specification, "Order of evaluation".
package p

var a, b, c = f() + v(), g(), sqr(u()) + v()

func f() {
	y[f()], ok = g(z || h(), i()+x[j()], <-c), k()
}
