//! What is still to be answered, above the questions.

use quiz_engine::{Phrase, QuestionView, Widget};
use yew::{Callback, Html};

use super::Shared;
use super::markup::{Child, element};
use super::part::part_id;
use super::press::{Look, button};

/// A summary of the errors beside the questions; nothing where there are none. It takes the focus, and its description
/// is the list, so that whoever hears the page hears both the title and what is missing, and no live region is needed.
pub(super) fn errors(shared: &Shared, questions: &[QuestionView]) -> Html {
    let errors: Vec<Html> = questions.iter().filter_map(|question| error_of(shared, question)).collect();
    if errors.is_empty() {
        return Html::default();
    }
    // The role is said because Safari takes a list without marks for none.
    element(
        "div|class=errors|id=errors|tabindex=-1|role=group|aria-labelledby=errors-title|aria-describedby=errors-list",
    )
    .with(element("h2|id=errors-title").with(shared.phrase(Phrase::ErrorSummaryTitle)))
    .with(element("ul|id=errors-list|role=list").each(errors.into_iter()))
    .into_html()
}

/// An error that leads to its question. It is no link: with another fragment the page around could tell that one was
/// followed, and the browser would count a screen.
fn error_of(shared: &Shared, question: &QuestionView) -> Option<Html> {
    let error = question.error.as_ref()?;
    let option = first_option(question)?;
    let shared = shared.clone();
    let on_press = Callback::from(move |_| shared.host().lead_to(&option));
    let lead = button(Look::Link, "answer", error, on_press).attr("data-answer", question.id.clone());
    Some(element("li").with(lead).into_html())
}

/// The id of the first input of a question, or of the place to type in.
fn first_option(question: &QuestionView) -> Option<String> {
    Some(match &question.widget {
        Widget::Radios(options) | Widget::Checkboxes(options) => part_id(question, &options.first()?.id),
        Widget::Scale { min, .. } => part_id(question, &min.to_string()),
        Widget::Number { .. } => part_id(question, "number"),
    })
}
