//go:build unix

package mappings

import "syscall"

const start = 512

type reader struct {
	page  int64
	pages []int64
	each  *func()
}

// A block behind a name that could be that of a type is a block: what is declared in front of it counts in it, and what is
// declared in it counts.

func behind(fd int, r reader) {
	start := r.page
	{
		syscall.Mmap(fd, start, 1, 1, 1)
	}
	{
		start := start &^ 7
		syscall.Mmap(fd, start, 1, 1, 1) // want "rounded to a multiple of 8,.*\[likely"
	}
	syscall.Mmap(fd, start, 1, 1, 1)
}

func more(fd int, r reader) {
	syscall.Mmap(fd, start, 1, 1, 1) // want "file offset 512 is no multiple of the page size"
	var start int64 = r.page         // of the file

	{
		syscall.Mmap(fd, start, 1, 1, 1)
		syscall.Mmap(fd, 512, 1, 1, 1) // want "file offset 512 is no multiple of the page size"
	}

	last := r.pages[fd]
	{
		syscall.Mmap(fd, 512, 1, 1, 1) // want "file offset 512 is no multiple of the page size"
	}
	first := r.pages[fd]
	(*r.each)()
	syscall.Mmap(fd, first+last, 1, 1, 1)
}

func headers(fd int, r reader) {
	if start == r.page {
		syscall.Mmap(fd, 512, 1, 1, 1) // want "file offset 512 is no multiple of the page size"
	}
	{
		syscall.Mmap(fd, start, 1, 1, 1) // want "file offset 512 is no multiple of the page size"
	}
	for _, start := range r.pages {
		syscall.Mmap(fd, start, 1, 1, 1)
	}
	{
		syscall.Mmap(fd, start, 1, 1, 1) // want "file offset 512 is no multiple of the page size"
	}
	for _, start := range r.pages[fd:] {
		syscall.Mmap(fd, start&^7, 1, 1, 1) // want "rounded to a multiple of 8,.*\[likely"
	}
	{
		syscall.Mmap(fd, start+256, 1, 1, 1) // want "file offset 768 is no multiple of the page size"
	}
}
