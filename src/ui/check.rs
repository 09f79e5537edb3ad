//! The check of the answers before the guidance.

use quiz_engine::{CheckRow, CheckView, Message, Phrase};
use yew::{Callback, Html, Properties, component, html};

use super::Shared;
use super::progress::progress;

/// Properties of [`Check`].
#[derive(Clone, PartialEq, Properties)]
pub struct CheckProps {
    /// What every component needs.
    pub shared: Shared,
    /// What is shown.
    pub view: CheckView,
    /// Told of what the visitor does.
    pub on_message: Callback<Message>,
}

/// Every answer, each with a button that changes it.
#[component]
pub fn Check(props: &CheckProps) -> Html {
    let CheckProps { shared, view, on_message } = props;
    let press = |message: Message| on_message.reform(move |_| message.clone());
    html! {
        <div class="screen">
            <div class="screen__top">
                <button type="button" class="link-button link-button--back" data-action="back" onclick={press(Message::WentBack)}>
                    { shared.phrase(Phrase::Back) }
                </button>
                { progress(shared, 100) }
            </div>
            <h1 id="heading" tabindex="-1">{ shared.phrase(Phrase::CheckTitle) }</h1>
            <p>{ shared.phrase(Phrase::CheckIntro) }</p>
            <dl class="answers" data-check="">{ for view.rows.iter().map(|row| row_of(props, row)) }</dl>
            <div class="actions">
                <button type="button" class="button" data-action="continue" onclick={press(Message::Continued)}>
                    { shared.phrase(Phrase::CheckContinue) }
                </button>
            </div>
        </div>
    }
}

fn row_of(props: &CheckProps, row: &CheckRow) -> Html {
    let CheckProps { shared, on_message, .. } = props;
    let question = row.question;
    html! {
        <div key={&*row.id} class="answers__row">
            { topic_and_answers(shared, row) }
            <dd>
                <button
                    type="button" class="link-button" data-action="change" data-change={row.id.clone()}
                    onclick={on_message.reform(move |_| Message::Changed { question })}
                >
                    { shared.phrase(Phrase::Change) }<span class="visually-hidden">{ ": " }{ row.short.clone() }</span>
                </button>
            </dd>
        </div>
    }
}

/// A question's topic and what was answered, as the first two cells of a row.
pub(crate) fn topic_and_answers(shared: &Shared, row: &CheckRow) -> Html {
    html! {
        <>
            <dt>{ row.short.clone() }</dt>
            <dd class="answers__given">
                if row.answers.is_empty() { { shared.phrase(Phrase::NotAnswered) } }
                { for row.answers.iter().map(|answer| html! { <span>{ answer.clone() }</span> }) }
            </dd>
        </>
    }
}
