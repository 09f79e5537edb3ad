//! What is still to be answered, above the questions.

use quiz_engine::{Phrase, QuestionView, Widget};
use yew::{Html, html};

use super::Shared;

/// A summary of the errors beside the questions; nothing where there are none. It takes the focus, and its description
/// is the list, so that whoever hears the page hears both the title and what is missing, and no live region is needed.
pub(crate) fn errors(shared: &Shared, questions: &[QuestionView]) -> Html {
    let errors: Vec<Html> = questions.iter().filter_map(|question| error_of(shared, question)).collect();
    if errors.is_empty() {
        return Html::default();
    }
    // The role is said because Safari takes a list without marks for none.
    html! {
        <div
            class="errors" id="errors" tabindex="-1" role="group" aria-labelledby="errors-title" aria-describedby="errors-list"
        >
            <h2 id="errors-title">{ shared.phrase(Phrase::ErrorSummaryTitle) }</h2>
            <ul id="errors-list" role="list">{ for errors }</ul>
        </div>
    }
}

/// An error that leads to its question. It is no link: with another fragment the page around could tell that one was
/// followed, and the browser would count a screen.
fn error_of(shared: &Shared, question: &QuestionView) -> Option<Html> {
    let error = question.error.clone()?;
    let option = first_option(question)?;
    let shared = shared.clone();
    let on_press = move |_| shared.host().lead_to(&option);
    Some(html! {
        <li>
            <button type="button" class="link-button" data-action="answer" data-answer={question.id.clone()} onclick={on_press}>
                { error }
            </button>
        </li>
    })
}

/// The id of the first input of a question, or of the place to type in.
fn first_option(question: &QuestionView) -> Option<String> {
    let value = match &question.widget {
        Widget::Radios(options) | Widget::Checkboxes(options) => options.first()?.id.to_string(),
        Widget::Scale { min, .. } => min.to_string(),
        Widget::Number { .. } => "number".to_owned(),
    };
    Some(format!("{}-{value}", question.id))
}
