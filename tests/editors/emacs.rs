//! Emacs, with each of its two clients.

use std::path::Path;

use super::{assert_mends, editor, module, ours};

fn assert_works(configuration: &str) {
    let scratch = module();
    let mut command = editor(Path::new("emacs"), &scratch);
    // Packages are not compiled to machine code for one run.
    let quick = "(setq native-comp-deferred-compilation nil native-comp-jit-compilation nil)";
    command.args(["-q", "--batch", "--eval", quick, "-f", "package-activate-all"]);
    command.arg("-l").arg(ours("editors/emacs").join(configuration));
    command.arg("-l").arg(ours("tests/editors/emacs.el"));
    assert_mends(&mut command, &scratch);
}

#[test]
fn eglot() {
    assert_works("golint-rs-eglot.el");
}

#[test]
fn lsp_mode() {
    assert_works("golint-rs-lsp-mode.el");
}
