package offsets

// #include <stdlib.h>
// struct device { long id; long state; };
// struct device *device_open(void);
import "C"

import "unsafe"

// C's memory stays where it is until C frees it.

func fromC() *inner {
	o := (*outer)(C.malloc(C.size_t(unsafe.Sizeof(outer{}))))
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in)
	return (*inner)(unsafe.Pointer(addr))
}

func fromPointerOfC(d *C.struct_device) *C.long {
	addr := uintptr(unsafe.Pointer(d)) + unsafe.Offsetof(d.state)
	return (*C.long)(unsafe.Pointer(addr))
}

func fromCallOfC() *C.long {
	d := C.device_open()
	addr := uintptr(unsafe.Pointer(d)) + unsafe.Offsetof(d.state)
	return (*C.long)(unsafe.Pointer(addr))
}

func fromGo(o *outer) *inner {
	addr := uintptr(unsafe.Pointer(o)) + unsafe.Offsetof(o.in) // want "`addr` keeps the address"
	C.free(nil)
	return (*inner)(unsafe.Pointer(addr))
}
