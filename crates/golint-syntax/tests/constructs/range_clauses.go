// Specification, "For statements with range clause (functions and integers: Go 1.22 and 1.23)".
package p

func f() {
	for i, _ := range a {
	}
	for i, s := range a[:] {
	}
	for i := range 10 {
	}
	for range 10 {
	}
	var key string
	for key, val = range m {
	}
	for w := range ch {
	}
	for range ch {
	}
	for a[i], p.x = range z {
	}
	for *p = range z {
	}
	for x := range f.Seq {
	}
	for x, y := range f(x)[int] {
	}
	for range f[int] {
	}
	for x := range func(yield func(int) bool) { yield(1) } {
	}
	for range func(yield func() bool) {} {
	}
	for _, x := range append([]T{}, y...) {
	}
	for x := range <-c {
	}
	for i := range len(x) - 1 {
	}
}
