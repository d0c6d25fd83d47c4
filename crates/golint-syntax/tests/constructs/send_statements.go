// Specification, "Send statements".
package p

func f() {
	ch <- 3
	ch <- <-c
	a[i].c <- f(x)
	*p <- T{}
	ch <- struct{}{}
	f() <- func() {}
	ch <- a + b
}
