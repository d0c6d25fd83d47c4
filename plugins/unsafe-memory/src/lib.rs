//! A built-in pack.
