//! Looks at a pack's bytes before anything is compiled, so that the usual mistakes get a plain answer. It never runs
//! anything.

use sha2::{Digest, Sha256};

use crate::load_error::LoadCause;

/// The sha256 of some bytes, in lower-case hexadecimal.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Is it a component, and the expected one?
pub(super) fn check_bytes(bytes: &[u8], sha256: Option<&str>) -> Result<(), LoadCause> {
    if bytes.is_empty() {
        return Err(LoadCause::Empty);
    }
    if let Some(expected) = sha256 {
        let found = sha256_hex(bytes);
        if !found.eq_ignore_ascii_case(expected.trim()) {
            return Err(LoadCause::Sha256 { expected: expected.to_owned(), found });
        }
    }
    Ok(())
}
