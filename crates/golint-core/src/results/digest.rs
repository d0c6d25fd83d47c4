//! Short names for long things: equal digests stand for equal content, on every machine.

use serde::{Deserialize, Serialize};

/// The first half of a BLAKE3 hash: no two things that anybody can make have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Digest([u8; 16]);

impl Digest {
    /// Of these bytes.
    pub(crate) fn of(bytes: &[u8]) -> Digest {
        Digest::shortened(&blake3::hash(bytes))
    }

    fn shortened(hash: &blake3::Hash) -> Digest {
        let mut short = [0; 16];
        short.copy_from_slice(&hash.as_bytes()[..16]);
        Digest(short)
    }

    /// In hexadecimal.
    pub(crate) fn hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A digest of several things, one after the other. Where one ends and the next one begins counts.
#[derive(Clone, Default)]
pub(crate) struct Parts(blake3::Hasher);

impl Parts {
    /// With these bytes.
    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// With this number.
    pub(crate) fn number(mut self, number: u64) -> Self {
        self.0.update(&number.to_le_bytes());
        self
    }

    /// With something that may not be there.
    pub(crate) fn optional(self, bytes: Option<&[u8]>) -> Self {
        match bytes {
            Some(bytes) => self.number(1).bytes(bytes),
            None => self.number(0),
        }
    }

    /// With another digest.
    pub(crate) fn digest(mut self, digest: Digest) -> Self {
        self.0.update(&digest.0);
        self
    }

    /// Of all of it.
    pub(crate) fn finish(&self) -> Digest {
        Digest::shortened(&self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_count() {
        let of = |parts: &[&[u8]]| parts.iter().fold(Parts::default(), |all, part| all.bytes(part)).finish();
        assert_eq!(of(&[b"ab", b"c"]), of(&[b"ab", b"c"]));
        assert_ne!(of(&[b"ab", b"c"]), of(&[b"a", b"bc"]));
        assert_ne!(of(&[b"ab"]), of(&[b"ab", b""]));
        assert_ne!(Parts::default().optional(None).finish(), Parts::default().optional(Some(b"")).finish());
        assert_eq!(Digest::of(b"").hex(), "af1349b9f5f9a1a6a0404dea36dcc949");
    }
}
