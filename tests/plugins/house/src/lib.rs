//! The rule pack `house`: three rules of the sort that teams write for themselves.

mod error_naming;
mod forbidden_import;
mod undeferred_unlock;

golint_sdk::export_pack!(
    "house",
    [error_naming::ErrorNaming, forbidden_import::ForbiddenImport, undeferred_unlock::UndeferredUnlock]
);
