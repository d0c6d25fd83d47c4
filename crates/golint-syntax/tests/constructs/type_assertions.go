// Specification, "Type assertions".
package p

func f() {
	v, ok := x.(T)
	_ = x.(*T).y
	_ = x.(p.T[int])
	_ = x.([]int)[0]
	_ = x.(func(int) string)(1)
	_ = x.(interface{ M() }).M()
	_ = x.(map[K]V)
	_ = x.(<-chan int)
	_ = x.(struct{ a int }).a
	var _, _ = x.((T))
}
