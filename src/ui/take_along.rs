//! What the visitor can take along: which questions to ask, notes, and the ways to have it on paper or in a file.

use quiz_engine::{Phrase, ToAsk};
use web_sys::Event;
use yew::{Callback, Html};

use super::Shared;
use super::markup::{Child, Element, When, element};
use super::press::{Look, press};
use super::question::is_checked;
use super::session::{Act, Taken};
use super::typed::typed;

/// The choice of what comes along, and *Print* and *Save*.
pub(super) fn take_along(shared: &Shared, to_ask: &[ToAsk], taken: &Taken, on_act: &Callback<Act>) -> Element {
    let phrase = |phrase| shared.phrase(phrase);
    let has_record = shared.pack().fhir.is_some();
    let give = |what, action| press(shared, Look::Quiet, action, what, on_act, Act::Asked(what));
    let show = || press(shared, Look::Link, "text", Phrase::ShowText, on_act, Act::ShowedText);
    element("section|class=section section--own take")
        .with(element("h2").with(phrase(Phrase::TakeTitle)))
        .with(element("p").with(phrase(Phrase::TakeIntro)))
        .with((!to_ask.is_empty()).then(|| questions(shared, to_ask, taken, on_act)))
        .with(notes(shared, taken, on_act))
        .with(
            element("div|class=actions")
                .with(give(Phrase::Print, "print"))
                .with(give(Phrase::Save, "save"))
                .with(has_record.then(|| give(Phrase::Fhir, "fhir"))),
        )
        .with(
            element("p|class=fine|role=status")
                .with(taken.asked.map(phrase))
                .with(taken.asked.map(|_| ": "))
                .with(taken.asked.map(|asked| phrase(what_follows(asked)))),
        )
        .with(taken.asked.map(|_| show()))
        .with(
            element("p|class=fine")
                .with(has_record.then(|| phrase(Phrase::FhirHelp)))
                .with(has_record.then_some(" "))
                .with(phrase(Phrase::TakeCaution)),
        )
}

/// What is said after a button was pressed.
fn what_follows(pressed: Phrase) -> Phrase {
    if pressed == Phrase::Print { Phrase::Printed } else { Phrase::Saved }
}

fn questions(shared: &Shared, to_ask: &[ToAsk], taken: &Taken, on_act: &Callback<Act>) -> Element {
    let words = || shared.phrase(Phrase::TakeQuestions);
    let count = [" (", &to_ask.len().to_string(), ")"].concat();
    let choices = to_ask.iter().map(|ask| choice_of(ask, taken, on_act));
    element("details|class=questions").with(element("summary").with(element("h3").with(words()).with(count))).with(
        element("fieldset|class=question")
            .attr("aria-label", words())
            .with(element("div|class=options options--close").each(choices)),
    )
}

fn choice_of(ask: &ToAsk, taken: &Taken, on_act: &Callback<Act>) -> Html {
    let place = ask.place;
    let id = ["take-", &place.0.to_string(), "-", &place.1.to_string()].concat();
    let input = element("input|type=checkbox|name=take|autocomplete=off")
        .attr("id", id.clone())
        .checked(!taken.left.contains(&place))
        .on(When::Changed, on_act.reform(move |event: Event| Act::Chose(place, is_checked(&event))));
    element("div|class=option").with(input).with(element("label").attr("for", id).with(&ask.text)).into_html()
}

/// The visitor's own notes. They are no form field: where there is one for text, Chromium asks a server of its maker how
/// to fill it in (tried in 156), and `autocomplete` changes nothing about that. Spelling and writing help is off, for
/// some browsers send to their makers what is written.
///
/// What stands in it belongs to the browser from the first letter on; it is put there once.
fn notes(shared: &Shared, taken: &Taken, on_act: &Callback<Act>) -> Element {
    let place = element(
        "div|class=notes__text|id=notes|role=textbox|aria-multiline=true|aria-labelledby=notes-title\
         |aria-describedby=notes-help|spellcheck=false|writingsuggestions=false",
    );
    element("div|class=notes")
        .with(element("h3|id=notes-title").with(shared.phrase(Phrase::TakeNotes)))
        .with(element("p|class=help|id=notes-help").with(shared.phrase(Phrase::TakeNotesHelp)))
        .with(
            place
                .attr("contenteditable", shared.host().editing_mode())
                .on(When::TypedIn, on_act.reform(|event: Event| Act::Noted(typed(&event))))
                .with(shared.once("notes at first", || (&taken.notes).into_html())),
        )
}
