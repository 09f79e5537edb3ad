//! The engine of the sealed document.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

fn main() {
    if let Err(error) = pars_check::host::document::start() {
        // Whoever started the engine catches it and shows the leaflet.
        wasm_bindgen::throw_str(&error);
    }
}
