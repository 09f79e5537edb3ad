//! The engine of the sealed document.

fn main() {
    if let Err(error) = pars_check::host::document::start() {
        // Whoever started the engine catches it and shows the leaflet.
        wasm_bindgen::throw_str(&error);
    }
}
