//! Text whose placeholders are filled in from the settings.

use quiz_engine::Text;
use yew::{AttrValue, Html, Properties, component, html};

use super::Shared;

/// Properties of [`Filled`].
#[derive(Clone, PartialEq, Properties)]
pub struct FilledProps {
    /// What every component needs.
    pub shared: Shared,
    /// The text; may hold `{emergency}` and `{clinic}`.
    pub text: Text,
}

/// Text with the emergency number as a link that dials it, and the clinic's name.
#[component]
pub fn Filled(props: &FilledProps) -> Html {
    let text = props.text.replace("{clinic}", &props.shared.clinic());
    let number = props.shared.settings().emergency;
    let mut parts = text.split("{emergency}").map(|part| AttrValue::from(part.to_owned()));
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
