//! The rule pack `NAME`: its rules, one file each.

mod bool_comparison;

golint_sdk::export_pack!("NAME", [bool_comparison::BoolComparison]);
