//! See `golint_fuzz::baselines`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| golint_fuzz::baselines::run(data));
