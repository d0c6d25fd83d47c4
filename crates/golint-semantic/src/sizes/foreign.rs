//! Types of the standard library whose layout never changed since modules exist (Go 1.11; later for younger types), so
//! that structs that hold them have a known layout. What changed between versions (sync.WaitGroup, sync.Pool,
//! sync.Map, …) or differs by system (os, syscall) is not here and stays unknown.
//!
//! Sources: the declarations in GOROOT/src of Go 1.11 to 1.26; for `align64`, cmd/compile/internal/types/size.go.

use super::{Layout, Placement, basic_layout};
use crate::known;
use crate::types::Basic::{self, Int, Int32, Int64, Uint32, Uint64, Uintptr, UnsafePointer};

/// What a type consists of, as far as its layout goes. Types with a predeclared one under them stand in [`known`].
enum Shape {
    /// A struct of these in this order, perhaps with fields of size 0 before the last one.
    Of(&'static [Basic]),
    /// 64 bits that stand on an 8-byte boundary on every machine.
    Align64,
    /// An interface type.
    Interface,
    /// A slice type.
    Slice,
    /// A map, channel or function type.
    Reference,
}

use Shape::{Align64, Interface, Of, Reference, Slice};

/// Sorted by path and name.
static TYPES: &[(&str, &str, Shape)] = &[
    ("context", "CancelFunc", Reference),
    ("context", "Context", Interface),
    ("encoding/binary", "ByteOrder", Interface),
    ("encoding/json", "RawMessage", Slice),
    ("fmt", "Stringer", Interface),
    ("hash", "Hash", Interface),
    ("hash", "Hash32", Interface),
    ("hash", "Hash64", Interface),
    ("io", "ByteReader", Interface),
    ("io", "ByteWriter", Interface),
    ("io", "Closer", Interface),
    ("io", "ReadCloser", Interface),
    ("io", "ReadSeeker", Interface),
    ("io", "ReadWriteCloser", Interface),
    ("io", "ReadWriter", Interface),
    ("io", "Reader", Interface),
    ("io", "ReaderAt", Interface),
    ("io", "Seeker", Interface),
    ("io", "WriteCloser", Interface),
    ("io", "Writer", Interface),
    ("io", "WriterAt", Interface),
    ("io/fs", "DirEntry", Interface),
    ("io/fs", "FS", Interface),
    ("io/fs", "File", Interface),
    ("io/fs", "FileInfo", Interface),
    ("log/slog", "Handler", Interface),
    ("net", "Addr", Interface),
    ("net", "Conn", Interface),
    ("net", "Error", Interface),
    ("net", "HardwareAddr", Slice),
    ("net", "IP", Slice),
    ("net", "IPMask", Slice),
    ("net", "Listener", Interface),
    ("net", "PacketConn", Interface),
    ("net/http", "Handler", Interface),
    ("net/http", "HandlerFunc", Reference),
    ("net/http", "Header", Reference),
    ("net/http", "ResponseWriter", Interface),
    ("net/http", "RoundTripper", Interface),
    ("net/url", "Values", Reference),
    ("os", "FileInfo", Interface),
    ("os", "Signal", Interface),
    ("reflect", "SliceHeader", Of(&[Uintptr, Int, Int])),
    ("reflect", "StringHeader", Of(&[Uintptr, Int])),
    ("reflect", "Type", Interface),
    ("sort", "Interface", Interface),
    ("sync", "Locker", Interface),
    ("sync", "Mutex", Of(&[Int32, Uint32])),
    ("sync", "Once", Of(&[Uint32, Int32, Uint32])),
    ("sync", "RWMutex", Of(&[Int32, Uint32, Uint32, Uint32, Int32, Int32])),
    ("sync/atomic", "Bool", Of(&[Uint32])),
    ("sync/atomic", "Int32", Of(&[Int32])),
    ("sync/atomic", "Int64", Align64),
    ("sync/atomic", "Pointer", Of(&[UnsafePointer])),
    ("sync/atomic", "Uint32", Of(&[Uint32])),
    ("sync/atomic", "Uint64", Align64),
    ("sync/atomic", "Uintptr", Of(&[Uintptr])),
    ("sync/atomic", "Value", Interface),
    ("time", "Time", Of(&[Uint64, Int64, UnsafePointer])),
];

fn shape(path: &str, name: &str) -> Option<&'static Shape> {
    let at = TYPES.binary_search_by(|(p, n, _)| (*p, *n).cmp(&(path, name))).ok()?;
    Some(&TYPES[at].2)
}

/// The layout of the type with this name in the package of this path, without offsets: its fields are its own business.
pub(super) fn layout(path: &str, name: &str, word: u64) -> Option<Layout> {
    if let Some(basic) = known::underlying(path, name).and_then(|ty| ty.as_basic()) {
        return basic_layout(basic, word);
    }
    Some(match shape(path, name)? {
        Of(parts) => {
            let mut place = Placement::default();
            for part in *parts {
                place.put(&basic_layout(*part, word)?, u64::MAX)?;
            }
            place.finish()
        }
        Align64 => Layout::new(8, 8),
        Interface => Layout::new(2 * word, word),
        Slice => Layout::new(3 * word, word),
        Reference => Layout::new(word, word),
    })
}

#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    TYPES.iter().map(|(path, name, _)| (*path, *name))
}
