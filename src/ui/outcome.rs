//! The guidance that the answers lead to.

use quiz_engine::{Message, OutcomeView, Phrase, SectionView};
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_state_eq};

use super::Shared;
use super::check::topic_and_answers;
use super::contact::contact;
use super::filled::filled_in;
use super::guidance::{Guidance, Sources};
use super::results::result;
use super::session::{Act, Taken};
use super::sheet::sheet;
use super::take_along::TakeAlong;
use super::why::why;

/// Properties of [`Outcome`].
#[derive(Clone, PartialEq, Properties)]
pub struct OutcomeProps {
    /// What every component needs.
    pub shared: Shared,
    /// What is shown.
    pub view: OutcomeView,
    /// What the visitor takes along.
    #[prop_or_default]
    pub taken: Taken,
    /// Told of what the visitor takes along.
    #[prop_or_default]
    pub on_act: Callback<Act>,
    /// Told that the answers are to be saved for a clinic's records.
    #[prop_or_default]
    pub on_record: Callback<()>,
    /// Told of what the visitor does.
    pub on_message: Callback<Message>,
}

/// The outcome page: what to do, why, the contact link, and the guidance.
#[component]
pub fn Outcome(props: &OutcomeProps) -> Html {
    let OutcomeProps { shared, view, taken, on_act, on_record, on_message } = props;
    let is_text_shown = use_state_eq(|| false);
    {
        let shared = shared.clone();
        use_effect_with(*is_text_shown, move |is_shown| {
            if *is_shown {
                shared.host().focus("sheet");
            }
        });
    }
    let on_show = {
        let is_text_shown = is_text_shown.clone();
        Callback::from(move |()| is_text_shown.set(true))
    };
    let back = on_message.reform(|_| Message::WentBack);
    let texts: Vec<&str> = view.sections.iter().map(|section| &*section.id).collect();
    let sources = view.results.iter().flat_map(|result| &result.sources).chain(&view.why.sources);
    let cited: Vec<&str> = sources.map(|source| &*source.key).collect();
    html! {
        <article class={format!("outcome outcome--{}", view.tier)} data-outcome={view.tier.clone()}>
            { card(shared, view) }
            if view.reads_out { { all_answers(props) } }
            { for view.results.iter().map(|view| result(shared, view)) }
            if !view.sections.iter().any(|section| &*section.id == "why") { { contact_of(props) } }
            { for view.sections.iter().map(|section| html! {
                <>
                    { section_of(props, section) }
                    if &*section.id == "why" { { contact_of(props) } }
                </>
            }) }
            <TakeAlong
                shared={shared.clone()} to_ask={view.to_ask.clone()} taken={taken.clone()}
                on_act={on_act.clone()} on_record={on_record.clone()} {on_show}
            />
            { sheet(shared, view, taken, *is_text_shown) }
            if !view.reads_out { { all_answers(props) } }
            <details class="section">
                <summary><h2>{ shared.phrase(Phrase::SourcesTitle) }</h2></summary>
                <div class="fine"><Sources shared={shared.clone()} sections={texts.join(" ")} keys={cited.join(" ")} /></div>
            </details>
            <div class="actions">
                <p>{ shared.phrase(Phrase::OutcomeChange) }</p>
                <button type="button" class="button button--quiet" data-action="back" onclick={back}>
                    { shared.phrase(Phrase::Back) }
                </button>
            </div>
        </article>
    }
}

/// The card at the top. An emergency is announced at once; the others are not, for the focus goes to them anyway.
fn card(shared: &Shared, view: &OutcomeView) -> Html {
    let role = view.immediate.then_some("alert");
    let section = view.sections.iter().any(|section| &*section.id == "action").then_some("action");
    html! {
        <div class="card" {role} data-section={section}>
            <p class="card__tier">{ view.tier_name.clone() }</p>
            <h1 id="heading" tabindex="-1">{ view.headline.clone() }</h1>
            { for view.lines.iter().map(|text| html! { <p class="card__line">{ filled_in(shared, text) }</p> }) }
            { for view.notes.iter().map(|text| html! { <p class="card__note">{ filled_in(shared, text) }</p> }) }
            <p class="card__fine">{ shared.phrase(Phrase::NotDiagnosis) }</p>
        </div>
    }
}

/// All answers; unfolded where they are to be read out to somebody.
fn all_answers(props: &OutcomeProps) -> Html {
    let OutcomeProps { shared, view, .. } = props;
    html! {
        <details class="section" open={view.reads_out}>
            <summary><h2>{ shared.phrase(Phrase::AllAnswers) }</h2></summary>
            <dl class="answers">{ for view.answers.iter().map(|row| html! {
                <div class="answers__row">{ topic_and_answers(shared, row) }</div>
            }) }</dl>
        </details>
    }
}

fn contact_of(props: &OutcomeProps) -> Html {
    props.view.contact.as_ref().map_or_else(Html::default, |view| contact(&props.shared, view))
}

fn section_of(props: &OutcomeProps, section: &SectionView) -> Html {
    let title = html! { <h2>{ section.title.clone() }</h2> };
    match (section.own, &*section.id) {
        (true, "why") => html! {
            <section class="section section--own" data-section="why">
                { title }{ why(&props.shared, &props.view.why) }
            </section>
        },
        // What to do stands in the card.
        (true, _) => Html::default(),
        (false, _) => html! {
            <details class="section" data-section={section.id.clone()} open={section.is_open}>
                <summary>{ title }</summary>
                <Guidance shared={props.shared.clone()} section={section.id.clone()} />
            </details>
        },
    }
}
