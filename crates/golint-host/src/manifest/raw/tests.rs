//! Tests of the module above.

use super::*;

#[test]
fn kebab_case() {
    for good in ["a", "loopvar-capture", "x86-64", "a1"] {
        assert!(is_kebab_case(good), "{good}");
    }
    for bad in ["", "-", "a-", "-a", "a--b", "A", "a_b", "1a", "a b", "ä", &"a".repeat(65)] {
        assert!(!is_kebab_case(bad), "{bad}");
    }
}
