//! Rules about what Go code means, as opposed to what the machine or the system makes of it. Reads nothing but what the
//! host tells.

mod loopvar_capture;

pub use loopvar_capture::LoopvarCapture;

golint_sdk::export_pack!("go-semantics", [LoopvarCapture]);
