package cases

import "errors"

var (
	EOpen   = errors.New("open")
	ErrShut = errors.New("shut") // want "`ErrShut` .* begin with `E`"
)

type ReadFailure struct{}

func (ReadFailure) Error() string { return "" }
