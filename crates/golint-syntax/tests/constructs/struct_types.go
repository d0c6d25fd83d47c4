// Specification, "Struct types".
package p

type A struct{}

type B struct {
	x, y int
	u    float32
	_    float32 // padding
	A    *[]int
	F    func()
}

type C struct {
	T1
	*T2
	P.T3
	*P.T4
	x, y int
}

type D struct {
	T[int]
	*T[K, V]
	p.T[int]
	*p.T[map[K]V]
	a [5]int
	b [N]int
	c [N * 2]T
	d []int
}

type E struct {
	x, y float64 ""
	name string  "any string is permitted as a tag"
	_    [4]byte `json:"ceci n'est pas"`
	T            `raw`
	*p.U         "tag"
	f    struct{ g struct{ h int } } `x`
}
