//go:build !linux && !windows

package spool

import (
	"errors"
	"os"
)

func mapRecords(segment *os.File, size int) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

func flush(segment *os.File) error {
	return segment.Sync()
}

func unmap(views [][]byte) error {
	return nil
}
