package p

// The body moves the loop on: a copy at its start would be what is moved.

type counter struct {
	n     int
	cells [2]int
}

func (c *counter) step() { c.n++ }

func (c counter) isDone() bool { return c.n > 3 }

func partsField() {
	for c := (counter{}); c.n < 3; {
		go func() { use(c) }() // want "`c` is captured .*1.22"
		c.n++
	}
	for c := (counter{}); c.n < 3; {
		go func() { use(c) }() // want "`c` is captured .*1.22"
		c.n, c.cells[0] = c.n+1, 2
	}
	for c := (counter{}); c.n < 3; {
		func() { c.n++ }()
		go func() { use(c) }() // want "`c` is captured .*1.22"
	}
}

func partsElement() {
	for a := [2]int{}; a[0] < 3; {
		go func() { use(a) }() // want "`a` is captured .*1.22"
		a[0]++
	}
}

func partsMethod() {
	for c := (counter{}); !c.isDone(); {
		go func() { use(c) }() // want "`c` is captured .*1.22"
		c.step()
	}
	for c := (counter{}); !c.isDone(); {
		go func() { use(c) }() // want "`c` is captured .*\\[likely\\]"
		(&c).step()
	}
	for c := (counter{}); !c.isDone(); {
		step := c.step
		step()
		go func() { use(c) }() // want "`c` is captured .*\\[likely\\]"
	}
}

func partsPointer() {
	for i := 0; i < 3; {
		p := &i
		*p++
		go func() { use(i) }() // want "`i` is captured .*\\[likely\\]"
	}
	for c := (counter{}); c.n < 3; {
		var p = &c
		p.n++
		go func() { use(c) }() // want "`c` is captured .*\\[likely\\]"
	}
	for i := 0; i < 3; {
		p := &i
		advance(p)
		go func() { use(i) }() // want "`i` is captured .*\\[likely\\]"
	}
}

// Nothing moves these on.
func partsUnchanged() {
	for c := (counter{}); !c.isDone(); {
		go func() { use(c) }()
	}
	for i := 0; cond(); {
		p := &i
		use(*p)
		go func() { use(i) }()
	}
	for c := (counter{}); cond(); {
		p := &c
		q := p.n
		q++
		go func() { use(c, q) }()
	}
}

func advance(p *int) { *p++ }
