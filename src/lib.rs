//! The self-check as a Yew component, and its start in the sealed document.

pub mod host;
pub mod ui;

#[cfg(feature = "ssr")]
mod prerender;
#[cfg(feature = "ssr")]
pub use prerender::prerender;
