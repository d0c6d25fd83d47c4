package domains

import (
	"database/sql"
	"net/http"
	"network/x"
)
