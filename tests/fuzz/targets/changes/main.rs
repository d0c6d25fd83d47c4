//! See `golint_fuzz::changes`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::changes::run(data));
