// Specification, "Composite literals".
package p

var (
	a = Point3D{}
	b = Line{origin, Point3D{y: -4, z: 12.3}}
	c = &[]int{2, 3, 5, 7, 9}
	d = [...]Point{{1.5, -3.5}, {0, 0}}
	e = [][]int{{1, 2, 3}, {4, 5}}
	f = map[Point]string{{0, 0}: "orig", {1, 2}: "x"}
	g = [2]*Point{{1.5, -3.5}, {}}
	h = [128]bool{'a': true, 'e': true, 'i': true}
	i = map[string]float32{
		"C0": 16.35, "D0": 18.35,
	}
	j = p.T{a: 1, b: {2}, c: d}
	k = T[int]{}
	l = p.T[int, string]{{}, {{}}}
	m = struct{ x, y int }{1, 2}
	n = []struct{}{{}, {}}
	o = []func(){f, func() { g() }}
	q = []interface{}{1, "a", nil,}
	r = map[string][]p.T{"a": {{b: 1}}, "c": nil}
	s = [...]*p.T{1: {}, &p.T{}}
	t = T{}.x
	u = T{1}.f()[2]
	v = &T[int]{x: 1}
)
