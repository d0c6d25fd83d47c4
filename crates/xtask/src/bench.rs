//! `cargo xtask bench FOLDER`: builds the optimised linter, measures it on real code, and prints the figures as a table,
//! with the ratios that the project promises itself. It judges nothing: machines are noisy, and a ratio is looked at.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

/// Runs of the binary for its start-up; the figure is the median.
const STARTS: usize = 11;

/// Lines of the file that is typed in.
const LINES: usize = 5000;

/// A file with a finding.
const ONE_FINDING: &str = "package start

func start(items []string, use func(string)) {
	for _, item := range items {
		go func() { use(item) }()
	}
}
";

/// Builds, measures, prints, and writes the figures to `target/bench.json`.
pub fn run(folder: &Path) -> Result<()> {
    let root = crate::root();
    let folder = fs::canonicalize(folder).with_context(|| folder.display().to_string())?;
    let document = document(&folder)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let build = ["build", "--release", "--locked", "--workspace", "--bins", "--examples"];
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(&root)
        .args(build)
        .env("CARGO_TARGET_DIR", &target)
        .status()
        .context("cargo")?;
    ensure!(status.success(), "the linter does not build");
    let release = target.join("release");

    let mut figures = json(Command::new(release.join("examples/measure")).arg(&folder))?;
    let cache = tempfile::tempdir()?;
    let linter = |folder: &Path, arguments: &[&str]| {
        let mut command = Command::new(release.join("golint-rs"));
        command.current_dir(folder).env("GOLINT_RS_CACHE", cache.path()).args(["check", "--format", "json"]);
        command.args(arguments);
        command
    };
    let peak = |arguments: &[&str]| -> Result<Value> {
        let report = json(&mut linter(&folder, &[&["--all-modules", "--isolated", "--timings"], arguments].concat()))?;
        Ok(report["timings"]["peak_memory_bytes"].clone())
    };
    figures["peak_memory_bytes"] = json!({
        "default": peak(&["--no-cache"])?,
        "prefilter off": peak(&["--no-cache", "--no-prefilter"])?,
    });
    let walk = || -> Result<f64> {
        let output = Command::new(release.join("examples/measure")).arg(&folder).arg("--walk").output()?;
        String::from_utf8(output.stdout)?.trim().parse().context("measure --walk")
    };
    figures["nothing_changed"] = nothing_changed(walk, || linter(&folder, &["--all-modules", "--isolated"]))?;
    let module = tempfile::tempdir()?;
    fs::write(module.path().join("go.mod"), "module example.com/start\n\ngo 1.21\n")?;
    let start = |arguments: &[&str]| -> Result<f64> {
        let mut times = Vec::new();
        for n in 0..STARTS {
            // Another file each time, so that no result is known.
            fs::write(module.path().join("start.go"), format!("{ONE_FINDING}// {n} {arguments:?}\n"))?;
            let started = Instant::now();
            let report = json(&mut linter(module.path(), arguments))?;
            times.push(started.elapsed());
            ensure!(report["summary"]["diagnostics"] == 1, "{report}");
        }
        times.sort();
        Ok(milliseconds(times[times.len() / 2]))
    };
    figures["start_ms"] = json!({
        "packs compiled anew": start(&["--no-cache"])?,
        "packs cached": start(&[])?,
    });

    figures["grammar"] = grammar(&release, &folder)?;
    figures["editor"] = editor(&release, &document)?;

    print(&figures);
    let file = target.join("bench.json");
    fs::write(&file, format!("{figures:#}\n")).with_context(|| file.display().to_string())?;
    println!("\nthe figures are in {}", file.display());
    Ok(())
}

/// The Go file below the folder whose length is next to [`LINES`], of those that start goroutines: rules look at it.
fn document(folder: &Path) -> Result<PathBuf> {
    let (mut ahead, mut nearest) = (vec![folder.to_owned()], None);
    while let Some(folder) = ahead.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_dir() && !path.ends_with("testdata") {
                ahead.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "go") {
                let text = fs::read(&path)?;
                let is_looked_at = memchr::memmem::find(&text, b"go func(").is_some();
                let lines = text.iter().filter(|&&byte| byte == b'\n').count();
                let candidate = (lines.abs_diff(LINES), path);
                if is_looked_at && nearest.as_ref().is_none_or(|nearest| candidate < *nearest) {
                    nearest = Some(candidate);
                }
            }
        }
    }
    Ok(nearest.context("no file of the folder starts a goroutine")?.1)
}

/// A whole run of the program on files that it knows, and the bare walk, in turns.
fn nothing_changed(walk: impl Fn() -> Result<f64>, linter: impl Fn() -> Command) -> Result<Value> {
    json(&mut linter())?;
    let (mut walks, mut runs) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        walks.push(walk()?);
        let started = Instant::now();
        json(&mut linter())?;
        runs.push(milliseconds(started.elapsed()));
    }
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    Ok(json!({"run_ms": median(runs), "walk_and_stat_ms": median(walks)}))
}

/// What the parser takes with our grammar, and with the one that it builds on.
fn grammar(release: &Path, folder: &Path) -> Result<Value> {
    let times = example(release, "grammars", folder)?;
    let [ours, base] = times[..] else { bail!("{} figures of the grammars", times.len()) };
    Ok(json!({ "ours_ms": ours, "tree_sitter_go_ms": base }))
}

/// The figures that an example prints.
fn example(release: &Path, name: &str, argument: &Path) -> Result<Vec<f64>> {
    let output = Command::new(release.join("examples").join(name)).arg(argument).output().context(name.to_owned())?;
    ensure!(output.status.success(), "{name} failed: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout)?;
    text.split_whitespace().map(|figure| figure.parse().with_context(|| text.clone())).collect()
}

/// What an editor waits for, and what the parser's own incremental mode takes in the same run.
fn editor(release: &Path, document: &Path) -> Result<Value> {
    let latency = release.join("examples/latency");
    let mut figures = json(Command::new(latency).arg(release.join("golint-rs")).arg(document))?;
    let floor = example(release, "incremental", document)?;
    for (name, figure) in ["parsers_own_p50_ms", "parsers_own_p99_ms"].into_iter().zip(floor) {
        figures[name] = json!(figure);
    }
    Ok(figures)
}

/// What a command prints, which ends with 0 or with 1 for findings.
fn json(command: &mut Command) -> Result<Value> {
    let output =
        command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().with_context(|| format!("{command:?}"))?;
    ensure!(matches!(output.status.code(), Some(0 | 1)), "{command:?} failed: {}", output.status);
    serde_json::from_slice(&output.stdout).with_context(|| format!("{command:?} printed no JSON"))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_micros() as f64 / 1000.0
}

#[allow(clippy::print_stdout, reason = "a program for the terminal")]
fn print(figures: &Value) {
    let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    let runs = &figures["runs"];
    let (parse, walk) = (number(&figures["parse_only_ms"]), number(&figures["walk_and_stat_ms"]));
    let unchanged = &figures["nothing_changed"];
    let parser = |grammar: &str| number(&figures["grammar"][grammar]);
    let elapsed = |way: &str| number(&runs[way]["elapsed_ms"]);
    let packs = |way: &str, what: &str| -> f64 {
        runs[way]["packs"].as_object().into_iter().flatten().map(|(_, pack)| number(&pack[what])).sum()
    };
    println!(
        "{}: {} files, {:.1} MB, {:.1} million nodes, {} threads\n",
        figures["folder"].as_str().unwrap_or_default(),
        figures["files"],
        number(&figures["bytes"]) / 1e6,
        number(&figures["nodes"]) / 1e6,
        figures["threads"]
    );
    println!(
        "{:34}{:>9}{:>9}{:>9}{:>8}{:>9}{:>10}{:>8}",
        "way", "ms", "least", "most", "parsed", "calls", "questions", "MB in"
    );
    println!("{:34}{walk:9.1}", "walk and stat");
    println!("{:34}{parse:9.1}", "parse only");
    for (way, run) in runs.as_object().into_iter().flatten() {
        println!(
            "{way:34}{:9.1}{:9.1}{:9.1}{:8}{:9}{:10}{:8.1}",
            number(&run["elapsed_ms"]),
            number(&run["least_ms"]),
            number(&run["most_ms"]),
            number(&run["parsed"]),
            packs(way, "files"),
            packs(way, "host_calls"),
            packs(way, "bytes_copied") / 1e6
        );
    }
    let (everything, native) = ("prefilter off", "prefilter off, rules compiled in");
    let threads = number(&figures["threads"]);
    println!("\n{:64}{:>8}{:>9}", "ratio", "is", "budget");
    for (what, is, budget) in [
        ("prefilter off / parse only", elapsed(everything) / parse, "<= 1.40"),
        ("default / parse only", elapsed("default") / parse, "<= 0.40"),
        (
            "a run where nothing changed / walk and stat",
            number(&unchanged["run_ms"]) / number(&unchanged["walk_and_stat_ms"]),
            "<= 4",
        ),
        (
            "the parser with our grammar / with tree-sitter-go's",
            parser("ours_ms") / parser("tree_sitter_go_ms"),
            "<= 1.00",
        ),
        (
            "time in packs / the same rules compiled in",
            packs(everything, "total_ms") / packs(native, "total_ms"),
            "<= 2.0",
        ),
        (
            "time in guests / the whole run, prefilter off",
            packs(everything, "guest_ms") / (elapsed(everything) * threads),
            "<= 0.10",
        ),
        ("one thread / all threads", elapsed("one thread") / elapsed("default"), ">= 1.85"),
    ] {
        println!("{what:64}{is:8.2}{budget:>9}");
    }
    println!(
        "\na run where nothing changed, start and end of the program included: {:.1} ms; the walk beside it {:.1} ms",
        number(&unchanged["run_ms"]),
        number(&unchanged["walk_and_stat_ms"])
    );
    let peak = &figures["peak_memory_bytes"];
    println!(
        "peak memory: {:.0} MB, prefilter off {:.0} MB (budget: 200)",
        number(&peak["default"]) / 1e6,
        number(&peak[everything]) / 1e6
    );
    let start = &figures["start_ms"];
    println!(
        "start to finding in a module of one file: packs cached {:.1} ms (budget: 20), compiled anew {:.1} ms",
        number(&start["packs cached"]),
        number(&start["packs compiled anew"])
    );
    let editor = &figures["editor"];
    let (p50, floor) = (number(&editor["p50_ms"]), number(&editor["parsers_own_p50_ms"]));
    println!(
        "\nin the editor: {}, {} lines, {} edits",
        editor["file"].as_str().unwrap_or_default(),
        editor["lines"],
        editor["edits"]
    );
    println!("first findings after the start {:.1} ms (budget: 50)", number(&editor["first_ms"]));
    println!("findings after an edit p50 {p50:.1} ms, p99 {:.1} ms (budget: 30)", number(&editor["p99_ms"]));
    println!(
        "the parser's own incremental mode and a walk over its tree p50 {floor:.1} ms, the wait to it {:.2} (budget: 2); \
         our way to the flat tree {:.1} ms",
        p50 / floor,
        number(&editor["reparse_and_flatten_p50_ms"])
    );
    println!("idle memory {:.0} MB (budget: 60)", number(&editor["idle_memory_bytes"]) / 1e6);
}
