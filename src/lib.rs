//! The self-check as a Yew component, and its start in the sealed document.
//!
//! An application of its own may show [`ui::Quiz`] as a part of its page. It gives a pack, which `quiz-authoring` makes
//! of a content folder in a build script, settings, and a [`host::Host`] that answers for the browser;
//! `e2e/frameworks/yew` is one. What the sealed document keeps out is then for that application to keep out: every script
//! on its page can read every answer. Where there are scripts of others, embed the document instead.

pub mod host;
pub mod ui;

#[cfg(feature = "ssr")]
mod prerender;
#[cfg(feature = "ssr")]
pub use prerender::prerender;
