package cases

import (
	"errors"
	"fmt"
)

var (
	Closed      = errors.New("closed") // want "the error `Closed` is not called like one \\[help: let its name begin with `err` or `Err`\\]"
	errno error                        // want "`errno`"
	a, errB     = errors.New("a"), fmt.Errorf("b") // want "`a`"
)

var (
	ErrOpen     = errors.New("open")
	errHidden   error
	_     error = ErrOpen
	count       = 1
	text        = "no error"
)

func local() error {
	var closed = errors.New("closed")
	return closed
}

type Timeout struct{} // want "the error type `Timeout` is not called like one.*\\[help: let its name end with `Error`\\] \\[line 29: this makes it an error\\]"

func (*Timeout) Error() string { return "" }

type TimeoutError struct{}

func (TimeoutError) Error() string { return "" }

type logger struct{}

func (logger) Error(text string) {}
func (logger) Errors() string    { return "" }
