//! See `golint_fuzz::frames`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::frames::run(data));
