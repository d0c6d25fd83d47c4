// Specification, "Type switches".
package p

func f() {
	switch x.(type) {
	}
	switch i := x.(type) {
	case nil:
		g("x is nil")
	case int, *p.T:
		g(i)
	case func(int) float64, []int, map[K]V, [2]int:
	case chan int, <-chan int, interface{}, struct{ a int }:
	case p.T[int], T[K, V], *T[int]:
	case error, interface{ M() }:
		{
		}
	default:
	}
	switch y := f(x)[0].z.(type) {
	}
	switch x := 5; y := (x).(type) {
	}
	switch f(); x.(type) {
	case (T):
	}
}
