//! Every format over the same findings, and over hostile ones. Uses the public interface only.

mod fixture;
mod hostile;
mod machine;
mod random;
mod sarif;
mod text;
