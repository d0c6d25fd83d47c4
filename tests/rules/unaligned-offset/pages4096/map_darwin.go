package mappings

import . "syscall"

func mapDarwin(fd int, x int64) {
	Mmap(fd, 512, 4096, PROT_READ, MAP_SHARED)  // want "file offset 512 is no multiple"
	Mmap(fd, x&^7, 4096, PROT_READ, MAP_SHARED) // want "rounded to a multiple of 8,.*\[likely"
	Mmap(fd, 4096, 4096, PROT_READ, MAP_SHARED)
}
