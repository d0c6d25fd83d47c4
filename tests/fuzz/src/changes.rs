//! A unified diff, and behind a zero byte the file that it led to.

use camino::Utf8Path;
use golint_project::Changes;

use super::memory::HERE;

/// Undoes what the diff did to the file, and looks each of its lines up in what comes out.
pub fn run(data: &[u8]) {
    let end = data.iter().position(|&byte| byte == 0).unwrap_or(data.len());
    let (diff, after) = (&data[..end], data.get(end + 1..).unwrap_or_default());
    let Ok(changes) = Changes::parse(diff, &|name| Utf8Path::new(HERE).join(name)) else { return };
    let lines = |text: &[u8]| text.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    for change in changes.files() {
        assert!(change.before.is_some() || change.after.is_some(), "a change of nothing");
        let Ok(before) = change.undone(after) else { continue };
        let (before, after) = (lines(&before), lines(after));
        for (line, text) in (1..).zip(&after) {
            match change.line_before(line) {
                Some(then) => {
                    assert!(!change.touches(line..line + 1), "line {line} is as it was");
                    assert_eq!(before.get(then as usize - 1), Some(text), "line {line} was line {then}");
                }
                None => assert!(change.touches(line..line + 1), "line {line} is new"),
            }
        }
    }
}
