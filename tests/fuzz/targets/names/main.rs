//! See `golint_fuzz::names`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::names::run(data));
