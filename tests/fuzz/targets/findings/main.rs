//! See `golint_fuzz::findings`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::findings::run(data));
