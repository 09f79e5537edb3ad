//! A part of the document with a component in it, as a visitor meets it.

use std::collections::BTreeSet;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, Event, EventInit, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit, NodeList,
};
use yew::{AppHandle, BaseComponent, Component, Context, Html, Properties, Renderer};

/// A mounted component. It goes when this is dropped.
pub(crate) struct Page<C: BaseComponent> {
    pub(crate) root: Element,
    app: Option<AppHandle<C>>,
}

/// A part of the interface by itself: what a function makes.
pub(crate) struct Part;

#[derive(Clone, Properties)]
pub(crate) struct Made {
    make: Rc<dyn Fn() -> Html>,
}

impl PartialEq for Made {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

impl Component for Part {
    type Message = ();
    type Properties = Made;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        (ctx.props().make)()
    }
}

/// What has a part made by a function.
pub(crate) fn made<H: Into<Html>>(make: impl Fn() -> H + 'static) -> Made {
    Made { make: Rc::new(move || make().into()) }
}

pub(crate) fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Waits until Yew has nothing left to do.
pub(crate) async fn settled() {
    yew::scheduler::flush().await;
}

impl<C: BaseComponent> Page<C> {
    pub(crate) async fn of(props: C::Properties) -> Self {
        // A test that failed leaves its part behind, and its ids with it.
        elements(&document().query_selector_all("[data-part]").unwrap()).iter().for_each(Element::remove);
        let root = document().create_element("div").unwrap();
        root.set_attribute("data-part", "").unwrap();
        document().body().unwrap().append_child(&root).unwrap();
        let app = Renderer::<C>::with_root_and_props(root.clone(), props).render();
        settled().await;
        Self { root, app: Some(app) }
    }

    pub(crate) async fn update(&mut self, props: C::Properties) {
        self.app.as_mut().unwrap().update(props);
        settled().await;
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<Element> {
        elements(&self.root.query_selector_all(selector).unwrap())
    }

    pub(crate) fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    /// The one element that fits.
    pub(crate) fn one(&self, selector: &str) -> Element {
        let mut found = self.all(selector);
        assert_eq!(found.len(), 1, "`{selector}` in {}", self.root.inner_html());
        found.remove(0)
    }

    pub(crate) fn text(&self, selector: &str) -> String {
        text_of(&self.one(selector))
    }

    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(text_of).collect()
    }

    /// An attribute of every element that fits, in the order of the document.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.all(selector).iter().map(|element| element.get_attribute(name).unwrap_or_default()).collect()
    }

    pub(crate) fn input(&self, question: &str, value: &str) -> HtmlInputElement {
        let selector = format!("fieldset[data-question='{question}'] input[name='{question}'][value='{value}']");
        self.one(&selector).unchecked_into()
    }

    /// The values that are checked, whatever the question.
    pub(crate) fn checked(&self) -> Vec<String> {
        let inputs = self.all("input").into_iter().map(JsCast::unchecked_into::<HtmlInputElement>);
        inputs.filter(HtmlInputElement::checked).map(|input| input.value()).collect()
    }

    pub(crate) async fn click(&self, selector: &str) {
        self.one(selector).unchecked_into::<HtmlElement>().click();
        settled().await;
    }

    pub(crate) async fn press(&self, action: &str) {
        self.click(&format!("[data-action='{action}']")).await;
    }

    pub(crate) async fn choose(&self, question: &str, value: &str) {
        self.input(question, value).click();
        settled().await;
    }

    /// The actions that the screen in view offers. A dialog that is closed offers none.
    pub(crate) fn actions(&self) -> Vec<String> {
        self.attributes(":not(dialog *)[data-action]", "data-action")
    }

    pub(crate) fn questions(&self) -> Vec<String> {
        self.attributes("fieldset[data-question]", "data-question")
    }

    /// Ids are unique, and whatever names an id names one that is there.
    pub(crate) fn assert_ids_hold(&self) {
        let ids = self.attributes("[id]", "id");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an id stands twice in {ids:?}");
        for attribute in ["aria-describedby", "aria-labelledby", "for"] {
            for named in self.attributes(&format!("[{attribute}]"), attribute) {
                assert!(!named.is_empty(), "{attribute} is empty");
                named.split(' ').for_each(|id| assert!(unique.contains(&id.to_owned()), "{attribute} names {id}"));
            }
        }
    }
}

impl<C: BaseComponent> Drop for Page<C> {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

fn elements(list: &NodeList) -> Vec<Element> {
    (0..list.length()).filter_map(|index| list.get(index)).map(JsCast::unchecked_into).collect()
}

pub(crate) fn text_of(element: &Element) -> String {
    element.text_content().unwrap_or_default().trim().to_owned()
}

/// Presses a key on an element. Gives whether its usual effect was prevented.
pub(crate) async fn key_down(element: &Element, key: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    element.dispatch_event(&event).unwrap();
    settled().await;
    event.default_prevented()
}

/// Lets an event of the browser happen to an element.
pub(crate) async fn happen(element: &Element, kind: &str, bubbles: bool) {
    let init = EventInit::new();
    init.set_bubbles(bubbles);
    element.dispatch_event(&Event::new_with_event_init_dict(kind, &init).unwrap()).unwrap();
    settled().await;
}
