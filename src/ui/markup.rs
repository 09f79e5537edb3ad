//! Elements, put together by calls rather than by `html!`.
//!
//! What the macro writes is laid out anew at each place where it is used; these few functions stand once. That halves
//! what the interface weighs in the visitor's browser (docs/adr/0030-one-component-and-plain-functions.md).

use std::rc::Rc;

use quiz_engine::Text;
use web_sys::Event;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VList, VNode, VTag, VText};
use yew::{AttrValue, Callback, Html};

/// The attributes that elements here may have, in the order in which they are set. All elements share this list: Yew then
/// compares their values place by place, and needs none of its maps.
static NAMES: [&str; 39] = [
    "class",
    "type",
    "id",
    "for",
    "name",
    "value",
    "autocomplete",
    "role",
    "tabindex",
    "href",
    "rel",
    "target",
    "lang",
    "max",
    "open",
    "inputmode",
    "contenteditable",
    "spellcheck",
    "writingsuggestions",
    "aria-describedby",
    "aria-hidden",
    "aria-invalid",
    "aria-label",
    "aria-labelledby",
    "aria-level",
    "aria-multiline",
    "aria-valuetext",
    "data-action",
    "data-answer",
    "data-change",
    "data-check",
    "data-figure",
    "data-group",
    "data-number",
    "data-outcome",
    "data-question",
    "data-result",
    "data-rule",
    "data-section",
];

/// An element in the making. It is counted because Yew wants it so in the end, and because a pointer is all that the
/// calls below then hand on.
pub struct Element(Rc<VTag>);

/// Begins an element. `head` is its name and, each behind a bar, its attributes that never change:
/// `button|type=button|class=link-button link-button--back`.
#[expect(clippy::disallowed_methods, reason = "here alone, where each element gets the one list of attributes")]
pub(super) fn element(head: &'static str) -> Element {
    let mut parts = head.split('|');
    let mut tag = VTag::new(parts.next().unwrap_or_default());
    tag.attributes = Attributes::Dynamic { keys: &NAMES, values: vec![None; NAMES.len()].into() };
    for (name, value) in parts.filter_map(|part| part.split_once('=')) {
        set(&mut tag, name, value.into());
    }
    Element(Rc::new(tag))
}

fn set(tag: &mut VTag, name: &'static str, value: AttrValue) {
    let place = NAMES.iter().position(|each| *each == name);
    debug_assert!(place.is_some(), "the list of attributes lacks {name}");
    if let (Attributes::Dynamic { values, .. }, Some(place)) = (&mut tag.attributes, place)
        && let Some(kept) = values.get_mut(place)
    {
        *kept = Some(AttributeOrProperty::Attribute(value));
    }
}

/// What an element tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Clicked,
    Changed,
    TypedIn,
    KeyDown,
    Closed,
}

impl Element {
    /// Gives it an attribute.
    pub(super) fn attr(self, name: &'static str, value: impl Into<AttrValue>) -> Self {
        self.set(name, value.into())
    }

    /// Gives it an attribute, if there is a value for it.
    pub(super) fn maybe(self, name: &'static str, value: Option<impl Into<AttrValue>>) -> Self {
        match value {
            Some(value) => self.set(name, value.into()),
            None => self,
        }
    }

    /// Gives it an attribute without a value, if that holds.
    pub(super) fn flag(self, name: &'static str, holds: bool) -> Self {
        self.maybe(name, holds.then_some(""))
    }

    #[inline(never)]
    fn set(self, name: &'static str, value: AttrValue) -> Self {
        self.edit(|tag| set(tag, name, value))
    }

    /// Nobody else has it yet.
    fn edit(mut self, edit: impl FnOnce(&mut VTag)) -> Self {
        Rc::get_mut(&mut self.0).map(edit);
        self
    }

    /// Whether this input is checked, whatever was clicked before.
    pub(super) fn checked(self, is_checked: bool) -> Self {
        self.edit(|tag| tag.set_checked(is_checked))
    }

    /// Names it among its siblings, so that it stays the same element where they come and go.
    #[inline(never)]
    pub(super) fn key(self, key: &str) -> Self {
        self.edit(|tag| tag.key = Some(Key::from(key)))
    }

    /// Has it tell of something that happens to it or in it.
    #[inline(never)]
    pub(super) fn on(self, when: When, told: Callback<Event>) -> Self {
        self.edit(|tag| _ = tag.add_listener(Rc::new(Ear { when, told })))
    }

    /// Adds a child. One that is not there keeps its place: Yew tells siblings without keys apart by it.
    pub(super) fn with(self, child: impl Child) -> Self {
        self.add(child.into_html())
    }

    /// Adds children that come and go by themselves.
    pub(super) fn each(self, children: impl Iterator<Item = Html>) -> Self {
        self.add(list(children.collect()))
    }

    #[inline(never)]
    fn add(self, child: Html) -> Self {
        self.edit(|tag| tag.add_child(child))
    }
}

/// Several things side by side, in no element of their own.
#[inline(never)]
pub(super) fn list(children: Vec<Html>) -> Html {
    VList::with_children(children, None).into()
}

/// What can stand in an element.
pub(super) trait Child {
    /// As a node.
    fn into_html(self) -> Html;
}

impl Child for Html {
    fn into_html(self) -> Html {
        self
    }
}

impl From<Element> for Html {
    fn from(element: Element) -> Self {
        VNode::VTag(element.0)
    }
}

impl Child for Element {
    fn into_html(self) -> Html {
        self.into()
    }
}

impl Child for AttrValue {
    #[inline(never)]
    fn into_html(self) -> Html {
        VText::new(self).into()
    }
}

impl Child for &'static str {
    fn into_html(self) -> Html {
        AttrValue::Static(self).into_html()
    }
}

impl Child for &Text {
    fn into_html(self) -> Html {
        AttrValue::Rc(self.clone()).into_html()
    }
}

impl Child for String {
    fn into_html(self) -> Html {
        AttrValue::from(self).into_html()
    }
}

impl<C: Child> Child for Option<C> {
    fn into_html(self) -> Html {
        self.map_or_else(Html::default, Child::into_html)
    }
}

/// One listener for all kinds of events, where the macro would have one for each.
struct Ear {
    when: When,
    told: Callback<Event>,
}

impl Listener for Ear {
    fn kind(&self) -> ListenerKind {
        match self.when {
            When::Clicked => ListenerKind::onclick,
            When::Changed => ListenerKind::onchange,
            When::TypedIn => ListenerKind::oninput,
            When::KeyDown => ListenerKind::onkeydown,
            When::Closed => ListenerKind::onclose,
        }
    }

    fn handle(&self, event: Event) {
        self.told.emit(event);
    }

    fn passive(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::NAMES;

    /// The names of attributes in a source: behind the bars of a head, and in the calls that set one.
    fn names_in(source: &str) -> BTreeSet<String> {
        // A text that goes on in the next line.
        let joined: String = source
            .split("\\\n")
            .enumerate()
            .fold(String::new(), |whole, (place, part)| whole + if place > 0 { part.trim_start() } else { part });
        let texts = joined.split('"').skip(1).step_by(2).filter(|text| text.contains('|'));
        let heads = texts.flat_map(|text| text.split('|').skip(1)).filter_map(|part| part.split_once('='));
        let calls = [".attr(", ".maybe(", ".flag("].into_iter().flat_map(|call| joined.split(call).skip(1));
        let called = calls.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split_once('"'));
        heads.chain(called).map(|(name, _)| name.to_owned()).collect()
    }

    #[test]
    fn the_list_has_every_attribute_that_the_interface_sets_and_no_other() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let sources =
            files.filter(|file| !file.ends_with("markup.rs")).map(|file| std::fs::read_to_string(file).unwrap());
        let named: BTreeSet<String> = sources.flat_map(|source| names_in(&source)).collect();
        assert_eq!(named, NAMES.iter().map(|name| (*name).to_owned()).collect());
    }

    #[test]
    fn a_name_is_found_in_a_head_that_goes_on_and_in_a_call() {
        let source = "element(\"div|class=a|id=b\\\n    |lang=c\").maybe(\n    \"for\", None)";
        assert_eq!(names_in(source).into_iter().collect::<Vec<_>>(), ["class", "for", "id", "lang"]);
    }
}
