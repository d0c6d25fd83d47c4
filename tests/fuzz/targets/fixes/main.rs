//! See `golint_fuzz::fixes`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::fixes::run(data));
