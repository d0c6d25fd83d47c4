// Specification, "Method declarations (Go 1.27)".
package p

func (t T) Map[P any](f func(T) P) P { return f(t) }
func (s *Set[K]) Fold[A, B any, C ~[]A | ~string](a A, f func(A, K) (B, error)) (c C, err error) { return }
func (T) a[P interface{ ~int }]()
func (T) b[P *Q](x P) {}
func (T) c[P *Q,](x P) {}
func (T) d[P Q[P]](x P) (y P)

func f() {
	x.Map[int](g).Map(h)
	_ = T.Map[string]
	_ = (*Set[int]).Fold[int, int, string]
}
