//! Compiles the generated parser.

fn main() {
    println!("cargo:rerun-if-changed=grammar/src");
    let mut build = cc::Build::new();
    // Ten times slower without optimisation, in tests as anywhere else.
    build.std("c11").include("grammar/src").file("grammar/src/parser.c").opt_level(2).debug(false);
    if build.get_compiler().is_like_msvc() {
        build.flag("-utf-8");
    }
    build.compile("golint_go");
}
