//! The engine of the sealed document.

/// Every allocation in a bounded time, in two fifths of the code of Rust's own allocator (docs/performance.md).
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    if let Err(error) = pars_check::host::document::start() {
        // Whoever started the engine catches it and shows the leaflet.
        wasm_bindgen::throw_str(&error);
    }
}
