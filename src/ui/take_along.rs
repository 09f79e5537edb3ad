//! What the visitor can take along: which questions to ask, notes, and the ways to have it on paper or in a file.

use std::rc::Rc;

use quiz_engine::{Phrase, ToAsk};
use web_sys::{Event, HtmlElement, HtmlInputElement, InputEvent};
use yew::{Callback, Html, Properties, TargetCast, component, html, use_memo, use_state};

use super::Shared;
use super::session::{Act, Taken};

/// Properties of [`TakeAlong`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct TakeAlongProps {
    pub(crate) shared: Shared,
    /// Questions that can be taken along; may be empty.
    pub(crate) to_ask: Vec<ToAsk>,
    pub(crate) taken: Taken,
    pub(crate) on_act: Callback<Act>,
    /// Told that the answers are to be saved for a clinic's records.
    pub(crate) on_record: Callback<()>,
    /// Told that the text of the sheet is to be shown.
    pub(crate) on_show: Callback<()>,
}

/// The choice of what comes along, and *Print* and *Save*.
#[component]
pub(crate) fn TakeAlong(props: &TakeAlongProps) -> Html {
    let TakeAlongProps { shared, to_ask, taken, on_act, .. } = props;
    // The button that was pressed last. Whether anything came of it is not to be known here: browsers inside of
    // applications, and frames that may not, neither save nor print, and say nothing of it.
    let tried = use_state(|| None);
    let on_print = {
        let (shared, tried) = (shared.clone(), tried.clone());
        Callback::from(move |_| {
            shared.host().print();
            tried.set(Some(Phrase::Print));
        })
    };
    let on_save = {
        let (shared, tried) = (shared.clone(), tried.clone());
        Callback::from(move |_| {
            shared.host().save_sheet();
            tried.set(Some(Phrase::Save));
        })
    };
    let on_record = {
        let (on_record, tried) = (props.on_record.clone(), tried.clone());
        Callback::from(move |_| {
            on_record.emit(());
            tried.set(Some(Phrase::Fhir));
        })
    };
    let has_record = shared.pack().fhir.is_some();
    html! {
        <section class="section section--own take">
            <h2>{ shared.phrase(Phrase::TakeTitle) }</h2>
            <p>{ shared.phrase(Phrase::TakeIntro) }</p>
            if !to_ask.is_empty() {
                <details class="questions">
                    <summary><h3>{ shared.phrase(Phrase::TakeQuestions) }{ format!(" ({})", to_ask.len()) }</h3></summary>
                    <fieldset class="question" aria-label={shared.phrase(Phrase::TakeQuestions)}>
                        <div class="options options--close">{ for to_ask.iter().map(|ask| choice_of(props, ask)) }</div>
                    </fieldset>
                </details>
            }
            <Notes shared={shared.clone()} notes={taken.notes.clone()} on_act={on_act.clone()} />
            <div class="actions">
                { button(shared, Phrase::Print, "print", on_print) }
                { button(shared, Phrase::Save, "save", on_save) }
                if has_record { { button(shared, Phrase::Fhir, "fhir", on_record) } }
            </div>
            <p class="fine" role="status">if let Some(what) = *tried {
                { shared.phrase(what) }{ ": " }{ shared.phrase(what_follows(what)) }
            }</p>
            if tried.is_some() {
                <button type="button" class="link-button" data-action="text" onclick={props.on_show.reform(|_| ())}>
                    { shared.phrase(Phrase::ShowText) }
                </button>
            }
            <p class="fine">
                if has_record { { shared.phrase(Phrase::FhirHelp) }{ " " } }
                { shared.phrase(Phrase::TakeCaution) }
            </p>
        </section>
    }
}

/// What is said after a button was pressed.
fn what_follows(pressed: Phrase) -> Phrase {
    if pressed == Phrase::Print { Phrase::Printed } else { Phrase::Saved }
}

fn button(shared: &Shared, phrase: Phrase, action: &'static str, onclick: Callback<yew::MouseEvent>) -> Html {
    html! {
        <button type="button" class="button button--quiet" data-action={action} {onclick}>{ shared.phrase(phrase) }</button>
    }
}

fn choice_of(props: &TakeAlongProps, ask: &ToAsk) -> Html {
    let place = ask.place;
    let on_change = props.on_act.reform(move |event: Event| {
        let is_taken = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
        Act::Chose(place, is_taken)
    });
    let id = format!("take-{}-{}", place.0, place.1);
    let is_taken = !props.taken.left.contains(&place);
    html! {
        <div class="option">
            <input type="checkbox" id={id.clone()} name="take" checked={is_taken} autocomplete="off" onchange={on_change} />
            <label for={id}>{ ask.text.clone() }</label>
        </div>
    }
}

/// Properties of [`Notes`].
#[derive(Clone, PartialEq, Properties)]
struct NotesProps {
    shared: Shared,
    notes: Rc<str>,
    on_act: Callback<Act>,
}

/// The visitor's own notes. They are no form field: where there is one for text, Chromium asks a server of its maker how
/// to fill it in (tried in 156), and `autocomplete` changes nothing about that. Spelling and writing help is off, for
/// some browsers send to their makers what is written.
#[component]
fn Notes(props: &NotesProps) -> Html {
    let NotesProps { shared, notes, on_act } = props;
    // What stands in it belongs to the browser from the first letter on; it is put there once.
    let at_first = use_memo((), |()| notes.to_string());
    let on_input = on_act.reform(|event: InputEvent| {
        let written = event.target_unchecked_into::<HtmlElement>().inner_text();
        Act::Noted(written.into())
    });
    html! {
        <div class="notes">
            <h3 id="notes-title">{ shared.phrase(Phrase::TakeNotes) }</h3>
            <p class="help" id="notes-help">{ shared.phrase(Phrase::TakeNotesHelp) }</p>
            <div
                class="notes__text" id="notes" role="textbox" contenteditable={shared.host().editing_mode()} aria-multiline="true"
                aria-labelledby="notes-title" aria-describedby="notes-help" spellcheck="false"
                writingsuggestions="false" oninput={on_input}
            >{ (*at_first).clone() }</div>
        </div>
    }
}
