package domain

import (
	"database/sql" // want "`internal/domain` must not import \"database/sql\" \\[help: go through internal/store\\]"
	"fmt"
	nethttp "net/http" // want "must not import \"net/http\""
	"strings"
)

import _ "net" // want "must not import \"net\""
