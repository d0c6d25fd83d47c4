// Specification, "Type parameter declarations; Type constraints".
package p

type A[P any] struct{ p P }
type B[S interface{ ~[]byte | string }] []S
type C[S ~[]E, E any] []S
type D[P Constraint[int]] P
type E[_ any] int
type F[P *T,] int
type G[P *T, Q any] int
type H[P interface{ *T }] int
type I[P *T | *U] int
type J[P *struct{}] int
type K[P *p.T,] int
type L[P []int] int
type M[P [2]int] int
type N[P func()] int
type O[P chan int] int
type P[Q map[int]int] int
type Q[P p.T] int
type R[P p.T[int]] int
type S[P T[P]] int
type T[P int | string] int
type U[P ~int] int
type V[P interface{}, Q, R any] int
type W[P *T[P],] int

func f[P any](x P) {}
func g[P *T]() {}
func h[P *T, Q ~[]P,](x Q) {}
func i[P interface{ *T | int; M() }]() {}
func j[P [2]int | ~string]() {}
