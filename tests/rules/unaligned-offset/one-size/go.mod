module example.com/onesize

go 1.22
