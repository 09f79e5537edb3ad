//! A section of guidance. It stands once in the document, in the leaflet; the page shows a copy.

use yew::virtual_dom::VNode;
use yew::{Html, Properties, component, html, use_memo};

use super::Shared;

/// Properties of [`Guidance`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct GuidanceProps {
    pub(crate) shared: Shared,
    /// The section's id.
    pub(crate) section: quiz_engine::Text,
}

/// The text of a section.
#[component]
pub(crate) fn Guidance(props: &GuidanceProps) -> Html {
    let copy = use_memo(props.section.clone(), |section| props.shared.host().guidance(section));
    html! { <>{ for (*copy).clone().map(VNode::VRef) }</> }
}

/// Properties of [`Sources`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SourcesProps {
    pub(crate) shared: Shared,
    /// The ids of the sections whose sources are listed, with spaces between them.
    pub(crate) sections: String,
    /// The keys of further sources, likewise.
    pub(crate) keys: String,
}

/// The list of sources of some sections.
#[component]
pub(crate) fn Sources(props: &SourcesProps) -> Html {
    let named = (props.sections.clone(), props.keys.clone());
    let copy = use_memo(named, |(sections, keys)| props.shared.host().sources(sections, keys));
    html! { <>{ for (*copy).clone().map(VNode::VRef) }</> }
}
