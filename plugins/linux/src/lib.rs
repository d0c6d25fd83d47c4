//! The pack `linux`: how Go code speaks to the kernel.

mod syscall_deprecated;

golint_sdk::export_pack!("linux", [syscall_deprecated::SyscallDeprecated]);
