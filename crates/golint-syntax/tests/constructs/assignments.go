// Specification, "Assignment statements".
package p

func f() {
	x = 1
	*p = f()
	a[i] = 23
	(k) = <-ch
	a[i] <<= 2
	i &^= 1 << n
	x += 1
	x -= 1
	x *= 2
	x /= 2
	x %= 2
	x &= 2
	x |= 2
	x ^= 2
	x >>= 2
	x, y = f()
	one, two, three = '一', '二', '三'
	a, b = b, a
	_ = x
	x[1], x[2] = 4, 5
	p.x.y, *q.z = 1, T{}
	f = func() {}
}
