// Specification, "Function literals".
package p

var f = func(a, b int, z float64) bool { return a*b < int(z) }

func g() {
	func(ch chan int) { ch <- ack }(replyChan)
	go func() {}()
	x := func() (int) { return 1 }
	y := func() *T { return nil }
	z := func() p.T[int] { return q }
	a := func() func() int { return func() int { return 1 } }
	b := func(...int) (n int, err error) { return }()
	c := func() struct{} { return struct{}{} }()
	d := func() interface{ M() } { return nil }
}
