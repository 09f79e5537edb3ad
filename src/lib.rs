//! The self-check as a Yew component, and the entry point of the sealed document.

pub mod host;
pub mod ui;

#[cfg(feature = "ssr")]
mod prerender;
#[cfg(feature = "ssr")]
pub use prerender::prerender;

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the self-check in the element `#app` of a document that holds the pack.
///
/// # Errors
/// The document holds no pack, or one that this engine cannot read. The caller then shows the leaflet.
#[wasm_bindgen]
pub fn start() -> Result<(), String> {
    host::document::start()
}
