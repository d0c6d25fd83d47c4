// Specification, "Index expressions".
package p

func f() {
	a[x], m["a"] = m["b"], a[i+1]
	_ = a[b][c].d[e]
	_ = a[b](c)
	_ = f()[0]
	_ = (a)[b]
	_ = "abc"[0]
	_ = []int{1, 2}[0]
	_ = a[b < c]
	_ = a[*p]
	_ = a[-1]
	_ = a[f(x)]
	v, ok := a[p.X]
	a[i]++
}
