// Specification, "Composite literals".
package p

func f() {
	if x == (T{a, b, c}[i]) {
	}
	if (x == T{a, b, c}[i]) {
	}
	if x == p.C {
		g()
	}
	if m[k] {
		g()
	}
	{
		g()
	}
	if f(T{1}) == m[p.T{}] {
	}
	for _, x := range []T{{1}, {2}} {
	}
	for range p.All {
		g()
	}
	{
		h()
	}
	for i := (T{}); i.x; i = (T{1}) {
	}
	for x := range map[K]V{{1}: {2}} {
	}
	switch (T{}) {
	}
	switch p.X {
	}
	{
	}
	switch x := (p.T{}); y := x.z.(type) {
	}
	if x == struct{ a int }{1} {
	}
	if x == [2]int{1, 2} || y == interface{}(z) {
	}
	if f := func() T { return T{} }; f() {
	}
	if func() bool { x := T{}; return x == y }() {
	}
	switch func() int { return 1 }() {
	}
}
