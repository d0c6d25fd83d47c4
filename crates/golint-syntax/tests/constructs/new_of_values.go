// Specification, "Allocation (values: Go 1.26)".
package p

var _ = []any{
	new(42), new("a"), new(`b`), new('c'), new(1.5), new(2i), new(true), new(nil),
	new(f(x)), new(p.f(x)), new(int64(3)), new(time.Now()), new(new(1)),
	new(-x), new(&x), new(!b), new(<-c), new(x+1), new(x*y), new(x == y),
	new(a[1]), new(a[1:]), new(x.(T)), new((3)), new((f(x))),
	new(T{1}), new(p.T{a: 1}), new([]int{1}), new(T{}.x), new(struct{ x int }{1}),
	new(func() int { return 1 }()), new(func() {}), new([]byte("a")), new(*p.f()),
	new(3,),
}
