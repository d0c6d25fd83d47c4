//! Packs for tests, written as WebAssembly text and wrapped into components here: no compiler for the wasm target is
//! needed, and a test shows every byte that its guest hands over. The end-to-end tests use it, too.

use std::fmt::Write;

use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve, WorldId};

/// The contract, as it is released.
pub(crate) fn contract() -> String {
    include_str!("../../../../rules-wit/rules.wit").to_owned()
}

fn resolve(wit: &str) -> (Resolve, WorldId) {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("rules.wit", wit).expect("the contract parses");
    let world = resolve.select_world(&[package], Some("rule-pack")).expect("the contract has the world");
    (resolve, world)
}

fn componentize(mut module: Vec<u8>, wit: &str) -> Vec<u8> {
    let (resolve, world) = resolve(wit);
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false).expect("metadata fits");
    let mut encoder = ComponentEncoder::default();
    encoder.module(&module).expect("a module").validate(true).encode().expect("the module fits the contract")
}

/// A component that imports every function of this contract, and traps when it is called.
pub(crate) fn imports_everything(wit: &str) -> Vec<u8> {
    let (resolve, world) = resolve(wit);
    let module = dummy_module(&resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    componentize(module, wit)
}

/// Static memory of a guest: everything that it hands over, laid out as the canonical ABI wants it.
pub(crate) struct Data {
    bytes: Vec<u8>,
}

/// Where static memory begins.
const BASE: u32 = 1024;
/// Where the guest's heap begins.
const HEAP: u32 = 1 << 20;

impl Data {
    fn put(&mut self, bytes: &[u8]) -> u32 {
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        let at = BASE + self.bytes.len() as u32;
        self.bytes.extend_from_slice(bytes);
        at
    }

    /// Pointer and length.
    pub(crate) fn string(&mut self, text: &[u8]) -> [u32; 2] {
        [self.put(text), text.len() as u32]
    }

    pub(crate) fn words(&mut self, words: &[u32]) -> u32 {
        let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        self.put(&bytes)
    }

    /// A list of records of so many words each.
    pub(crate) fn list(&mut self, records: &[Vec<u32>]) -> [u32; 2] {
        [self.words(&records.concat()), records.len() as u32]
    }
}

/// A rule in a manifest.
#[derive(Clone)]
pub(crate) struct Rule {
    pub(crate) id: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) category: &'static str,
    pub(crate) schema: String,
    /// Keys and values.
    pub(crate) attributes: Vec<(&'static str, &'static str)>,
}

impl Rule {
    pub(crate) fn named(id: &'static str) -> Rule {
        Rule { id, summary: "finds something", category: "style", schema: String::new(), attributes: Vec::new() }
    }
}

/// A finding, as a guest may report it.
#[derive(Clone)]
pub(crate) struct Finding {
    pub(crate) rule: u32,
    pub(crate) message: Vec<u8>,
    pub(crate) file: u32,
    pub(crate) span: (u32, u32),
    /// File and span.
    pub(crate) labels: Vec<(u32, u32, u32)>,
    pub(crate) on: Option<Vec<u64>>,
    /// File, span and text, of one fix.
    pub(crate) edits: Vec<(u32, u32, u32, &'static str)>,
}

impl Finding {
    pub(crate) fn at(start: u32, end: u32) -> Finding {
        Finding {
            rule: 0,
            message: b"something is here".to_vec(),
            file: 0,
            span: (start, end),
            labels: Vec::new(),
            on: None,
            edits: Vec::new(),
        }
    }

    fn put(&self, data: &mut Data) -> u32 {
        let mut words = vec![self.rule];
        words.extend(data.string(&self.message));
        words.extend([self.file, self.span.0, self.span.1]);
        words.extend(data.string(b"here"));
        let label = data.string(b"there");
        let labels: Vec<_> = self.labels.iter().map(|(f, s, e)| vec![*f, *s, *e, label[0], label[1]]).collect();
        words.extend(data.list(&labels));
        let note = data.string(b"a note");
        words.extend(data.list(&[note.to_vec()]));
        let help = data.string(b"do something");
        words.extend([1, help[0], help[1]]);
        // Confidence: likely.
        words.push(1);
        match &self.on {
            Some(on) => {
                let halves: Vec<u32> = on.iter().flat_map(|w| [*w as u32, (*w >> 32) as u32]).collect();
                words.extend([1, data.words(&halves), on.len() as u32]);
            }
            None => words.extend([0, 0, 0]),
        }
        let edits = self.edits.iter().map(|(f, s, e, text)| {
            let text = data.string(text.as_bytes());
            vec![*f, *s, *e, text[0], text[1]]
        });
        let edits: Vec<_> = edits.collect();
        if edits.is_empty() {
            words.extend([0, 0]);
        } else {
            let title = data.string(b"repair it");
            let edits = data.list(&edits);
            words.extend(data.list(&[vec![title[0], title[1], 0, edits[0], edits[1]]]));
        }
        data.words(&words)
    }
}

/// A pack in the making. The bodies are instructions; their functions are said at the fields.
pub(crate) struct Guest {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) rules: Vec<Rule>,
    /// Node kinds of the only interest, and a regular expression that it requires.
    pub(crate) kinds: Vec<&'static str>,
    pub(crate) pattern: Option<&'static str>,
    /// Runs first in `describe`.
    pub(crate) before_describe: String,
    /// Runs first in `configure`; `$configuration` is its number.
    pub(crate) before_configure: String,
    /// What `check` does before it answers "ok"; `$file` is the file, `$i` and `$j` are numbers for its use.
    pub(crate) check: String,
    /// More functions and globals.
    pub(crate) more: String,
    data: Data,
}

impl Guest {
    /// A pack "test-pack" with a rule "a-rule" that wants every file and finds nothing.
    pub(crate) fn new() -> Guest {
        Guest {
            name: "test-pack",
            version: "1.2.3",
            rules: vec![Rule::named("a-rule")],
            kinds: vec!["source_file"],
            pattern: None,
            before_describe: String::new(),
            before_configure: String::new(),
            check: String::new(),
            more: String::new(),
            data: Data { bytes: Vec::new() },
        }
    }

    /// `check` reports this, too.
    pub(crate) fn reports(mut self, finding: &Finding) -> Guest {
        let at = finding.put(&mut self.data);
        writeln!(self.check, "(drop (call $report (i32.const {at})))").expect("to a string");
        self
    }

    /// `check` does this, too.
    pub(crate) fn checks(mut self, instructions: &str) -> Guest {
        self.check.push_str(instructions);
        self
    }

    /// Static text for the instructions: pointer and length.
    pub(crate) fn text(&mut self, text: &str) -> (u32, usize) {
        (self.data.string(text.as_bytes())[0], text.len())
    }

    fn manifest(&mut self) -> u32 {
        let data = &mut self.data;
        let rules = self.rules.iter().map(|rule| {
            let mut words = Vec::new();
            for text in [rule.id, rule.summary, "## What it does\n", rule.category] {
                words.extend(data.string(text.as_bytes()));
            }
            // Severity warning, on by default.
            words.push(1 | 1 << 8);
            words.extend(data.string(rule.schema.as_bytes()));
            let attribute =
                |(key, value): &(&str, &str)| [data.string(key.as_bytes()), data.string(value.as_bytes())].concat();
            let attributes: Vec<_> = rule.attributes.iter().map(attribute).collect();
            words.extend(data.list(&attributes));
            words
        });
        let rules: Vec<_> = rules.collect();
        let mut words = Vec::new();
        words.extend(data.string(self.name.as_bytes()));
        words.extend(data.string(self.version.as_bytes()));
        words.extend(data.list(&rules));
        words.extend([0, 0]);
        data.words(&words)
    }

    fn interests(&mut self) -> u32 {
        let data = &mut self.data;
        let kinds: Vec<_> = self.kinds.iter().map(|kind| data.string(kind.as_bytes()).to_vec()).collect();
        let mut words = vec![0; 10];
        match self.pattern {
            Some(pattern) => {
                let text = data.string(pattern.as_bytes());
                let any = data.list(&[vec![1, text[0], text[1]]]);
                words.extend(data.list(&[any.to_vec()]));
            }
            None => words.extend([0, 0]),
        }
        words.extend(data.list(&kinds));
        let interests = data.list(&[words]);
        data.words(&[0, interests[0], interests[1]])
    }

    /// The component.
    pub(crate) fn build(mut self) -> Vec<u8> {
        let (manifest, interests) = (self.manifest(), self.interests());
        let ok = self.data.words(&[0, 0, 0]);
        assert!(BASE as usize + self.data.bytes.len() < HEAP as usize, "too much static data");
        let data: String = self.data.bytes.iter().map(|byte| format!("\\{byte:02x}")).collect();
        let Guest { before_describe, before_configure, check, more, .. } = self;
        let module = format!(
            r#"(module
              (import "golint:rules/findings@0.1.0" "report" (func $report (param i32) (result i32)))
              (import "golint:rules/files@0.1.0" "[method]file.source" (func $source (param i32 i32)))
              (import "golint:rules/files@0.1.0" "[method]file.hits" (func $hits (param i32 i32)))
              (import "golint:rules/files@0.1.0" "[method]file.text" (func $text (param i32 i32 i32)))
              (import "golint:rules/files@0.1.0" "[resource-drop]file" (func $drop_file (param i32)))
              (import "golint:rules/files@0.1.0" "path-of" (func $path_of (param i32 i32)))
              (import "golint:rules/files@0.1.0" "text-at" (func $text_at (param i32 i32 i32 i32)))
              (import "golint:rules/semantics@0.1.0" "name-of" (func $name_of (param i32 i32)))
              (import "golint:rules/semantics@0.1.0" "resolve" (func $resolve (param i32 i32 i32 i32 i32 i32)))
              (import "golint:rules/semantics@0.1.0" "references-in-package" (func $references (param i32 i32 i32)))
              (import "golint:rules/semantics@0.1.0" "type-string" (func $type_string (param i32 i32)))
              (import "golint:rules/environment@0.1.0" "log" (func $log (param i32 i32 i32)))
              (memory (export "memory") 17)
              (global $heap (mut i32) (i32.const {HEAP}))
              {more}
              (func $allocate (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
                (local $at i32)
                (local.set $at (i32.and (i32.add (global.get $heap) (i32.const 7)) (i32.const -8)))
                (global.set $heap (i32.add (local.get $at) (local.get 3)))
                (block $fits
                  (loop $grow
                    (br_if $fits (i32.le_u (global.get $heap) (i32.mul (memory.size) (i32.const 65536))))
                    (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
                    (br $grow)))
                (local.get $at))
              (func (export "golint:rules/pack@0.1.0#describe") (result i32)
                {before_describe}
                (i32.const {manifest}))
              (func (export "golint:rules/pack@0.1.0#configure")
                (param $configuration i32) (param $settings i32) (param $count i32) (result i32)
                {before_configure}
                (i32.const {interests}))
              (func (export "golint:rules/pack@0.1.0#check") (param $configuration i32) (param $file i32) (result i32)
                (local $i i32) (local $j i32)
                (global.set $heap (i32.const {HEAP}))
                {check}
                (call $drop_file (local.get $file))
                (i32.const {ok}))
              (data (i32.const {BASE}) "{data}"))"#
        );
        componentize(wat::parse_str(&module).expect("the text is sound"), &contract())
    }
}
