//! Source bytes to the flat tree. The only place that names the parser. It never fails: what does not parse becomes
//! error nodes, flagged as such.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use golint_tree::layout::flag;
use golint_tree::{Field, Kind, TreeWriter, kind};

use crate::composition::Composition;
use crate::grammar::language;
use crate::parts::parts;

/// A parsed file: its flat tree and what is known without looking at it again.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The blob that [`golint_tree::Tree::trusted`] reads.
    pub tree: Arc<[u8]>,
    /// Number of nodes that did not parse, errors and missing tokens, and of nodes in which the end of a line is missing.
    pub syntax_errors: u32,
}

/// What the parser's numbers are in our vocabulary.
struct Mapping {
    kinds: Vec<Kind>,
    fields: Vec<Field>,
}

fn mapping() -> &'static Mapping {
    static MAPPING: OnceLock<Mapping> = OnceLock::new();
    MAPPING.get_or_init(|| {
        let language = language();
        let kind_of = |id: u16| match language.node_kind_for_id(id).unwrap_or_default() {
            // The grammar ends a statement at the end of the file with a token that consists of a NUL.
            "" | "\0" => kind::END_OF_FILE,
            // Which of the two it is says no more than its text.
            "comment_across_lines" => kind::COMMENT,
            name => Kind::from_name(name).unwrap_or(kind::ERROR),
        };
        let field_of = |id: u16| language.field_name_for_id(id).and_then(Field::from_name).unwrap_or(Field(0));
        Mapping {
            kinds: (0..language.node_kind_count() as u16).map(kind_of).collect(),
            fields: (0..=language.field_count() as u16).map(field_of).collect(),
        }
    })
}

/// Bytes that are parsed in far more time than it takes to start a thread.
const WORTH_A_THREAD: usize = 32 << 10;

thread_local! {
    static PARSER: RefCell<(tree_sitter::Parser, TreeWriter)> = RefCell::new((tree_sitter::Parser::new(), TreeWriter::new()));
}

/// Parses one file. Offsets in the tree are bytes of `source`, a byte order mark included.
///
/// A source of 4 GiB or more can't be addressed and gives a tree of one error node.
pub fn parse(source: &[u8]) -> Parsed {
    match &parts(source)[..] {
        [_] => parse_part(source),
        parts => compose(source, parts.iter().map(|part| (part.start, parse_part(&source[part.clone()])))),
    }
}

/// Parses the states of one file while somebody edits it: parts that stay are not parsed again. The answers are those of
/// [`parse`].
#[derive(Default)]
pub struct Reparser {
    /// Of the last state.
    parts: Vec<(Box<[u8]>, Parsed)>,
}

impl Reparser {
    /// Parses the next state.
    pub fn parse(&mut self, source: &[u8]) -> Parsed {
        let texts: Vec<&[u8]> = parts(source).into_iter().map(|part| &source[part]).collect();
        let is_same = |(known, text): (&(Box<[u8]>, Parsed), &&[u8])| *known.0 == **text;
        let first = self.parts.iter().zip(&texts).take_while(|&pair| is_same(pair)).count();
        let behind = self.parts[first..].iter().rev().zip(texts[first..].iter().rev());
        let last = behind.take_while(|&pair| is_same(pair)).count();
        let changed = &texts[first..texts.len() - last];
        let after: Vec<_> = changed.iter().map(|&text| text.into()).zip(parse_all(changed)).collect();
        self.parts.splice(first..self.parts.len() - last, after);
        if let [(_, whole)] = &self.parts[..] {
            return whole.clone();
        }
        let mut start = 0;
        compose(
            source,
            self.parts.iter().map(|(text, parsed)| {
                start += text.len();
                (start - text.len(), parsed)
            }),
        )
    }
}

/// Parses parts for someone who waits: where there is much to do, as when a file is opened, on two threads.
fn parse_all(texts: &[&[u8]]) -> Vec<Parsed> {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let mut so_far = 0;
    let half = texts.iter().position(|text| {
        so_far += text.len();
        so_far > bytes / 2
    });
    let parse = |texts: &[&[u8]]| texts.iter().map(|text| parse_part(text)).collect::<Vec<_>>();
    let (these, others) = texts.split_at(half.filter(|_| bytes > WORTH_A_THREAD).unwrap_or(texts.len()));
    if others.is_empty() {
        return parse(these);
    }
    std::thread::scope(|scope| {
        let other = std::thread::Builder::new().name("golint-parser".into()).spawn_scoped(scope, || parse(others));
        let mut parsed = parse(these);
        parsed.extend(match other.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(parsed)) => parsed,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // The system has no thread to give.
            Err(_) => parse(others),
        });
        parsed
    })
}

/// The tree of a file from the trees of its parts, each with the byte at which it begins.
fn compose(source: &[u8], parts: impl Iterator<Item = (usize, impl Borrow<Parsed>)>) -> Parsed {
    let mut composition = Composition::new(source);
    parts.for_each(|(start, part)| composition.add(start, part.borrow()));
    composition.finish()
}

pub(crate) fn parse_part(source: &[u8]) -> Parsed {
    PARSER.with_borrow_mut(|(parser, writer)| {
        if parser.language().is_none() {
            // Cannot fail: the grammar is compiled in, and a test parses with it.
            let _ = parser.set_language(&language());
        }
        match read(source, parser) {
            Some(tree) => flatten(&tree, source, writer),
            None => unparsed(source, writer),
        }
    })
}

/// None where the source is too large for a tree.
fn read(source: &[u8], parser: &mut tree_sitter::Parser) -> Option<tree_sitter::Tree> {
    u32::try_from(source.len() + 1).ok()?;
    // The end of the file ends a statement, too. To the grammar, the end of a line does.
    let line_end: &[u8] = if source.ends_with(b"\n") { b"" } else { b"\n" };
    let mut text = |offset: usize, _| match source.get(offset..) {
        Some(rest) if !rest.is_empty() => rest,
        Some(_) => line_end,
        None => b"",
    };
    parser.parse_with_options(&mut text, None, None)
}

pub(crate) fn unparsed(source: &[u8], writer: &mut TreeWriter) -> Parsed {
    let flags = flag::NAMED | flag::ERROR | flag::HAS_ERROR;
    writer.open(kind::SOURCE_FILE, Field(0), flags, 0, u32::try_from(source.len()).unwrap_or(u32::MAX));
    Parsed { tree: writer.finish().into(), syntax_errors: 1 }
}

/// One walk with a cursor; the depth of the source costs no stack.
fn flatten(tree: &tree_sitter::Tree, source: &[u8], writer: &mut TreeWriter) -> Parsed {
    let mapping = mapping();
    // The end of the last line may not be one of the source.
    let place = |offset: usize| offset.min(source.len()) as u32;
    let mut syntax_errors = 0;
    // Of each open node, whether something in it did not parse that no node stands for so far: the ends of lines are no
    // nodes, and where the parser assumed one, there is none either.
    let mut unexplained: Vec<bool> = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        let kind = mapping.kinds.get(usize::from(node.kind_id())).copied().unwrap_or(kind::ERROR);
        let field = cursor.field_id().map_or(Field(0), |id| mapping.fields[usize::from(id.get())]);
        let did_not_parse = node.is_error() || node.is_missing();
        let has_error = did_not_parse || node.has_error();
        if let Some(parent) = unexplained.last_mut().filter(|_| has_error) {
            *parent = false;
        }
        unexplained.push(has_error && !did_not_parse);
        let mut flags = 0;
        if node.is_named() {
            flags |= flag::NAMED;
        }
        // A comment is one, also where it ends a statement.
        if kind == kind::COMMENT || node.is_extra() {
            flags |= flag::EXTRA;
        }
        if node.is_error() {
            flags |= flag::ERROR;
        }
        if node.is_missing() {
            flags |= flag::MISSING;
        }
        if has_error {
            flags |= flag::HAS_ERROR;
        }
        syntax_errors += u32::from(did_not_parse);
        writer.open(kind, field, flags, place(node.start_byte()), place(node.end_byte()));
        if cursor.goto_first_child() {
            continue;
        }
        loop {
            syntax_errors += u32::from(unexplained.pop() == Some(true));
            writer.close();
            if cursor.goto_next_sibling() {
                break;
            }
            if !cursor.goto_parent() {
                return Parsed { tree: writer.finish().into(), syntax_errors };
            }
        }
    }
}

#[cfg(test)]
mod ambiguous;
#[cfg(test)]
mod random;

#[cfg(test)]
mod tests {
    use golint_tree::Tree;

    use super::*;

    #[test]
    fn the_vocabulary_has_every_kind_and_field_of_the_grammar() {
        let language = language();
        for id in 0..language.node_kind_count() as u16 {
            if language.node_kind_is_visible(id) {
                let name = language.node_kind_for_id(id).unwrap();
                let kind = mapping().kinds[usize::from(id)];
                let is_adapted = matches!(kind, kind::END_OF_FILE | kind::COMMENT);
                assert!(kind.name() == name || is_adapted, "{name:?} is not in the vocabulary");
            }
        }
        for id in 1..=language.field_count() as u16 {
            assert_eq!(mapping().fields[usize::from(id)].name(), language.field_name_for_id(id).unwrap());
        }
    }

    fn shape(source: &str) -> String {
        let parsed = parse(source.as_bytes());
        let tree = Tree::new(&parsed.tree).expect("the writer's own tree is sound");
        tree.subtree(tree.root())
            .filter(|&n| tree.is_named(n))
            .map(|n| tree.kind(n).name())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_file_is_flattened_in_pre_order() {
        assert_eq!(
            shape("package p\n\nvar x = f(1)\n"),
            "source_file package_clause package_identifier var_declaration var_spec identifier expression_list \
             call_expression identifier argument_list int_literal"
        );
    }

    #[track_caller]
    fn errors(source: &str) -> u32 {
        let parsed = parse(source.as_bytes());
        let tree = Tree::new(&parsed.tree).expect("the writer's own tree is sound");
        assert_eq!(tree.range(tree.root()).end, source.len());
        assert_eq!(tree.has_error(tree.root()), parsed.syntax_errors > 0, "{source:?}");
        parsed.syntax_errors
    }

    #[test]
    fn two_threads_parse_what_one_does() {
        let function = |n: usize| format!("func f{n}(x int) int {{\n\treturn x + {n}\n}}\n\n");
        let source = format!("package p\n\n{}", (0..3000).map(function).collect::<String>());
        assert!(source.len() > WORTH_A_THREAD);
        let mut reparser = Reparser::default();
        assert!(reparser.parse(source.as_bytes()).tree == parse(source.as_bytes()).tree);
        let changed = source.replace("x + 1", "(x + 1)");
        assert!(reparser.parse(changed.as_bytes()).tree == parse(changed.as_bytes()).tree);
    }

    #[test]
    fn a_line_end_that_is_missing_is_an_error_unless_the_file_ends() {
        for declaration in
            ["var x int", "import \"a\"", "type T int", "type T struct{}", "x", "const c = 1", "func f()"]
        {
            assert_eq!(errors(&format!("package p\n{declaration}")), 0, "{declaration}");
            assert_eq!(errors(&format!("package p\n{declaration}\n{declaration}")), 0, "{declaration}");
            assert_eq!(errors(&format!("package p\n{declaration} // c")), 0, "{declaration}");
            assert_ne!(errors(&format!("package p\n{declaration} {declaration}\n")), 0, "{declaration}");
            assert_ne!(errors(&format!("package p\n{declaration} {declaration}")), 0, "{declaration}");
        }
        assert_eq!(errors("package p"), 0);
        assert_ne!(errors("package p\nconst (a = 1 b = 2)\n"), 0);
        assert_ne!(errors("package p\nvar s = `a"), 0);
        assert_eq!(shape("package p\nvar x T"), shape("package p\nvar x T\n"));
    }

    #[test]
    fn every_construct_may_stand_in_a_part_of_its_own() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/constructs");
        for entry in std::fs::read_dir(folder).expect("the folder") {
            let path = entry.expect("an entry").path();
            let source = std::fs::read(&path).expect("a file");
            let whole = parse(&source);
            assert!(whole.tree == parse_part(&source).tree, "{}", path.display());
            let declarations = crate::parse_declarations(&source, None);
            assert_eq!(declarations.syntax_errors, 0, "{}", path.display());
            let known = Tree::new(&whole.tree).expect("the writer's own tree is sound");
            assert_eq!(crate::parse_declarations(&source, Some(known)).syntax_errors, 0, "{}", path.display());
        }
    }

    #[test]
    fn broken_and_hostile_sources_still_give_a_tree() {
        let deep = format!("package p\nvar x = {}1{}\n", "(".repeat(200_000), ")".repeat(200_000));
        for source in ["", "\u{feff}package p\n", "func {", "package p\nfunc f() { if x { \n", deep.as_str()] {
            shape(source);
        }
        let parsed = parse(b"package p\nfunc f( {\n\xff\xfe}\n");
        assert!(parsed.syntax_errors > 0);
        Tree::new(&parsed.tree).expect("sound in spite of the errors");
    }
}
