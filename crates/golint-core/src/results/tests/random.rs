//! Many small changes in an arbitrary order, each compared with a run that knows nothing.

use super::*;

/// Numbers that look arbitrary and are the same in every run.
struct Numbers(u64);

impl Numbers {
    /// Below `bound`.
    fn next(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.next(from.len())]
    }
}

const NAMES: &[&str] = &["a.go", "b.go", "b_test.go", "c_linux.go", "c_windows.go", "sub/a.go", "x_test.go"];
const PACKAGES: &[&str] =
    &["package p\n", "package p\n", "package p\n", "package p_test\n", "//go:build ignore\n\npackage main\n"];
const DECLARATIONS: &[&str] = &[
    "var typed int\n",
    "var typed T\n",
    "var typed = other\n",
    "type T struct{ f U }\n",
    "type T = int8\n",
    "type U [size]byte\n",
    "const size = 4\n",
    "const size = other + 1\n",
    "const other = 7\n",
    "var other T\n",
    "func (T) m() {}\n",
    "var x = typed\n",
    "func f() { typed := 1; _ = typed }\n",
    "func g() { _ = typed.f }\n",
    "func h(t T) { typed := t.f; _ = typed }\n",
    "func l() {\nL:\n\tgoto L //nolint:no-goto\n}\n",
    "import \"unsafe\"\n\nvar typed = unsafe.Sizeof(other)\n",
    "// a comment\n",
    "var broken = (\n",
];

#[test]
fn what_is_known_and_what_is_found_is_the_same_after_every_change() {
    let mut kept = 0;
    for seed in 1..5 {
        let mut numbers = Numbers(seed);
        let mut case = Case::new(&[("a.go", "package p\n")]);
        for _ in 0..60 {
            let name = numbers.pick(NAMES);
            let there = case.path(name).exists();
            if there && numbers.next(6) == 0 {
                case.remove(name);
            } else if there && numbers.next(4) == 0 {
                let target = numbers.pick(NAMES);
                fs::create_dir_all(case.path("sub")).expect("a folder");
                fs::rename(case.path(name), case.path(target)).expect("renamed");
            } else {
                let mut text = numbers.pick(PACKAGES).to_owned();
                for _ in 0..1 + numbers.next(4) {
                    text.push('\n');
                    text.push_str(numbers.pick(DECLARATIONS));
                }
                case.write(name, &text);
            }
            kept += case.run().outcome.counters.kept;
        }
    }
    assert!(kept > 500, "{kept}: most files don't change");
}
