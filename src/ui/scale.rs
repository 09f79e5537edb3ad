//! A scale of whole numbers as radio buttons.

use quiz_engine::Text;
use yew::{Callback, Html, html};

/// One radio button for each number, with words at both ends that are read with the numbers.
pub(super) fn scale(
    id: &Text,
    (min, max): (i32, i32),
    ends: (&Text, &Text),
    chosen: Option<i32>,
    on_chosen: &Callback<i32>,
) -> Html {
    let point = |value: i32| {
        let input = format!("{id}-{value}");
        let end = match value {
            value if value == min => Some(format!("{id}-low")),
            value if value == max => Some(format!("{id}-high")),
            _ => None,
        };
        html! {
            <div key={value} class="point">
                <input
                    type="radio" id={input.clone()} name={id.clone()} value={value.to_string()}
                    checked={chosen == Some(value)} autocomplete="off" aria-describedby={end}
                    onchange={on_chosen.reform(move |_| value)}
                />
                <label for={input}>{ value }</label>
            </div>
        }
    };
    html! {
        <div class="scale">
            <div class="scale__points">{ for (min..=max).map(point) }</div>
            <div class="scale__ends">
                <span id={format!("{id}-low")}>{ min }{ ": " }{ ends.0.clone() }</span>
                <span id={format!("{id}-high")}>{ max }{ ": " }{ ends.1.clone() }</span>
            </div>
        </div>
    }
}
