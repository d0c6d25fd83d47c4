//! See `golint_fuzz::migrations`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::migrations::run(data));
