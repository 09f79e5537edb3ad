//! Text whose placeholders are filled in from the settings.

use quiz_engine::{Text, filled};
use yew::{AttrValue, Html};

use super::Shared;
use super::markup::{Child, element, list};

/// Text that may hold `{emergency}` and `{clinic}`: with the emergency number as a link that dials it, and the clinic's
/// name.
pub(super) fn filled_in(shared: &Shared, text: &Text) -> Html {
    // A character that no text has stands for the number, which becomes an element.
    let text = filled(text, &[("clinic", &shared.clinic()), ("emergency", "\0")]);
    let number = shared.settings().emergency;
    let mut all = Vec::new();
    for part in text.split('\0') {
        if !all.is_empty() {
            let address = ["tel:", number].concat();
            all.push(element("a|class=emergency-number").attr("href", address).with(number).into_html());
        }
        all.push(AttrValue::from(part.to_owned()).into_html());
    }
    list(all)
}
