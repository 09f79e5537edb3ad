//! What is still to be answered, above the questions.

use quiz_engine::{Phrase, QuestionView};
use yew::{Html, Properties, component, html};

use super::Shared;

/// Properties of [`Errors`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ErrorsProps {
    pub(crate) shared: Shared,
    pub(crate) questions: Vec<QuestionView>,
}

/// A summary of the errors beside the questions; nothing where there are none.
#[component]
pub(crate) fn Errors(props: &ErrorsProps) -> Html {
    let errors: Vec<_> = props.questions.iter().filter_map(|question| question.error.clone()).collect();
    if errors.is_empty() {
        return Html::default();
    }
    html! {
        <div class="errors" id="errors" tabindex="-1" role="group" aria-labelledby="errors-title">
            <h2 id="errors-title">{ props.shared.phrase(Phrase::ErrorSummaryTitle) }</h2>
            <ul>{ for errors.into_iter().map(|error| html! { <li>{ error }</li> }) }</ul>
        </div>
    }
}
