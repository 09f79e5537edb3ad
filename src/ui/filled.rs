//! Text whose placeholders are filled in from the settings.

use quiz_engine::{Text, filled};
use yew::{AttrValue, Html, html};

use super::Shared;

/// Text that may hold `{emergency}` and `{clinic}`: with the emergency number as a link that dials it, and the clinic's
/// name. No component, as all here that keeps no state: each would cost the visitor half a kilobyte to load.
pub(crate) fn filled_in(shared: &Shared, text: &Text) -> Html {
    // A character that no text has stands for the number, which becomes an element.
    let text = filled(text, &[("clinic", &shared.clinic()), ("emergency", "\0")]);
    let number = shared.settings().emergency;
    let mut parts = text.split('\0').map(|part| AttrValue::from(part.to_owned()));
    let first = parts.next().unwrap_or_default();
    html! {
        <>
            { first }
            { for parts.map(|part| html! {
                <><a class="emergency-number" href={format!("tel:{number}")}>{ number }</a>{ part }</>
            }) }
        </>
    }
}
