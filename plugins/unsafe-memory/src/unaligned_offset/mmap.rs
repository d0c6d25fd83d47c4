//! File offsets of memory mappings. It never says what the page size is: the option does.

use std::collections::BTreeMap;

use golint_sdk::prelude::*;

use super::page_size::PageSizes;
use super::residue::{Residue, residue_of};
use crate::conversion::{arguments, conversion};
use crate::draft::{Draft, Drafts};
use crate::variable::constant_value;
use crate::view::{View, examine};
use crate::wording::{expression, list};

/// What SYS_MMAP2 counts in, in bytes, whatever the page size.
///
/// Source: mmap2(2), and Linux, arch/arm/kernel/sys_arm.c and arch/mips/kernel/syscall.c: units of 4096 where the
/// machine's pages can be larger, too.
const MMAP2_UNIT: i128 = 4096;

/// A call whose argument is a file offset.
struct Mapping<'f> {
    offset: Node<'f>,
    /// What the offset counts, in bytes.
    unit: i128,
    /// Where the call maps memory in this way, and refuses an offset that is no multiple of the page size.
    on: Platforms,
}

/// Looks at a call.
pub(super) fn look(sizes: &PageSizes, call: Node<'_>, drafts: &mut Drafts) {
    let file = call.file();
    // Cheap, before anything is asked.
    let Some(callee) = call.child(field::FUNCTION).map(Node::unparenthesized) else { return };
    let names: [&[u8]; 4] = [b"Mmap", b"MmapPtr", b"Syscall6", b"RawSyscall6"];
    if !names.iter().any(|name| callee.bytes().ends_with(name)) {
        return;
    }
    examine(file, file.platforms(), drafts, |view, drafts| {
        let Some(mapping) = mapping_of(view, call) else { return };
        let mut by_page: BTreeMap<u64, Platforms> = BTreeMap::new();
        for index in mapping.on.iter() {
            let Some(platform) = file.platform_table().get(index) else { continue };
            by_page.entry(sizes.on(platform)).or_insert_with(Platforms::none).insert(index);
        }
        // What is said of an offset is said once, with all page sizes for which it is so.
        let mut wrong: Vec<(Residue, Vec<u64>, Platforms)> = Vec::new();
        for (page, on) in by_page {
            let offset = residue_of(view, page.into(), mapping.offset).times(mapping.unit);
            if !is_wrong(offset, page.into()) {
                continue;
            }
            match wrong.iter_mut().find(|(known, ..)| *known == offset) {
                Some((_, pages, platforms)) => {
                    pages.push(page);
                    *platforms = platforms.or(&on);
                }
                None => wrong.push((offset, vec![page], on)),
            }
        }
        for (offset, pages, on) in wrong {
            drafts.add(draft_of(&mapping, offset, &pages), &on);
        }
    });
}

/// A number that is no multiple, or one that is rounded to something that is none, whatever else is added to it being
/// multiples.
fn is_wrong(offset: Residue, page: i128) -> bool {
    let is_visible = offset.number().is_some() || (offset.rounded && offset.free % page == 0);
    is_visible && !offset.is_multiple_of(page)
}

fn draft_of(mapping: &Mapping<'_>, offset: Residue, pages: &[u64]) -> Draft {
    let sizes: Vec<_> = pages.iter().map(u64::to_string).collect();
    let page = format!("the page size ({})", list(&sizes));
    let units = if mapping.unit == 1 { String::new() } else { format!(" units of {} bytes", mapping.unit) };
    let (message, primary) = match offset.number() {
        Some(number) => (
            format!(
                "the file offset {}{units} is no multiple of {page}: the kernel refuses the mapping with EINVAL",
                number / mapping.unit
            ),
            "no multiple of the page size".to_owned(),
        ),
        None if offset.rest == 0 => (
            format!(
                "the file offset is rounded to a multiple of {}, which need not be one of {page}: the kernel refuses \
                 other offsets with EINVAL",
                offset.grain
            ),
            format!("rounded to a multiple of {}", offset.grain),
        ),
        None => (
            format!(
                "the file offset is {} more than a multiple of {}, and so no multiple of {page}: the kernel refuses the \
                 mapping with EINVAL",
                offset.rest, offset.grain
            ),
            format!("{} more than a multiple of {}", offset.rest, offset.grain),
        ),
    };
    let whole = expression(mapping.offset);
    let help = if offset.number().is_some() {
        "map from the start of the page, `offset - offset%pageSize` with `pageSize := int64(os.Getpagesize())`, and skip \
         the rest of the way in the mapping"
            .to_owned()
    } else {
        format!("round `{whole}` to a multiple of `os.Getpagesize()`")
    };
    Draft {
        at: mapping.offset.span(),
        message,
        primary,
        labels: Vec::new(),
        notes: Vec::new(),
        help,
        likely: offset.number().is_none(),
    }
}

fn mapping_of<'f>(view: &View<'f>, call: Node<'f>) -> Option<Mapping<'f>> {
    let callee = view.name_of(call.child(field::FUNCTION)?)?;
    let arguments = arguments(call)?;
    match callee.as_str() {
        "syscall.Mmap" | "golang.org/x/sys/unix.Mmap" | "golang.org/x/sys/unix.MmapPtr" if arguments.len() > 1 => {
            let on = view.file.platforms_where(|p| refuses(&p.goos)).and(&view.on);
            Some(Mapping { offset: arguments[1], unit: 1, on })
        }
        "syscall.Syscall6"
        | "syscall.RawSyscall6"
        | "golang.org/x/sys/unix.Syscall6"
        | "golang.org/x/sys/unix.RawSyscall6" => {
            let [number, .., offset] = arguments[..] else { return None };
            let (unit, on) = match view.name_of(behind_constants(view, number))?.as_str() {
                "syscall.SYS_MMAP" | "golang.org/x/sys/unix.SYS_MMAP" => {
                    (1, view.file.platforms_where(|p| is_linux(&p.goos) && takes_bytes(p)))
                }
                "syscall.SYS_MMAP2" | "golang.org/x/sys/unix.SYS_MMAP2" => {
                    (MMAP2_UNIT, view.file.platforms_where(|p| is_linux(&p.goos) && p.pointer_size == 4))
                }
                _ => return None,
            };
            Some(Mapping { offset, unit, on: on.and(&view.on) }).filter(|_| arguments.len() == 7)
        }
        _ => None,
    }
}

/// The expression behind conversions and names of constants.
fn behind_constants<'f>(view: &View<'f>, number: Node<'f>) -> Node<'f> {
    let mut node = number.unparenthesized();
    while view.step() {
        let next = match node.kind() {
            kind::IDENTIFIER => view.resolve(node).and_then(constant_value),
            _ => conversion(view, node).map(|conversion| conversion.operand),
        };
        match next {
            Some(next) => node = next.unparenthesized(),
            None => break,
        }
    }
    node
}

fn is_linux(goos: &str) -> bool {
    matches!(goos, "linux" | "android")
}

/// SYS_MMAP takes six arguments, the last one in bytes. On 32-bit machines and on s390x it takes one, the address of a
/// block with all of them (or does not exist).
///
/// Source: Linux, arch/s390/kernel/syscall.c (sys_old_mmap), mm/mmap.c (old_mmap), arch/*/kernel/syscalls/syscall.tbl.
fn takes_bytes(platform: &Platform) -> bool {
    platform.pointer_size == 8 && platform.goarch != "s390x"
}

/// The kernel or the C library that Go calls answers EINVAL.
///
/// Source: mmap(2) of Linux, macOS (COMPATIBILITY: "off must be a multiple of pagesize"), illumos and AIX. The BSDs round
/// the offset down themselves (FreeBSD and DragonFly, sys/vm/vm_mmap.c; NetBSD and OpenBSD, sys/uvm/uvm_mmap.c).
fn refuses(goos: &str) -> bool {
    matches!(goos, "linux" | "android" | "darwin" | "ios" | "solaris" | "illumos" | "aix")
}
