//! Why a pack can't be loaded, with what to do about it. Every text names cause and remedy; none names wasmtime.

use crate::failure::Failure;

/// Why a pack can't be loaded. `Display` says what is wrong; [`LoadError::help`] what to do next.
#[derive(Debug, thiserror::Error)]
#[error("can't load {} from {origin}: {cause}", shown(.name.as_deref()))]
pub struct LoadError {
    /// The pack's name in the configuration, if one names it.
    pub name: Option<String>,
    /// Where its bytes came from.
    pub origin: String,
    /// What is wrong.
    #[source]
    pub cause: LoadCause,
}

fn shown(name: Option<&str>) -> String {
    name.map_or_else(|| "the rule pack".to_owned(), |name| format!("rule pack {name:?}"))
}

impl LoadError {
    /// What to do next.
    pub fn help(&self) -> String {
        self.cause.help()
    }
}

/// What is wrong with a pack.
#[derive(Debug, thiserror::Error)]
pub enum LoadCause {
    /// No bytes.
    #[error("the file is empty")]
    Empty,
    /// Something else; the text says what it looks like.
    #[error("this is no WebAssembly component but {0}")]
    NotWasm(&'static str),
    /// A core module. True: one that was made for components and only needs to be wrapped.
    #[error("this is a core WebAssembly module, not a component")]
    CoreModule {
        /// It carries the description of a component's interfaces.
        componentizable: bool,
    },
    /// It ends too early.
    #[error("the file ends too early, at byte {0}")]
    Truncated(usize),
    /// It breaks the rules of WebAssembly or uses a feature that is off here.
    #[error("the component is not valid: {message} (at byte {offset})")]
    Invalid {
        /// What is wrong.
        message: String,
        /// Where.
        offset: usize,
    },
    /// The bytes are not those that the configuration expects.
    #[error("its sha256 is {found}, and the configuration expects {expected}")]
    Sha256 {
        /// As configured.
        expected: String,
        /// Of the bytes.
        found: String,
    },
    /// It wants something that the host does not offer.
    #[error("it imports {0:?}, which golint-rs does not offer")]
    Import(String),
    /// It speaks another version of the contract.
    #[error("it was built for {wanted}, and this golint-rs speaks golint:rules@{offered}")]
    Version {
        /// The interface that it names.
        wanted: String,
        /// The version that the host speaks.
        offered: &'static str,
        /// True if the pack's version is the higher one.
        newer: bool,
    },
    /// It does not export what a pack must.
    #[error("it does not export golint:rules/pack@{0}")]
    MissingExport(&'static str),
    /// It exports something that no pack may.
    #[error("it exports {0:?}, which golint-rs does not know")]
    ExtraExport(String),
    /// Names are right, types are not.
    #[error("it does not fit the contract: {0}")]
    Contract(String),
    /// `describe` trapped, ran out of time or memory.
    #[error("asked to describe itself, {}", .0.message)]
    Describe(Box<Failure>),
    /// What `describe` answered can't be; the text names the rule and the cause.
    #[error("its description of itself can't be: {0}")]
    Manifest(String),
    /// The host could not compile or link it.
    #[error("it can't be compiled: {0}")]
    Compile(String),
}

impl LoadCause {
    fn help(&self) -> String {
        match self {
            LoadCause::Empty | LoadCause::Truncated(_) => {
                "copy or download the file again, and build it again if that does not help".into()
            }
            LoadCause::NotWasm(_) => {
                "name the .wasm file of a component; precompiled code, archives and text are not loaded".into()
            }
            LoadCause::CoreModule { componentizable: true } => {
                "name the component that is made of it: `golint-rs plugin build` writes one for a pack in Rust, and \
                 `wasm-tools component new PACK.wasm -o PACK.component.wasm` for any other"
                    .into()
            }
            LoadCause::CoreModule { componentizable: false } => {
                "build a pack in Rust with `golint-rs plugin build`, which writes a component; in another language, use a \
                 generator of component bindings for golint:rules, then wasm-tools component new PACK.wasm -o \
                 PACK.component.wasm"
                    .into()
            }
            LoadCause::Invalid { .. } => {
                "build it for plain WebAssembly: threads, 64-bit memory, several memories, relaxed SIMD, tail calls, GC \
                 and exceptions are off"
                    .into()
            }
            LoadCause::Sha256 { .. } => {
                "if the new file is meant, put its sha256 into the configuration; if not, get the right file".into()
            }
            LoadCause::Import(name) if name.starts_with("wasi:") => {
                "a pack gets no system interface: in Rust, build for wasm32-unknown-unknown instead of wasm32-wasip1 or \
                 wasm32-wasip2; elsewhere, turn WASI off or link a stub"
                    .into()
            }
            LoadCause::Import(name) if name.starts_with("golint:rules/") => {
                "upgrade golint-rs, or build the pack against the contract of this version".into()
            }
            LoadCause::Import(_) => "a pack may import golint:rules only: remove the dependency that needs it".into(),
            LoadCause::Version { newer: true, .. } => "upgrade golint-rs, or use an older release of the pack".into(),
            LoadCause::Version { newer: false, .. } => {
                "this contract is no longer spoken: upgrade the pack, or build it again with a newer SDK".into()
            }
            LoadCause::MissingExport(_) => {
                "build the pack for the world golint:rules/rule-pack; in Rust, call golint_sdk::export_pack!. Of a pack \
                 that had it, copy or download the file again: its end is missing"
                    .into()
            }
            LoadCause::ExtraExport(name) if name.starts_with("golint:rules/") => {
                "upgrade golint-rs, or use an older release of the pack".into()
            }
            LoadCause::ExtraExport(_) => "build the pack for the world golint:rules/rule-pack, and nothing else".into(),
            LoadCause::Contract(_) => {
                "build it against rules-wit of this version of golint-rs: a released type never changes".into()
            }
            LoadCause::Describe(_) | LoadCause::Manifest(_) => {
                "report it to the authors of the pack; until then, leave it out of [plugins]".into()
            }
            LoadCause::Compile(_) => "report it to golint-rs, with the pack".into(),
        }
    }
}
