//! See `golint_fuzz::sessions`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::sessions::run(data));
