//! A screen of questions.

use quiz_engine::{Message, Phrase, ScreenView};
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::{Callback, Html, Properties, TargetCast, component, html};

use super::Shared;
use super::errors::errors;
use super::opening::opening;
use super::progress::progress;
use super::question::{HeadingLevel, Question};

/// Properties of [`Screen`].
#[derive(Clone, PartialEq, Properties)]
pub struct ScreenProps {
    /// What every component needs.
    pub shared: Shared,
    /// What is shown.
    pub view: ScreenView,
    /// Whether answers have just been erased, which is said on the first screen.
    #[prop_or_default]
    pub is_erased: bool,
    /// Told of what the visitor does.
    pub on_message: Callback<Message>,
}

/// One screen: its questions, *Back*, *Continue*, and *Skip* where it can be left out.
#[component]
pub fn Screen(props: &ScreenProps) -> Html {
    let ScreenProps { shared, view, on_message, .. } = props;
    let press = |message: Message| on_message.reform(move |_| message.clone());
    // A form would be the natural home of Enter, but in a sandbox without allow-forms no submit event ever comes.
    let on_enter = {
        let on_message = on_message.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && event.target_dyn_into::<HtmlInputElement>().is_some() {
                event.prevent_default();
                on_message.emit(Message::Continued);
            }
        })
    };
    let level = if view.first || !view.title.is_empty() { HeadingLevel::Second } else { HeadingLevel::First };
    let has_title = !view.title.is_empty();
    html! {
        <div class="screen" onkeydown={on_enter}>
            if view.first {
                if props.is_erased {
                    <p class="erased" id="erased" tabindex="-1">{ shared.phrase(Phrase::Erased) }</p>
                }
                { opening(shared) }
            } else {
                <div class="screen__top">
                    <button type="button" class="link-button link-button--back" data-action="back" onclick={press(Message::WentBack)}>
                        { shared.phrase(Phrase::Back) }
                    </button>
                    { progress(shared, view.progress) }
                </div>
            }
            { errors(shared, &view.questions) }
            if has_title {
                <h1 id="heading" tabindex="-1">{ view.title.clone() }</h1>
            }
            { for view.questions.iter().enumerate().map(|(place, question)| html! {
                <Question
                    key={&*question.id}
                    view={question.clone()}
                    shared={shared.clone()}
                    {level}
                    is_heading={place == 0 && !has_title}
                    on_message={on_message.clone()}
                />
            }) }
            <div class="actions">
                <button type="button" class="button" data-action="continue" onclick={press(Message::Continued)}>
                    { shared.phrase(Phrase::Continue) }
                </button>
                if view.optional {
                    <button type="button" class="button button--quiet" data-action="skip" onclick={press(Message::Skipped)}>
                        { shared.phrase(Phrase::Skip) }
                    </button>
                }
            </div>
        </div>
    }
}
