//go:build unix

package mappings

import (
	"os"
	"syscall"

	xunix "golang.org/x/sys/unix"
)

// Offsets that the code rounds.

func rounded(fd int, x int64, n int) {
	syscall.Mmap(fd, x/8*8, 4096, 1, 1)                    // want "the file offset is rounded to a multiple of 8, which need not be one of the page size \(4096\): the kernel refuses other offsets with EINVAL \[likely\]"
	syscall.Mmap(fd, x&^7, 4096, 1, 1)                     // want "rounded to a multiple of 8.*\[likely\]"
	syscall.Mmap(fd, x&-8, 4096, 1, 1)                     // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, x&^(headerSize-1), 4096, 1, 1)        // want "rounded to a multiple of 512,.*\[likely"
	syscall.Mmap(fd, x-x%8, 4096, 1, 1)                    // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, x>>3<<3, 4096, 1, 1)                  // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, x/6144*6144, 4096, 1, 1)              // want "rounded to a multiple of 6144,.*\[likely"
	syscall.Mmap(fd, (x+7)/8*8, 4096, 1, 1)                // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, (x+511)&^511, 4096, 1, 1)             // want "rounded to a multiple of 512,.*\[likely"
	syscall.Mmap(fd, x+8-x%8, 4096, 1, 1)                  // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, x+(8-x%8), 4096, 1, 1)                // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, x+(16-x%16)%16, 4096, 1, 1)           // want "rounded to a multiple of 16,.*\[likely"
	syscall.Mmap(fd, x-x&511, 4096, 1, 1)                  // want "rounded to a multiple of 512,.*\[likely"
	syscall.Mmap(fd, 8*(x/8), 4096, 1, 1)                  // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, int64(n/8)*8, 4096, 1, 1)             // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, int64(n/8*8), 4096, 1, 1)             // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, int64(uint32(n)&0xfffffff0), 1, 1, 1) // want "rounded to a multiple of 16,.*\[likely"
	syscall.Mmap(fd, x&^7+4096, 4096, 1, 1)                // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, x&^4095+16, 4096, 1, 1)               // want "16 more than a multiple of 4096.*\[likely"
	syscall.Mmap(fd, 4*(x&^1023+1024)/4, 4096, 1, 1)
	syscall.Mmap(fd, x&^1023*2, 4096, 1, 1)       // want "rounded to a multiple of 2048,.*\[likely"
	xunix.Mmap(fd, x&^(1<<9-1), 4096, 1, 1)       // want "rounded to a multiple of 512,.*\[likely"
	xunix.MmapPtr(fd, x/512*512, nil, 4096, 1, 1) // want "rounded to a multiple of 512,.*\[likely"

	syscall.Mmap(fd, x/4096*4096, 4096, 1, 1)
	syscall.Mmap(fd, x/8192*8192, 4096, 1, 1)
	syscall.Mmap(fd, x&^4095, 4096, 1, 1)
	syscall.Mmap(fd, x&-4096, 4096, 1, 1)
	syscall.Mmap(fd, x&^(pageSize-1), 4096, 1, 1)
	syscall.Mmap(fd, x&0x7ffff000, 4096, 1, 1)
	syscall.Mmap(fd, x-x%4096, 4096, 1, 1)
	syscall.Mmap(fd, x>>12<<12, 4096, 1, 1)
	syscall.Mmap(fd, (x+4095)&^4095, 4096, 1, 1)
	syscall.Mmap(fd, (x+4095)/4096*4096, 4096, 1, 1)
	syscall.Mmap(fd, x/12288*12288, 4096, 1, 1)

	// Nothing is rounded, or nobody can see to what.
	syscall.Mmap(fd, x, 4096, 1, 1)
	syscall.Mmap(fd, x+8, 4096, 1, 1)
	syscall.Mmap(fd, x*8, 4096, 1, 1)
	syscall.Mmap(fd, x*512, 4096, 1, 1)
	syscall.Mmap(fd, x<<9, 4096, 1, 1)
	syscall.Mmap(fd, x/8, 4096, 1, 1)
	syscall.Mmap(fd, x/16*8, 4096, 1, 1)
	syscall.Mmap(fd, x>>3<<9, 4096, 1, 1)
	syscall.Mmap(fd, x&0xff0, 4096, 1, 1)
	syscall.Mmap(fd, x&^0xf0, 4096, 1, 1)
	syscall.Mmap(fd, x%8, 4096, 1, 1)
	syscall.Mmap(fd, x/8*8+int64(n), 4096, 1, 1)
	syscall.Mmap(fd, int64(os.Getpagesize()), 4096, 1, 1)
	syscall.Mmap(fd, x-x%int64(os.Getpagesize()), 4096, 1, 1)
	syscall.Mmap(fd, x&^int64(os.Getpagesize()-1), 4096, 1, 1)
	syscall.Mmap(fd, (x/8*8)*512, 4096, 1, 1)
	syscall.Mmap(fd, x-int64(n)%8, 4096, 1, 1)
	syscall.Mmap(fd, alignDown(x, 8), 4096, 1, 1)
}

func alignDown(x, to int64) int64 { return x / to * to }

// A float that is divided and multiplied is not rounded.
func float(fd int, f float64) {
	syscall.Mmap(fd, int64(f/8*8), 4096, 1, 1)
}

// What is rounded is a multiple of a page already.
func known(fd int, pages int64) {
	offset := pages * 4096
	syscall.Mmap(fd, offset/8*8, 4096, 1, 1)
	syscall.Mmap(fd, offset&^511, 4096, 1, 1)
	syscall.Mmap(fd, (offset+7)/8*8, 4096, 1, 1)
	syscall.Mmap(fd, (pages<<12)&^7, 4096, 1, 1)
	syscall.Mmap(fd, (pages*8192-4096)&-8, 4096, 1, 1)
	syscall.Mmap(fd, (pages*512)&^7, 4096, 1, 1)
	syscall.Mmap(fd, (pages*4)&^7, 4096, 1, 1) // want "rounded to a multiple of 8,.*\[likely"
}

func throughLocals(fd int, x int64, block uint32) {
	offset := x &^ 511
	syscall.Mmap(fd, offset, 4096, 1, 1) // want "rounded to a multiple of 512,.*\[likely"

	blocks := x / 512
	start := blocks * 512
	syscall.Mmap(fd, start, 4096, 1, 1) // want "rounded to a multiple of 512,.*\[likely"

	var rest = x % 64
	syscall.Mmap(fd, x-rest, 4096, 1, 1) // want "rounded to a multiple of 64,.*\[likely"

	const align = 16
	aligned := int64((block + align - 1) / align * align)
	syscall.Mmap(fd, aligned, 4096, 1, 1) // want "rounded to a multiple of 16,.*\[likely"

	mask := int64(7)
	syscall.Mmap(fd, x&^mask, 4096, 1, 1) // want "rounded to a multiple of 8,.*\[likely"

	later := x &^ 511
	later &^= 4095
	syscall.Mmap(fd, later, 4096, 1, 1)

	either := x &^ 511
	if block > 0 {
		either = 0
	}
	syscall.Mmap(fd, either, 4096, 1, 1)

	page := int64(os.Getpagesize())
	syscall.Mmap(fd, x/page*page, 4096, 1, 1)

	sectors := x / 512
	syscall.Mmap(fd, sectors*4096, 4096, 1, 1)
}

func parameter(fd int, align int64, x int64) {
	syscall.Mmap(fd, x/align*align, 4096, 1, 1)
	syscall.Mmap(fd, x&^(align-1), 4096, 1, 1)
}

type region struct{ offset, length int64 }

func field(fd int, r *region) {
	syscall.Mmap(fd, r.offset-r.offset%8, 4096, 1, 1) // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, r.offset-r.length%8, 4096, 1, 1)
	syscall.Mmap(fd, r.offset, 4096, 1, 1)
}

// Multiples of the page size, whatever it is.
func pages(fd int, n, x int64, m *mapped) {
	page := int64(os.Getpagesize())
	syscall.Mmap(fd, (n*page)&^7, 4096, 1, 1)
	syscall.Mmap(fd, (n/page*page)/8*8, 4096, 1, 1)
	syscall.Mmap(fd, (x-x%page)&^511, 4096, 1, 1)
	syscall.Mmap(fd, (x&^(page-1))/8*8, 4096, 1, 1)
	syscall.Mmap(fd, (x & ^(page - 1))/8*8, 4096, 1, 1)
	syscall.Mmap(fd, (x&-page)/8*8, 4096, 1, 1)
	syscall.Mmap(fd, ((x+page-1)&^(page-1))/8*8, 4096, 1, 1)
	syscall.Mmap(fd, (x+(page-x%page)%page)/8*8, 4096, 1, 1)
	syscall.Mmap(fd, (n*int64(syscall.Getpagesize()))&-16, 4096, 1, 1)
	syscall.Mmap(fd, (n*int64(xunix.Getpagesize()))>>3<<3, 4096, 1, 1)
	syscall.Mmap(fd, (n*2*page+page)&^7, 4096, 1, 1)
	syscall.Mmap(fd, n*page+(x&^4095)/8*8, 4096, 1, 1)

	const pages = 3
	size := os.Getpagesize()
	start := n * int64(size*pages)
	syscall.Mmap(fd, start/8*8, 4096, 1, 1)
	syscall.Mmap(fd, n*ownPageSize&^7, 4096, 1, 1)
	syscall.Mmap(fd, n*m.pageSize&^7, 4096, 1, 1)
	syscall.Mmap(fd, int64(m.os_page_size)*n/8*8, 4096, 1, 1)

	syscall.Mmap(fd, n*page+x&^7, 4096, 1, 1)      // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, (n*page+x)&^7, 4096, 1, 1)    // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, x-x%page+16, 4096, 1, 1)      // want "16 more than a multiple of 4096.*\[likely"
	syscall.Mmap(fd, (n*page/16)&^7, 4096, 1, 1)
	syscall.Mmap(fd, (n*page/1024)&^7, 4096, 1, 1) // want "rounded to a multiple of 8,.*\[likely"
	syscall.Mmap(fd, (n*m.size)&^7, 4096, 1, 1)    // want "rounded to a multiple of 8,.*\[likely"
}

var ownPageSize = int64(os.Getpagesize())

type mapped struct {
	pageSize     int64
	os_page_size int
	size         int64
}
