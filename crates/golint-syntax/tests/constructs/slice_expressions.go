// Specification, "Simple slice expressions; Full slice expressions".
package p

var _ = []T{a[1:4], a[2:], a[:3], a[:], a[:2:3], a[1:2:3], a[i+1 : len(a)], f()[1:], "abc"[x:y], a[b[c]:d], (*p)[:]}
