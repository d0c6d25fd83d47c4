//! The head of a Go file: package clause, imports, build constraint lines and the mark of generated code.
//!
//! A lexical scan of the bytes, without the parser: it runs on every file of a run, also on those that are never parsed,
//! and stops at the first declaration that is no import. It never fails (what comes after a syntax error is not there),
//! never evaluates a constraint (golint-project does) and reads nothing but the bytes that it is given.

mod constraints;
mod imports;

use std::ops::Range;

use crate::lexer::{Lexer, comment_says_generated};

/// What stands at the head of a file. Spans are byte offsets into the whole file, BOM included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The name in the package clause; none where the clause is missing or broken.
    pub package_name: Option<String>,
    /// Of that name.
    pub package_span: Option<Range<u32>>,
    /// In the order of the file, those of `import "C"` included.
    pub imports: Vec<Import>,
    /// The first `//go:build` line that stands where go/build looks for it.
    pub go_build: Option<Line>,
    /// The `// +build` lines that stand where go/build looks for them; they count only where there is no `//go:build`.
    pub plus_build: Vec<Line>,
    /// Whether a comment before the package clause says "Code generated … DO NOT EDIT.", as go/ast.IsGenerated has it.
    pub generated: bool,
    /// Whether the file imports "C".
    pub imports_c: bool,
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The name in front of the path: an alias, "." or "_".
    pub name: Option<String>,
    /// The path without quotes; bytes that are no UTF-8 are replaced.
    pub path: String,
    /// From the name, or from the path where there is none, to the path's closing quote.
    pub span: Range<u32>,
}

/// A build constraint line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What follows `//go:build` or `+build`, trimmed.
    pub text: String,
    /// Of the comment, from its slashes on, white space at the end left out.
    pub span: Range<u32>,
}

/// Reads the head of a file.
///
/// Source: go/build (`readGoInfo`, `parseFileHeader`), go/ast (`IsGenerated`), the Go specification, "Source file
/// organization" and "Import declarations".
pub fn scan(source: &[u8]) -> Header {
    // Offsets are u32; nobody has a head of 4 GiB.
    let source = &source[..source.len().min(u32::MAX as usize)];
    let mut header = Header::default();
    let mut lexer = Lexer::new(source);
    (header.go_build, header.plus_build) = constraints::find(source, lexer.position());

    lexer.skip_space(|comment| header.generated |= comment_says_generated(&source[comment]));
    if !lexer.eat_keyword(b"package") {
        return header;
    }
    lexer.skip_space(|_| {});
    let Some(name) = lexer.identifier() else { return header };
    if !matches!(lexer.peek(), None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'\x0C' | b';' | b'/')) {
        return header;
    }
    header.package_name = Some(String::from_utf8_lossy(&source[name.clone()]).into_owned());
    header.package_span = Some(span(name));

    imports::read(&mut lexer, &mut header.imports);
    header.imports_c = header.imports.iter().any(|i| i.path == "C");
    header
}

/// The caller cuts files at u32::MAX.
fn span(range: Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}

#[cfg(test)]
mod tests;
