//! A progress bar on standard error, for runs that take longer than half a second. Never on anything but a terminal.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use golint_core::Control;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run shorter than this shows none: it would only flicker.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// Runs `work`, with a bar beside it if `shown`.
pub(crate) fn during<T>(shown: bool, control: &Control, work: impl FnOnce() -> T) -> T {
    if !shown {
        return work();
    }
    let (done, is_done) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut wait = PATIENCE;
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
            let wide = termimad::terminal_size().0 >= 50;
            let template = if wide { "{bar:24} {pos}/{len} files" } else { "{pos}/{len}" };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            while is_done.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                let (position, total) = control.progress();
                if total > 0 {
                    bar.set_length(total);
                    bar.set_position(position);
                }
                wait = TICK;
            }
            bar.finish_and_clear();
        });
        let result = work();
        drop(done);
        result
    })
}
