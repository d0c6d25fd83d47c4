module example.com/undeferred-unlock

go 1.22
