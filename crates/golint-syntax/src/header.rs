//! Header scan.
