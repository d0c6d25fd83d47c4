// Specification, "Allocation".
package p

var _ = []any{new(T), new(p.T), new(*T), new([]int), new([2]T), new(map[K]V), new(chan int), new(<-chan int), new(func(int) T), new(struct{ x int }), new(interface{ M() }), new(T[int]), new(p.T[K, V]), new((T)), new(T,)}
