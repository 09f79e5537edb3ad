//! What stands in a place to write in that is no form field.

use quiz_engine::Text;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// The text in the element to which this happened, which is an element because it is there to be written in.
pub(super) fn typed(event: &Event) -> Text {
    event.target().map_or_else(Text::default, |target| target.unchecked_into::<HtmlElement>().inner_text().into())
}
