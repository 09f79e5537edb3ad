//! What stands in a place to write in that is no form field.

use quiz_engine::Text;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// The text in the element to which this happened.
pub(super) fn typed(event: &Event) -> Text {
    let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    element.map_or_else(Text::default, |element| element.inner_text().into())
}
