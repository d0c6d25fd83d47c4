//! See `golint_fuzz::modules`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::modules::run(data));
