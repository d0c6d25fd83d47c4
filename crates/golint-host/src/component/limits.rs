//! What an instance may take of the machine: memory over all its memories, tables, instances.

use wasmtime::ResourceLimiter;

/// Elements of one table; a table of functions has as many as the pack has functions whose address is taken.
const MAX_TABLE_ELEMENTS: usize = 200_000;
/// Core instances, tables and memories of one component.
const MAX_INSTANCES: usize = 100;
const MAX_TABLES: usize = 50;
const MAX_MEMORIES: usize = 10;
/// Data that a guest may hand over in one call, in bytes. A finding with all its texts is far below.
pub(super) const HOSTCALL_FUEL: usize = 16 << 20;
/// Resource handles of one store: a check has one.
pub(super) const MAX_HANDLES: usize = 1_000;

/// The limits of one store, and what it uses.
pub(super) struct Limits {
    /// Bytes over all memories.
    pub(super) memory_limit: usize,
    /// Bytes over all memories.
    pub(super) memory_used: usize,
    /// Memory was refused since this was last cleared.
    pub(super) refused: bool,
}

impl Limits {
    pub(super) fn new(memory_limit: usize) -> Limits {
        Limits { memory_limit, memory_used: 0, refused: false }
    }
}

impl ResourceLimiter for Limits {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let used = self.memory_used.saturating_add(desired.saturating_sub(current));
        if used > self.memory_limit {
            self.refused = true;
            return Ok(false);
        }
        self.memory_used = used;
        Ok(true)
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let granted = desired <= MAX_TABLE_ELEMENTS;
        self.refused |= !granted;
        Ok(granted)
    }

    fn instances(&self) -> usize {
        MAX_INSTANCES
    }

    fn tables(&self) -> usize {
        MAX_TABLES
    }

    fn memories(&self) -> usize {
        MAX_MEMORIES
    }
}
