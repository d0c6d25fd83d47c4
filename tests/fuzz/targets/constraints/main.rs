//! See `golint_fuzz::constraints`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::constraints::run(data));
