//! The settings under which components are compiled and run. One place, so that the cache's key and every run agree.

use wasmparser::WasmFeatures;
use wasmtime::{Config, Engine};

/// Stack of a guest, in bytes. Threads that run guests have far more.
const WASM_STACK: usize = 1 << 20;

/// What a pack may use: WebAssembly 2.0 and components. Not threads, relaxed SIMD (it is not deterministic), 64-bit or
/// several memories, tail calls, GC and exceptions: each is code that runs untrusted input, and no pack needs it.
pub(super) const FEATURES: WasmFeatures = WasmFeatures::MUTABLE_GLOBAL
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::REFERENCE_TYPES)
    .union(WasmFeatures::CALL_INDIRECT_OVERLONG)
    .union(WasmFeatures::MULTI_VALUE)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::BULK_MEMORY_OPT)
    .union(WasmFeatures::SIMD)
    .union(WasmFeatures::FLOATS)
    .union(WasmFeatures::EXTENDED_CONST)
    .union(WasmFeatures::COMPONENT_MODEL);

/// An engine for packs.
pub(super) fn new_engine() -> wasmtime::Result<Engine> {
    let mut config = Config::new();
    config
        .wasm_features(WasmFeatures::all().difference(FEATURES), false)
        .wasm_features(FEATURES, true)
        // Halves the cost of a call; no guest is asynchronous.
        .concurrency_support(false)
        .epoch_interruption(true)
        // Floats must not tell machines apart.
        .cranelift_nan_canonicalization(true)
        .max_wasm_stack(WASM_STACK)
        .parallel_compilation(true)
        .allocation_strategy(wasmtime::InstanceAllocationStrategy::OnDemand);
    Engine::new(&config)
}
