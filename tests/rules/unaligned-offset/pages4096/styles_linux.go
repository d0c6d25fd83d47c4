package mappings

import (
	"errors"
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Files of databases, rings of the kernel, devices, as they are mapped.

const (
	ringHeader    = 64
	sector        = 512
	huge          = 2 << 20
	offSqRing     = 0
	offCqRing     = 0x8000000
	offSqes       = 0x10000000
	pageShift     = 12
	pageMask      = 1<<pageShift - 1
	sectorMask    = sector - 1
	misalignedSqe = 0x10000040
)

type store struct {
	file     *os.File
	pageSize int
	base     int64
	blocks   []int64
}

// --- right ---

func (s *store) mapPage(id int64) ([]byte, error) {
	return syscall.Mmap(int(s.file.Fd()), id*int64(s.pageSize), s.pageSize, syscall.PROT_READ, syscall.MAP_SHARED)
}

func (s *store) mapRange(off int64, length int) ([]byte, error) {
	page := int64(os.Getpagesize())
	start := off / page * page
	data, err := unix.Mmap(int(s.file.Fd()), start, length+int(off-start), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil, errors.New("mmap")
	}
	return data[off-start:], nil
}

func ringMaps(fd int) {
	unix.Mmap(fd, offSqRing, 4096, 3, 1)
	unix.Mmap(fd, offCqRing, 4096, 3, 1)
	unix.Mmap(fd, offSqes, 4096, 3, 1)
}

func (s *store) near(fd int, x int64, n int, u uint32) {
	syscall.Mmap(fd, x&^pageMask, n, 1, 1)
	syscall.Mmap(fd, x>>pageShift<<pageShift, n, 1, 1)
	syscall.Mmap(fd, (x+pageMask)&^pageMask, n, 1, 1)
	syscall.Mmap(fd, s.base+x&^pageMask, n, 1, 1)
	syscall.Mmap(fd, s.blocks[n], n, 1, 1)
	syscall.Mmap(fd, s.blocks[n]*sector, n, 1, 1)
	syscall.Mmap(fd, int64(u)<<9, n, 1, 1)
	syscall.Mmap(fd, x/huge*huge, n, 1, 1)
	syscall.Mmap(fd, int64(n)*int64(s.pageSize)&^sectorMask, n, 1, 1)
	syscall.Mmap(fd, s.aligned(x), n, 1, 1)
	syscall.Mmap(fd, max(x&^sectorMask, 0), n, 1, 1)
	block := x &^ sectorMask
	block -= block % int64(os.Getpagesize())
	syscall.Mmap(fd, block, n, 1, 1)
	for off := x &^ sectorMask; off < 1<<30; off += int64(n) {
		syscall.Mmap(fd, off, n, 1, 1)
	}
	syscall.Mmap(fd, (x&^sectorMask)*8, n, 1, 1)
}

func (s *store) aligned(x int64) int64 { return x &^ int64(s.pageSize-1) }

// --- wrong ---

func (s *store) mapHeader() ([]byte, error) {
	return syscall.Mmap(int(s.file.Fd()), ringHeader, 4096, syscall.PROT_READ, syscall.MAP_SHARED) // want "file offset 64 is no multiple"
}

func (s *store) wrong(fd int, x int64, n int, u uint32) error {
	syscall.Mmap(fd, x&^sectorMask, n, 1, 1)                           // want "rounded to a multiple of 512,.*\[likely"
	syscall.Mmap(fd, x/sector*sector, n, 1, 1)                         // want "rounded to a multiple of 512,.*\[likely"
	syscall.Mmap(fd, x-x%int64(unsafe.Sizeof(*s)), n, 1, 1)            // want "rounded to a multiple of 28,.*\[likely" "rounded to a multiple of 48,.*\[likely"
	unix.Mmap(fd, misalignedSqe, 4096, 3, 1)                           // want "file offset 268435520 is no multiple"
	unix.Mmap(fd, offSqes+ringHeader, 4096, 3, 1)                      // want "file offset 268435520 is no multiple"
	unix.Mmap(fd, pageMask, 4096, 3, 1)                                // want "file offset 4095 is no multiple"
	syscall.Mmap(fd, int64(u&^7), n, 1, 1)                             // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, s.base&^15, n, 1, 1)                              // want "rounded to a multiple of 16,.*\[likely"
	syscall.Mmap(fd, s.blocks[n]/8*8, n, 1, 1)                         // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, ringHeader+x&^pageMask, n, 1, 1)                  // want "64 more than a multiple of 4096,.*\[likely"
	syscall.Mmap(fd, int64(n+7)&^7, n, 1, 1)                           // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, (x&^pageMask+sectorMask)&^sectorMask, n, 1, 1)
	_, err := unix.Mmap(-1, sector, huge, unix.PROT_READ, unix.MAP_ANON|unix.MAP_PRIVATE) // want "file offset 512 is no multiple"
	start := x & ^int64(sectorMask)
	if _, err := syscall.Mmap(fd, start, n, 1, 1); err != nil { // want "rounded to a multiple of 512,.*\[likely"
		return err
	}
	defer syscall.Mmap(fd, 1<<pageShift>>1, n, 1, 1) // want "file offset 2048 is no multiple"
	return err
}

// --- pointers ---

type packed struct {
	kind uint16
	size uint32
	body [20]byte
}

type node struct {
	left, right *node
	key         uint32
	flags       uint16
	depth       uint16
}

func moved(p *packed, n *node, words *[4]uint64, half *uint16) {
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(p), 2)) // want "`uint32` must stand at a multiple of 4, but this is 2 bytes from a `packed`.*\[likely"
	_ = (**node)(unsafe.Add(unsafe.Pointer(n), unsafe.Offsetof(n.depth))) // want "`\*node` must stand at a multiple of .*misaligned pointer"
	_ = (*uint64)(unsafe.Pointer(uintptr(unsafe.Pointer(words)) + 4)) // want "`uint64` must stand .*\[likely\] \[on "
	_ = (*[]byte)(unsafe.Add(unsafe.Pointer(words), 1))                // want "`\[\]byte` must stand"
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(half), 1))                 // want "`uint32` must stand .*\[likely"
	// Right, or nobody knows.
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(p.size)))
	_ = (*uint64)(unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(p.body)))
	_ = (*uint32)(unsafe.Add(unsafe.Pointer(half), 2))
	_ = (*[20]byte)(unsafe.Add(unsafe.Pointer(p), 3))
	_ = (*uint64)(unsafe.Add(unsafe.Pointer(&p.body[0]), 4))
	_ = (**node)(unsafe.Add(unsafe.Pointer(n), unsafe.Sizeof(uintptr(0))))
	_ = (*uint16)(unsafe.Add(unsafe.Pointer(n), unsafe.Offsetof(n.flags)))
	_ = (*uint64)(unsafe.Add(unsafe.Pointer(words), int(p.size)))
}
