//! unaligned-offset: file offsets that no page starts at, and pointers moved to where their new type must not stand. It
//! never reports an offset that the code doesn't show.

mod mmap;
mod page_size;
mod pointer;
mod residue;

use golint_sdk::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::draft::Drafts;
use page_size::{PageSizes, Written};

/// Options of unaligned-offset.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Options {
    /// The page size in bytes that file offsets must be multiples of: one number, or a table by platform. What a table
    /// doesn't name has "default", or 4096.
    #[schemars(with = "Written")]
    page_size: PageSizes,
}

/// Offsets that aren't aligned.
pub(crate) struct UnalignedOffset;

impl Rule for UnalignedOffset {
    type Options = Options;
    const META: Meta = Meta {
        id: "unaligned-offset",
        summary: "mmap offsets that are no multiple of the page size, and misaligned pointers",
        docs: DOCS,
        category: "correctness",
        severity: Severity::Error,
        default_on: true,
    };

    fn judge(options: &Options, platforms: &[Platform]) -> Result<(), Misfit> {
        match options.page_size.unknown(platforms) {
            Some((name, message)) => Err(Misfit::at(["page-size", name], message)),
            None => Ok(()),
        }
    }

    fn interests(_: &Options) -> Vec<Interest> {
        let conversions = [kind::CALL_EXPRESSION, kind::TYPE_CONVERSION_EXPRESSION];
        vec![
            // "MmapPtr" contains "Mmap"; the raw call's number is SYS_MMAP or SYS_MMAP2.
            Interest::in_nodes([kind::CALL_EXPRESSION])
                .requires_any([Needle::imports("syscall"), Needle::imports("golang.org/x/sys/unix")])
                .requires_any([Needle::literal("Mmap"), Needle::literal("SYS_MMAP")]),
            // A typed pointer becomes an unsafe.Pointer, however the import is called.
            Interest::in_nodes(conversions).requires(Needle::imports("unsafe")).requires(Needle::literal("Pointer")),
        ]
    }

    fn check(options: &Options, node: Node<'_>) {
        let mut found = Drafts::default();
        if node.is(kind::CALL_EXPRESSION) {
            mmap::look(&options.page_size, node, &mut found);
        }
        pointer::look(node, &mut found);
        found.report(node.file());
    }
}

const DOCS: &str = "\
## What it finds

- File offsets of `syscall.Mmap`, `unix.Mmap`, `unix.MmapPtr` and of the raw system call (`Syscall6` and `RawSyscall6` with
  `SYS_MMAP` on 64-bit Linux, with `SYS_MMAP2` in units of 4096 bytes on 32-bit Linux) that are constants and no multiple of
  the page size; also of anonymous mappings. Such a finding is certain.
- File offsets that the code visibly rounds, up or down, to something that is no multiple of the page size: `x/8*8`,
  `x &^ 511`, `x & -8`, `x - x%8`, `x >> 3 << 3`. Such a finding is likely.
- Pointers that are moved by a constant and converted to a pointer to a type that must not stand there: the distance is
  no multiple of the smaller one of the two types' alignments, on some platform that the file builds for. Certain where
  the new type holds pointers, likely otherwise.

## Why

The kernel maps whole pages and answers EINVAL to other offsets; the call fails, always or for most files.

A misaligned pointer faults on some machines, and atomic operations on it fault or aren't atomic on others. The collector
looks for pointers at aligned places only, so a misaligned one keeps nothing alive; checkptr (on with `-race`) ends the
program.

## Bad

```go
package p

import \"syscall\"

func body(fd int) ([]byte, error) {
	return syscall.Mmap(fd, 512, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
}
```

## Good

```go
package p

import (
	\"os\"
	\"syscall\"
)

func body(fd int, offset int64) ([]byte, error) {
	skip := offset % int64(os.Getpagesize())
	data, err := syscall.Mmap(fd, offset-skip, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	return data[skip:], nil
}
```

## What it leaves alone

- Offsets that nothing is known of, that are rounded to a multiple of the page size, or that are rounded but known to be
  multiples of it before. Whatever `os.Getpagesize` returns (or those of `syscall` and `unix`), and a variable or field
  whose value can't be seen and whose name ends in `pageSize`, counts as the page size.
- Systems that round the offset down themselves and move the address by the rest: FreeBSD and DragonFly BSD
  (`sys/vm/vm_mmap.c`), NetBSD and OpenBSD (`sys/uvm/uvm_mmap.c`): `pageoff = (pos & PAGE_MASK)`.
- `SYS_MMAP` on 32-bit Linux and s390x, where the call takes the address of its arguments.
- Pointers whose type isn't known, to bytes, or moved by something that is no constant.

## Options

`page-size`: the page size in bytes, a power of two and at least 4096; 4096 if nothing is said. A number, or a table by GOARCH, GOOS or
both, with `default` for all others; any other name is an error. Pages are larger on some machines: up to 65536 on arm64
and ppc64 Linux, 16384 on loong64 and on Apple's arm64, 8192 on sw64, which only a fork of Go builds for.

```toml
[rules.unaligned-offset]
options = { page-size = { arm64 = 65536, loong64 = 16384, \"darwin/arm64\" = 16384 } }
```
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_says_what_the_option_takes_and_what_it_is_otherwise() {
        let schema = schemars::schema_for!(Options);
        let option = schema.pointer("/properties/page-size").expect("the option").to_string();
        for part in ["\"default\":4096", "\"integer\"", "\"object\"", "GOARCH"] {
            assert!(option.contains(part), "{part} in {option}");
        }
    }
}
