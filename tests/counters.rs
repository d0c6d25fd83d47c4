//! What a run does, counted: files parsed, nodes, calls of packs, questions, bytes. The numbers of a fixed input don't depend
//! on the machine, and a change of them is looked at before it is accepted.

use std::path::Path;

use serde_json::{Map, Value};

use crate::scratch::{Run, command_in};

/// The numbers of a run over tests/demo on one thread, times left out.
fn counted(arguments: &[&str]) -> Value {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/demo");
    let always = ["check", "--format", "json", "--timings", "--no-cache", "--threads", "1"];
    let run = Run::of(&mut command_in(&demo, &[&always, arguments].concat())).expect(1);
    let numbers = |value: &Value| -> Map<String, Value> {
        let members = value.as_object().into_iter().flatten();
        let whole = members.filter(|(name, value)| value.is_u64() && *name != "peak_memory_bytes");
        whole.map(|(name, value)| (name.clone(), value.clone())).collect()
    };
    let timings = &run.json()["timings"];
    let mut counted = numbers(timings);
    let packs = timings["packs"].as_object().into_iter().flatten();
    counted.insert("packs".into(), packs.map(|(name, pack)| (name.clone(), Value::Object(numbers(pack)))).collect());
    Value::Object(counted)
}

#[test]
fn the_default_run() {
    insta::assert_json_snapshot!(counted(&[]));
}

#[test]
fn a_run_without_the_prefilter() {
    insta::assert_json_snapshot!(counted(&["--no-prefilter"]));
}
