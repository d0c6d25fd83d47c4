// Specification, "Method declarations".
package p

func (p *Point) Length() float64 { return 0 }
func (p Point) Scale(factor float64) {}
func (T) a()
func (*T) b() (x int)
func (_ T) c() {}
func (t (T)) d() {}
func (t *(T)) e() {}
func (p Pair[A, B]) Swap() Pair[B, A] { return p }
func (p *Pair[First, _]) First() First { return p.first }
func (List[_]) f() {}
func (t T,) g() {}
