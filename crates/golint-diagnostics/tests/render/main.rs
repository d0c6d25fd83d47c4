//! Every format over the same findings, and over hostile ones. Uses the public interface only.

mod fixture;
mod gitlab;
mod hostile;
mod logs;
mod machine;
mod markdown;
mod random;
mod sarif;
mod text;
mod xml;
