module exports

go 1.25
