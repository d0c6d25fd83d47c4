//! The stages of a file's life, each alone, on a source that is made here: `cargo bench -p golint-core`. For comparing two
//! states of the code on one machine; `cargo xtask bench` measures whole runs on real code.

use std::hint::black_box;
use std::sync::Arc;

use camino::Utf8PathBuf;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use golint_core::{ConfigurationSource, Control, Engine, EngineOptions, Snapshot};
use golint_host::{NativePack, RulePack};
use golint_project::{Disk, FileFacts, FileSystem, GoVersion, Options, Overlay};
use golint_syntax::header;

const HERE: &str = "/no-such-place/m";

/// Functions with loops, goroutines and sums of pointers: all rules look at them, and find nothing in most.
fn source(functions: usize) -> String {
    let mut source =
        "package p\n\nimport (\n\t\"sync\"\n\t\"unsafe\"\n)\n\ntype T struct {\n\ta int32\n\tb int64\n}\n".to_owned();
    for n in 0..functions {
        source.push_str(&format!(
            "\nfunc f{n}(items []*T, use func(any)) uintptr {{\n\tvar wait sync.WaitGroup\n\tvar sum uintptr\n\
             \tfor i, item := range items {{\n\t\twait.Add(1)\n\t\tgo func(i int, item *T) {{\n\t\t\tdefer wait.Done()\n\
             \t\t\tuse(item.b + int64(i))\n\t\t}}(i, item)\n\t\tsum += unsafe.Offsetof(item.b)\n\t}}\n\twait.Wait()\n\
             \treturn sum\n}}\n"
        ));
    }
    source
}

fn stages(criterion: &mut Criterion) {
    let source = source(500);
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(source.len() as u64));
    group.bench_function("head", |bencher| {
        bencher.iter(|| {
            let head = header::scan(black_box(source.as_bytes()));
            FileFacts::of("a.go", head, GoVersion::new(1, 21))
        });
    });
    group.bench_function("parse and flatten", |bencher| {
        bencher.iter(|| golint_syntax::parse(black_box(source.as_bytes())));
    });
    let native: Vec<Arc<dyn RulePack>> = [&pack_go_semantics::PACK, &pack_linux::PACK, &pack_unsafe_memory::PACK]
        .map(|pack| Arc::new(NativePack::new(pack).expect("a sound pack")) as Arc<dyn RulePack>)
        .into();
    let mut options = EngineOptions::new(golint_builtin::PACKS, HERE);
    options.configuration = ConfigurationSource::Isolated;
    options.threads = 1;
    let snapshot = snapshot(&source);
    for (name, engine) in [
        ("check", Engine::new(options.clone()).expect("an engine")),
        ("check, rules compiled in", Engine::with_builtin(options, native).expect("an engine")),
    ] {
        group.bench_function(name, |bencher| {
            let targets = || snapshot.targets();
            let check =
                |targets: Vec<_>| engine.check(&snapshot, &targets, &Control::new()).expect("sound options").report;
            bencher.iter_batched(targets, check, BatchSize::SmallInput);
        });
    }
    group.finish();
}

/// The source as the one file of a module.
fn snapshot(source: &str) -> Snapshot {
    let here = Utf8PathBuf::from(HERE);
    let mut files = Overlay::new(Arc::new(Disk));
    files.insert(here.join("go.mod"), *b"module m\n\ngo 1.21\n");
    files.insert(here.join("a.go"), source.as_bytes());
    let files: Arc<dyn FileSystem> = Arc::new(files);
    let (project, _) = golint_project::load(&*files, &[], &Options { cwd: here, ..Options::default() });
    Snapshot { files, project: Arc::new(project) }
}

criterion_group!(benches, stages);
criterion_main!(benches);
