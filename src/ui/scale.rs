//! A scale of whole numbers as radio buttons.

use quiz_engine::Text;
use yew::{Callback, Html, Properties, component, html};

/// Properties of [`Scale`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ScaleProps {
    /// The question's id.
    pub(crate) id: Text,
    pub(crate) min: i32,
    pub(crate) max: i32,
    pub(crate) low: Text,
    pub(crate) high: Text,
    pub(crate) chosen: Option<i32>,
    pub(crate) on_chosen: Callback<i32>,
}

/// One radio button for each number, with words at both ends that are read with the numbers.
#[component]
pub(crate) fn Scale(props: &ScaleProps) -> Html {
    let id = &*props.id;
    let point = |value: i32| {
        let input = format!("{id}-{value}");
        let end = match value {
            value if value == props.min => Some(format!("{id}-low")),
            value if value == props.max => Some(format!("{id}-high")),
            _ => None,
        };
        html! {
            <div key={value} class="point">
                <input
                    type="radio" id={input.clone()} name={props.id.clone()} value={value.to_string()}
                    checked={props.chosen == Some(value)} autocomplete="off" aria-describedby={end}
                    onchange={props.on_chosen.reform(move |_| value)}
                />
                <label for={input}>{ value }</label>
            </div>
        }
    };
    html! {
        <div class="scale">
            <div class="scale__points">{ for (props.min..=props.max).map(point) }</div>
            <div class="scale__ends">
                <span id={format!("{id}-low")}>{ props.min }{ ": " }{ props.low.clone() }</span>
                <span id={format!("{id}-high")}>{ props.max }{ ": " }{ props.high.clone() }</span>
            </div>
        </div>
    }
}
