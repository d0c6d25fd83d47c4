//! Looks at a pack's bytes before anything is compiled, so that the usual mistakes get a plain answer. It never runs
//! anything.

use semver::Version;
use sha2::{Digest, Sha256};
use wasmparser::{Encoding, Parser, Payload, Validator};

use super::cache::hex;
use super::{engine, v0_1};
use crate::load_error::LoadCause;

/// The contract's package, as it stands in names of interfaces.
const PACKAGE: &str = "golint:rules/";
/// The interfaces that a pack may import.
const IMPORTS: &[&str] = &["types", "environment", "files", "semantics", "findings"];
/// The interface that a pack must export.
const EXPORT: &str = "pack";
/// A section of core modules into which tools put the description of a component's interfaces.
const COMPONENT_TYPE: &str = "component-type";

/// What a component imports, and which contract it keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interfaces {
    /// Names of interfaces, in the order of the component.
    pub imports: Vec<String>,
    /// The version of the contract that the pack exports, as in 0.1.0; none if it exports none.
    pub contract: Option<String>,
}

impl Interfaces {
    /// Of these bytes, which need not be a pack.
    ///
    /// # Errors
    /// If they are no WebAssembly or end too early.
    pub fn of(bytes: &[u8]) -> Result<Interfaces, LoadCause> {
        check_beginning(bytes)?;
        let outline = Outline::read(bytes)?;
        let imports = outline.imports.iter().map(|name| (*name).to_owned()).collect();
        let mut exports = outline.exports.iter().filter_map(|name| interface(name));
        let contract = exports.find(|(name, _)| *name == EXPORT).map(|(_, version)| version.to_string());
        Ok(Interfaces { imports, contract })
    }
}

/// Are there bytes, and the expected ones?
pub(super) fn check_bytes(bytes: &[u8], sha256: Option<&str>) -> Result<(), LoadCause> {
    if bytes.is_empty() {
        return Err(LoadCause::Empty);
    }
    if let Some(expected) = sha256 {
        let found = hex(&Sha256::digest(bytes));
        if !found.eq_ignore_ascii_case(expected.trim()) {
            return Err(LoadCause::Sha256 { expected: expected.to_owned(), found });
        }
    }
    Ok(())
}

/// Is it a valid component that imports and exports what a pack may and must?
pub(super) fn check_component(bytes: &[u8]) -> Result<(), LoadCause> {
    check_beginning(bytes)?;
    let outline = Outline::read(bytes)?;
    if !outline.is_component {
        return Err(LoadCause::CoreModule { componentizable: outline.describes_component });
    }
    outline.check()?;
    Validator::new_with_features(engine::FEATURES).validate_all(bytes).map_err(|e| invalid(&e))?;
    Ok(())
}

/// Something else than WebAssembly is told by its first bytes.
fn check_beginning(bytes: &[u8]) -> Result<(), LoadCause> {
    const WASM: &[u8] = b"\0asm";
    if bytes.starts_with(WASM) {
        return if bytes.len() < 8 { Err(LoadCause::Truncated(bytes.len())) } else { Ok(()) };
    }
    if WASM.starts_with(bytes) {
        return Err(LoadCause::Truncated(bytes.len()));
    }
    let text = bytes.trim_ascii_start();
    Err(LoadCause::NotWasm(match bytes {
        [0x7f, b'E', b'L', b'F', ..] => "a native or precompiled object file (ELF)",
        [0x1f, 0x8b, ..] => "a gzip archive",
        [b'P', b'K', 3, 4, ..] => "a zip archive",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "a zstd archive",
        _ if text.starts_with(b"version https://git-lfs") => "a Git LFS pointer, whose file was not fetched",
        _ if text.starts_with(b"(component") || text.starts_with(b"(module") => "WebAssembly as text",
        _ if text.starts_with(b"<") => "HTML or XML, perhaps the error page of a download",
        _ => "something else",
    }))
}

fn invalid(error: &wasmparser::BinaryReaderError) -> LoadCause {
    if error.message().contains("unexpected end-of-file") {
        return LoadCause::Truncated(error.offset());
    }
    LoadCause::Invalid { message: error.message().to_owned(), offset: error.offset() }
}

/// What the outermost component imports and exports.
#[derive(Default)]
struct Outline<'a> {
    is_component: bool,
    describes_component: bool,
    imports: Vec<&'a str>,
    exports: Vec<&'a str>,
}

impl<'a> Outline<'a> {
    fn read(bytes: &'a [u8]) -> Result<Outline<'a>, LoadCause> {
        let mut outline = Outline::default();
        let mut depth = 0_u32;
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.map_err(|e| invalid(&e))? {
                Payload::Version { encoding, .. } => {
                    depth += 1;
                    if depth == 1 {
                        outline.is_component = encoding == Encoding::Component;
                    }
                }
                Payload::End(_) => depth = depth.saturating_sub(1),
                Payload::ComponentImportSection(section) if depth == 1 => {
                    for import in section {
                        outline.imports.push(import.map_err(|e| invalid(&e))?.name.name);
                    }
                }
                Payload::ComponentExportSection(section) if depth == 1 => {
                    for export in section {
                        outline.exports.push(export.map_err(|e| invalid(&e))?.name.name);
                    }
                }
                Payload::CustomSection(section) if depth == 1 => {
                    outline.describes_component |= section.name().starts_with(COMPONENT_TYPE);
                }
                _ => {}
            }
        }
        Ok(outline)
    }

    fn check(&self) -> Result<(), LoadCause> {
        // Another version first: it explains whatever else may be wrong.
        for name in self.imports.iter().chain(&self.exports) {
            check_version(name)?;
        }
        for name in &self.imports {
            let is_known = interface(name).is_some_and(|(interface, _)| IMPORTS.contains(&interface));
            if !is_known {
                return Err(LoadCause::Import((*name).to_owned()));
            }
        }
        let is_pack = |name: &&&str| interface(name).is_some_and(|(interface, _)| interface == EXPORT);
        if !self.exports.iter().any(|name| is_pack(&name)) {
            return Err(LoadCause::MissingExport(v0_1::VERSION));
        }
        match self.exports.iter().find(|name| !is_pack(name)) {
            Some(extra) => Err(LoadCause::ExtraExport((*extra).to_owned())),
            None => Ok(()),
        }
    }
}

/// An interface of the contract and its version.
fn interface(name: &str) -> Option<(&str, Version)> {
    let (interface, version) = name.strip_prefix(PACKAGE)?.split_once('@')?;
    Some((interface, Version::parse(version).ok()?))
}

/// Is it of a version of the contract that the host speaks, if it is of the contract at all? 0.1.x all go together.
fn check_version(name: &str) -> Result<(), LoadCause> {
    let Some((_, version)) = interface(name) else { return Ok(()) };
    if (version.major, version.minor) == (0, 1) {
        return Ok(());
    }
    Err(LoadCause::Version {
        wanted: name.to_owned(),
        offered: v0_1::VERSION,
        newer: (version.major, version.minor) > (0, 1),
    })
}
