// Specification, "Built-in functions (min, max and clear: Go 1.21)".
package p

func f() {
	s0 = append(s0, 2)
	s0 = append([]byte("hello "), "world"...)
	n = copy(a, b[2:])
	clear(m)
	close(c)
	c = complex(1, imag(x)) + real(y)
	delete(m, k)
	n = len(x) + cap(y) + len([3]int{})
	z = min(x, y, 1) + max(x) + max(1, 2.0)
	panic(fmt.Sprint("a"))
	print(a, b)
	println()
	x := recover()
	y := make([]T, 10, 100)
	y := make(chan int,)
	y := make(map[string]int, f(x))
	y := make(T)
	y := make(p.T[int], n)
	y := make(*p, 1)
	u = unsafe.Sizeof(struct{ x int }{}) + unsafe.Offsetof(s.f) + unsafe.Alignof(x)
	u = unsafe.Slice((*byte)(p), 3)
}
