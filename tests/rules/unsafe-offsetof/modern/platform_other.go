//go:build !linux

package offsets

type bySystemStruct struct {
	in    inner
	count uint64
}
