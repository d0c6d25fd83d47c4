//! See `golint_fuzz::imports`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::imports::run(data));
