//! Very large files and very long lines.

use super::{GOOD, assert_in_proportion, check, counter, module, places, told};
use crate::cli::capture;

const MIB: usize = 1 << 20;

/// So many bytes of comments, in lines, and behind them code with a finding.
fn long(bytes: usize) -> Vec<u8> {
    let line = format!("// {}\n", "x".repeat(996));
    let mut source = b"package p\n".to_vec();
    while source.len() < bytes {
        source.extend_from_slice(line.as_bytes());
    }
    source.extend_from_slice(capture("p").trim_start_matches("package p\n").replace("func f", "func g").as_bytes());
    source
}

#[test]
fn a_file_above_the_limit_is_told_and_not_read() {
    let small = check(&module(&[]), &[]).expect(1);
    let scratch = module(&[("large.go", &long(50 * MIB))]);
    for arguments in [&["--go", "1.20"][..], &["--go", "1.20", "large.go", "good.go"]] {
        let run = check(&scratch, arguments).expect(2);
        assert!(told(&run).contains("`max-file-size` is 16777216"), "{}", run.stdout);
        assert!(places(&run).contains(&GOOD.to_owned()), "{}", run.stdout);
        assert!(counter(&run, "bytes_read") < MIB as u64);
        assert!(counter(&run, "peak_memory_bytes") < counter(&small, "peak_memory_bytes") + 40 * MIB as u64);
    }
}

#[test]
fn a_file_of_50_mib_is_checked_where_that_is_allowed() {
    let run = |bytes: usize| {
        let scratch = module(&[("large.go", &long(bytes)), ("golint.toml", b"max-file-size = 100000000\n")]);
        let run = check(&scratch, &["--go", "1.20"]).expect(1);
        let lines = scratch.read("large.go").iter().filter(|&&byte| byte == b'\n').count();
        assert_eq!(places(&run), [GOOD.to_owned(), format!("large.go:{}: loopvar-capture", lines - 2)]);
        run
    };
    assert_in_proportion(&run(25 * MIB), &run(50 * MIB));
}

/// Packs are handed the whole tree, which is larger than the file by far.
#[test]
fn a_file_of_very_many_nodes_fits_into_packs() {
    let run = |times: usize| {
        let dense =
            format!("{}var x = [][]int{{{}}}\n", capture("p").replace("func f", "func g"), "{0,},".repeat(times));
        let run = check(&module(&[("dense.go", dense.as_bytes())]), &["--go", "1.20"]).expect(1);
        assert_eq!(places(&run), ["dense.go:5: loopvar-capture", GOOD]);
        run
    };
    let (once, twice) = (run(300_000), run(600_000));
    assert!(counter(&twice, "nodes") > 3_000_000, "{}", twice.stdout);
    assert_in_proportion(&once, &twice);
}

#[test]
fn ten_thousand_functions_on_one_line_are_checked() {
    let run = |functions: usize| {
        let function = |i: usize| match i % 10 {
            0 => format!("func f{i}(items []int) {{ for _, v := range items {{ go func() {{ print(v) }}() }} }}; "),
            _ => format!(
                "func f{i}(items []int) int {{ for _, v := range items {{ if v > 0 {{ return v }} }}; return 0 }}; "
            ),
        };
        let source = format!("package p; {}", (0..functions).map(function).collect::<String>());
        let scratch = module(&[("wide/wide.go", source.as_bytes())]);
        let run = check(&scratch, &["--go", "1.20"]).expect(1);
        let found = places(&run).iter().filter(|place| *place == "wide/wide.go:1: loopvar-capture").count();
        assert_eq!((found, told(&run)), (functions / 10, String::new()));
        // People see as much of the line as a screen takes.
        let text = scratch.run(&["check", "--go", "1.20", "--quiet"]).expect(1).stdout;
        assert!(text.len() < 10_000 + functions / 10 * 3_000, "{} bytes", text.len());
        run
    };
    assert_in_proportion(&run(5_000), &run(10_000));
}

#[test]
fn long_strings_and_nul_bytes_hide_no_finding() {
    let (long, lines) = ("a".repeat(MIB), "é\n".repeat(MIB / 3));
    let (nul, nuls) = ("\0".repeat(10), "\0".repeat(100_000));
    let found = |name: &str, content: String, line: usize| {
        let code = capture("p").replace("package p\n", "").replace("func f", "func g");
        let run =
            check(&module(&[(name, format!("package p\n{content}{code}").as_bytes())]), &["--go", "1.20"]).expect(1);
        assert_eq!(places(&run), [format!("{name}:{line}: loopvar-capture"), GOOD.to_owned()]);
    };
    found("a.go", format!("var s = \"{long}\"\n"), 6);
    found("b.go", format!("var s = `{lines}`\n"), 6 + MIB / 3);
    found("c.go", format!("var s = \"{nul}\"\n"), 6);
    found("d.go", format!("// {nul}\n"), 6);
    // Where nothing can be made of them, there is nothing to find.
    for content in [format!("package p\n{nuls}\n"), nuls.clone(), format!("{}{nuls}", capture("p").replace('f', "g"))] {
        let run = check(&module(&[("x/x.go", content.as_bytes())]), &["--go", "1.20"]).expect(1);
        assert!(places(&run).contains(&GOOD.to_owned()) && told(&run).is_empty(), "{}", run.stdout);
    }
}
