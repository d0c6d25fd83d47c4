// Specification, "Alias declarations (Go 1.24)".
package p

type Set[P comparable] = map[P]bool
type A[P any] = P
type B[P, Q any,] = struct{ p P; q Q }
type (
	C[P *int,] = Set[P]
	D[P interface{ ~int }] = []P
)
