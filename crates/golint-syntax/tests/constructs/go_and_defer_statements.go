// Specification, "Go statements; Defer statements".
package p

func f() {
	go Server()
	go func(ch chan<- bool) {
		for {
			sleep(10)
			ch <- true
		}
	}(c)
	defer unlock(l)
	defer func() {
		recover()
	}()
	go x.y[int](z)
	defer p.f[T]()
	defer (f)(x)
	go f(x)(y)
}
