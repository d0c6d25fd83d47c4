package order

import (
	"database/sql/driver"
	"log" // want "this module must not import \"log\"$"
	"log/slog"
	`net/url` // want `must not import "net/url"`
)
