module declare

go 1.25
