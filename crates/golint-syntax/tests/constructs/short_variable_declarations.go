// Specification, "Short variable declarations".
package p

func f() {
	i, j := 0, 10
	f := func() int { return 7 }
	ch := make(chan int)
	r, w, _ := os.Pipe()
	_, y, _ := coord(p)
	x := a.b
	z := <-c
}
