module example.com/replacement

go 1.22
