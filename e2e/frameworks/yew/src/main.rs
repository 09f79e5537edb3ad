//! An application that shows the self-check as a part of its own page.

#![expect(clippy::disallowed_macros, reason = "only the sealed document's engine is without what `html!` may need")]

mod page;

use std::rc::Rc;

use pars_check::host::{Given, Notice, Settings};
use pars_check::ui::{Early, Quiz, QuizProps};
use quiz_engine::Pack;
use yew::{AttrValue, Html, component, html, use_callback, use_state};

use page::Page;

/// What `build.rs` made of the content.
const PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en.pack"));
const GUIDANCE: &str = include_str!(concat!(env!("OUT_DIR"), "/guidance.html"));

#[component]
fn App() -> Html {
    let heard = use_state(Vec::<&str>::new);
    let last = heard.clone();
    let on_notice = use_callback((), move |notice: Notice, ()| {
        // Not `heard` alone: the handle would be that of the first rendering.
        let word = if notice == Notice::Ready { "ready" } else { "started" };
        last.set([last.as_slice(), &[word]].concat());
    });
    let props = use_state(|| {
        let settings = Given { contact: "/contact.html".into(), clinic: "Clinic One".into(), ..Given::default() };
        Pack::decode(PACK).ok().map(|pack| QuizProps {
            pack: Rc::new(pack),
            settings: Settings::of(&settings),
            host: Rc::new(Page { on_notice }),
            early: Early::default(),
        })
    });
    #[expect(clippy::disallowed_methods, reason = "only the sealed document's engine is without this kind of node")]
    let guidance = Html::from_html_unchecked(AttrValue::Static(GUIDANCE));
    let Some(props) = (*props).clone() else { return html! { <p>{ "The quiz can't be read." }</p> } };
    html! {
        <main>
            <h2>{ "An application" }</h2>
            <ol id="heard">{ for heard.iter().map(|word| html! { <li>{ *word }</li> }) }</ol>
            <section id="check"><Quiz ..props /></section>
            <div id="guidance" hidden=true>{ guidance }</div>
        </main>
    }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
