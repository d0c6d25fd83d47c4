package offsets

type bySystemStruct struct {
	count uint64
	in    inner
}
