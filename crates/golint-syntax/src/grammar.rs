//! The generated parser, which is C: grammar/src/parser.c, compiled by the build script. `cargo xtask grammar` generates it.

use tree_sitter_language::LanguageFn;

#[allow(unsafe_code, reason = "declares the one function that the generated parser has")]
mod generated {
    use super::LanguageFn;

    unsafe extern "C" {
        fn tree_sitter_golint_go() -> *const ();
    }

    /// Sound because that function has no preconditions and returns a table that is never written to.
    pub(super) const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_golint_go) };
}

/// The grammar of Go as tree-sitter takes it.
pub(crate) fn language() -> tree_sitter::Language {
    generated::LANGUAGE.into()
}
