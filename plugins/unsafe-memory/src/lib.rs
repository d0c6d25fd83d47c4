//! Rules about memory that package unsafe reaches: offsets of fields and alignment. It never runs anything itself.

mod address;
mod conversion;
mod draft;
mod structure;
mod unaligned_offset;
mod unsafe_offsetof;
mod variable;
mod view;
mod wording;

use unaligned_offset::UnalignedOffset;
use unsafe_offsetof::UnsafeOffsetof;

golint_sdk::export_pack!("unsafe-memory", [UnsafeOffsetof, UnalignedOffset]);
