//! What a check can ask, as a trait with plain data: the same questions as the WIT package `golint:rules`, without its
//! bindings. A pack asks the host through it when it runs as a component, and the model directly when it runs natively,
//! in unit tests and benchmarks. Rule authors use [`crate::File`] and [`crate::Node`] instead, which stand on it.
//!
//! Numbers (`node`, `object`, `type-id`, `file-id`) mean what rules.wit says they mean, and live for one check.

use std::borrow::Cow;

/// Bytes of a file, half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A span in a file; file 0 is the one that is being checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Which file.
    pub file: u32,
    /// Where in it.
    pub span: Span,
}

/// A Go language version: go1.21 is (1, 21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoVersion {
    /// 1.
    pub major: u32,
    /// 21.
    pub minor: u32,
}

/// From `since` (included) to `before` (excluded).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct GoVersions {
    /// The first version that belongs to the range.
    pub since: Option<GoVersion>,
    /// The first version after the range.
    pub before: Option<GoVersion>,
}

/// One pair of GOOS and GOARCH.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Platform {
    /// As `GOOS` names it.
    pub goos: String,
    /// As `GOARCH` names it.
    pub goarch: String,
    /// Bytes of a pointer: 4 or 8.
    pub pointer_size: u8,
}

/// Words of a platform set: bit `i % 64` of word `i / 64` stands for entry `i` of the platform table.
pub type PlatformWords = Vec<u64>;

/// How loud a message for the author of the pack is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Something is broken.
    Error,
    /// Something may be broken.
    Warn,
    /// Progress.
    Info,
    /// Detail.
    Debug,
}

/// What a name stands for, as go/types has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    /// An imported package.
    PackageName,
    /// A constant.
    Constant,
    /// A type, alias or type parameter.
    TypeName,
    /// A variable, parameter, result, receiver or field.
    Variable,
    /// A function or method.
    Function,
    /// A label.
    Label,
    /// A predeclared function, or one of package unsafe.
    Builtin,
    /// `nil`.
    Nil,
}

/// A constant's value, exact.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Constant {
    /// A boolean.
    Boolean(bool),
    /// An integer or rune that fits.
    Small(i64),
    /// Any other integer, in decimal.
    Big(String),
    /// A float, exact: "numerator/denominator" in decimal.
    Ratio(String),
    /// Real and imaginary part, each as a ratio.
    Complex(String, String),
    /// A string's bytes.
    Text(Vec<u8>),
}

/// Size, alignment and field offsets, in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawLayout {
    /// Size.
    pub size: u64,
    /// Alignment.
    pub align: u64,
    /// Offsets of a struct's fields, in their order; empty for other types.
    pub offsets: Vec<u64>,
}

/// A field of a struct type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawField {
    /// Its name; for an embedded field the name of its type.
    pub name: String,
    /// Its object.
    pub field: u32,
    /// Its type.
    pub ty: u32,
    /// True if it is embedded.
    pub embedded: bool,
    /// The tag, unquoted; empty where there is none.
    pub tag: Vec<u8>,
}

/// A function's type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawSignature {
    /// Types of the parameters; the last is a slice where the function is variadic.
    pub parameters: Vec<u32>,
    /// Types of the results.
    pub results: Vec<u32>,
    /// True if the last parameter takes any number of arguments.
    pub variadic: bool,
    /// Type of the receiver, of a method.
    pub receiver: Option<u32>,
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// It is so wherever the code runs.
    #[default]
    Certain,
    /// It is so unless something that can't be seen here makes it right.
    Likely,
}

/// What may be done with a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Applicability {
    /// Keeps the meaning, or makes it what was certainly meant.
    Safe,
    /// May change the meaning.
    Unsafe,
    /// Only shows the idea.
    DisplayOnly,
}

/// A place with something to say about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawLabel {
    /// Where.
    pub at: Location,
    /// What.
    pub message: String,
}

/// Replaces `at` by `text`; an empty range inserts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawEdit {
    /// What goes.
    pub at: Location,
    /// What comes.
    pub text: String,
}

/// Edits that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawFix {
    /// What it does, for a menu.
    pub title: String,
    /// What may be done with it.
    pub applicability: Applicability,
    /// They must not overlap.
    pub edits: Vec<RawEdit>,
}

/// A finding as it goes to the host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawFinding {
    /// Index into the pack's rules.
    pub rule: u32,
    /// One sentence.
    pub message: String,
    /// Where it is.
    pub primary: RawLabel,
    /// Further places.
    pub labels: Vec<RawLabel>,
    /// Further sentences.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Where it holds; none for all platforms of the file.
    pub on: Option<PlatformWords>,
    /// What can be done about it.
    pub fixes: Vec<RawFix>,
}

/// The answer per platform set; the sets are disjoint, and what no set covers is unknown.
pub type PerPlatform<T> = Vec<(PlatformWords, T)>;

/// The questions, for one check of one file. See rules.wit for what each means.
#[allow(missing_docs, reason = "each is the function of the same name in rules.wit, documented there")]
pub trait Facts {
    // environment
    fn platform_table(&self) -> Cow<'_, [Platform]>;
    fn supports(&self, capability: &str) -> bool;
    fn log(&self, level: Level, message: &str);

    // files
    fn path(&self) -> String;
    fn module_path(&self) -> Option<String>;
    fn import_path(&self) -> Option<String>;
    fn package_name(&self) -> Option<String>;
    fn go_version(&self) -> Option<GoVersion>;
    fn module_go_version(&self) -> Option<GoVersion>;
    fn platforms(&self) -> PlatformWords;
    fn property(&self, name: &str) -> Option<bool>;
    fn source(&self) -> Cow<'_, [u8]>;
    fn tree(&self) -> Cow<'_, [u8]>;
    fn hits(&self) -> Cow<'_, [u8]>;
    fn table(&self, name: &str) -> Option<Vec<u8>>;
    fn path_of(&self, file: u32) -> String;
    fn text_at(&self, file: u32, span: Span) -> Option<Vec<u8>>;

    // semantics: names
    fn resolve(&self, identifier: u32, on: Option<&[u64]>) -> PerPlatform<u32>;
    fn selection(&self, selector: u32) -> Option<Vec<u32>>;
    fn references(&self, object: u32) -> Option<Vec<u32>>;
    fn references_in_package(&self, object: u32) -> Option<Vec<Location>>;
    fn kind_of(&self, object: u32) -> Option<ObjectKind>;
    fn name_of(&self, object: u32) -> String;
    fn qualified_name(&self, object: u32) -> Option<String>;
    fn declared_at(&self, object: u32) -> Option<Location>;
    fn declared_node(&self, object: u32) -> Option<u32>;
    fn object_property(&self, object: u32, name: &str) -> Option<bool>;
    fn type_of_object(&self, object: u32, on: Option<&[u64]>) -> PerPlatform<u32>;

    // semantics: types
    fn type_of(&self, expression: u32, on: Option<&[u64]>) -> PerPlatform<u32>;
    fn type_string(&self, ty: u32) -> String;
    fn type_kind(&self, ty: u32) -> String;
    fn underlying(&self, ty: u32) -> Option<u32>;
    fn element(&self, ty: u32) -> Option<u32>;
    fn key(&self, ty: u32) -> Option<u32>;
    fn array_length(&self, ty: u32, on: Option<&[u64]>) -> PerPlatform<Constant>;
    fn fields_of(&self, ty: u32) -> Option<Vec<RawField>>;
    fn signature_of(&self, ty: u32) -> Option<RawSignature>;
    fn type_object(&self, ty: u32) -> Option<u32>;
    fn type_arguments(&self, ty: u32) -> Vec<u32>;
    fn methods_of(&self, ty: u32) -> Option<Vec<u32>>;
    fn identical(&self, a: u32, b: u32) -> Option<bool>;
    fn assignable(&self, from: u32, to: u32) -> Option<bool>;
    fn convertible(&self, from: u32, to: u32) -> Option<bool>;
    fn implements(&self, ty: u32, interface: u32) -> Option<bool>;
    fn comparable(&self, ty: u32) -> Option<bool>;

    // semantics: values and memory
    fn constant_of(&self, expression: u32, on: Option<&[u64]>) -> PerPlatform<Constant>;
    fn constant_of_object(&self, object: u32, on: Option<&[u64]>) -> PerPlatform<Constant>;
    fn layout(&self, ty: u32, on: Option<&[u64]>) -> PerPlatform<RawLayout>;

    // findings
    fn report(&self, finding: RawFinding) -> u32;
}

/// The pairs of interest and node in the bytes that [`Facts::hits`] gives.
pub fn decode_hits(hits: &[u8]) -> impl ExactSizeIterator<Item = (u32, u32)> {
    let (pairs, _) = hits.as_chunks::<8>();
    pairs.iter().map(|&[a, b, c, d, e, f, g, h]| (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])))
}
