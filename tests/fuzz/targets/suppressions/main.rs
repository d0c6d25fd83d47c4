//! See `golint_fuzz::suppressions`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::suppressions::run(data));
