//go:build unix

package mappings

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Constant offsets.

const (
	pageSize   = 4096
	headerSize = 512
	twoPages   = pageSize * 2
)

func constant(fd int) {
	syscall.Mmap(fd, 512, 4096, syscall.PROT_READ, syscall.MAP_SHARED)                            // want "the file offset 512 is no multiple of the page size \(4096\): the kernel refuses the mapping with EINVAL \[on .*linux/amd64"
	syscall.Mmap(fd, 1, 4096, syscall.PROT_READ, syscall.MAP_SHARED)                              // want "file offset 1 is no multiple"
	syscall.Mmap(fd, headerSize, 4096, syscall.PROT_READ, syscall.MAP_SHARED)                     // want "file offset 512 is no multiple"
	syscall.Mmap(fd, pageSize+8, 4096, syscall.PROT_READ, syscall.MAP_SHARED)                     // want "file offset 4104 is no multiple"
	syscall.Mmap(fd, 6144, 4096, syscall.PROT_READ, syscall.MAP_SHARED)                           // want "file offset 6144 is no multiple"
	syscall.Mmap(fd, int64(100), 1, syscall.PROT_READ, syscall.MAP_SHARED)                        // want "file offset 100 is no multiple"
	syscall.Mmap(fd, -8, 4096, syscall.PROT_READ, syscall.MAP_SHARED)                             // want "file offset -8 is no multiple"
	syscall.Mmap(fd, (0x1010), 4096, syscall.PROT_READ, syscall.MAP_SHARED)                       // want "file offset 4112 is no multiple"
	(syscall.Mmap)(fd, 1<<11, 4096, syscall.PROT_READ, syscall.MAP_SHARED)                        // want "file offset 2048 is no multiple"
	unix.Mmap(fd, 512, 4096, unix.PROT_READ, unix.MAP_SHARED)                                     // want "file offset 512 is no multiple"
	unix.MmapPtr(fd, 512, nil, 4096, unix.PROT_READ, unix.MAP_SHARED)                             // want "file offset 512 is no multiple"
	syscall.Mmap(-1, 8, 4096, syscall.PROT_READ, syscall.MAP_ANON)                                // want "file offset 8 is no multiple"
	unix.Mmap(-1, 100, 4096, unix.PROT_READ, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS)                 // want "file offset 100 is no multiple"
	syscall.Mmap(fd, int64(unsafe.Sizeof(header{})), 4096, syscall.PROT_READ, syscall.MAP_SHARED) // want "file offset 16 is no multiple"
	go syscall.Mmap(fd, 24, 4096, syscall.PROT_READ, syscall.MAP_SHARED)                          // want "file offset 24 is no multiple"

	syscall.Mmap(fd, 0, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	syscall.Mmap(fd, 4096, 100, syscall.PROT_READ, syscall.MAP_SHARED)
	syscall.Mmap(fd, pageSize, 1, syscall.PROT_READ, syscall.MAP_SHARED)
	syscall.Mmap(fd, twoPages, 1, syscall.PROT_READ, syscall.MAP_SHARED)
	syscall.Mmap(fd, 1<<20, 3, syscall.PROT_READ, syscall.MAP_SHARED)
	syscall.Mmap(fd, -4096, 3, syscall.PROT_READ, syscall.MAP_SHARED)
	unix.MmapPtr(fd, 8192, nil, 7, unix.PROT_READ, unix.MAP_SHARED)
	unix.Mmap(-1, 0, 100, unix.PROT_READ, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS)
}

type header struct{ magic, size uint64 }

func multiline(fd int) {
	syscall.Mmap(
		fd,
		512, // want "file offset 512 is no multiple"
		4096,
		syscall.PROT_READ,
		syscall.MAP_SHARED,
	)
}

func locals(fd int) {
	offset := int64(512)
	syscall.Mmap(fd, offset, 4096, syscall.PROT_READ, syscall.MAP_SHARED) // want "file offset 512 is no multiple"

	var start int = 96
	syscall.Mmap(fd, int64(start), 4096, syscall.PROT_READ, syscall.MAP_SHARED) // want "file offset 96 is no multiple"

	sum := int64(4096)
	sum += 16
	syscall.Mmap(fd, sum, 4096, syscall.PROT_READ, syscall.MAP_SHARED) // want "file offset 4112 is no multiple"

	page := int64(4096)
	syscall.Mmap(fd, page*2, 4096, syscall.PROT_READ, syscall.MAP_SHARED)

	var zero int64
	syscall.Mmap(fd, zero, 4096, syscall.PROT_READ, syscall.MAP_SHARED)

	for offset := int64(0); offset < 1<<20; offset += 4096 {
		syscall.Mmap(fd, offset, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	}

	moving := int64(512)
	for moving < 1<<20 {
		moving *= 2
		syscall.Mmap(fd, moving, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	}
}

// Other functions of the same name, and other arguments.

type mapper struct{}

func (mapper) Mmap(fd int, offset int64, length int, prot int, flags int) ([]byte, error) {
	return nil, nil
}

func others(fd int, m mapper) {
	m.Mmap(fd, 512, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	var unix mapper
	unix.Mmap(fd, 512, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	syscall.Mmap(fd, 0, 512, syscall.PROT_READ, syscall.MAP_SHARED)
	syscall.Seek(fd, 512, 0)
}

func spread(arguments func() (int, int64, int, int, int)) {
	syscall.Mmap(arguments())
}
