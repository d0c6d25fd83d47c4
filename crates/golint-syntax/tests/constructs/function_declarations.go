// Specification, "Function declarations".
package p

func IndexRune(s string, r rune) int {
	for i, c := range s {
		if c == r {
			return i
		}
	}
	return -1
}

func min[T ~int | ~float64](x, y T) T {
	return x
}

func flushICache(begin, end uintptr)
func _()
func f(int, ...string) (_ *T, err error)
func g(a, b int, c ...[]T) func() (int, error) { return nil }
func h(x (int), y [](int)) (p.T) {}
func i() *T { return nil }
func j() []p.T { return nil }
func k() struct{ x int } { return y }
func l() interface{ M() } { return y }
func m() (<-chan int) { return y }
