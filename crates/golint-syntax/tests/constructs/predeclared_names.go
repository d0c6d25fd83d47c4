// Specification, "Predeclared identifiers".
package p

type new struct{ nil, true int }

func make(new, iota int) (true, false bool) {
new:
	for {
		break new
	}
iota:
	goto iota
	make.x(new.y)
	_ = new{nil: 1}
	_ = []new{{}, {1, 2}}
	_ = new.T{}
	_ = &make.T{new: 1}
	make(new, 1)
	new(xs...)
	new(x, y, zs...)
	new(x, y)
	(make)([]int, 3)
	(new)(map[string]int)
	return nil.x, iota[0]
}
