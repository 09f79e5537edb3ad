//! The page of this application as what the component asks of a browser.

use std::collections::BTreeSet;

use js_sys::Date;
use pars_check::host::{Host, Listeners, Notice};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlDialogElement, HtmlElement, Node};
use yew::Callback;

/// The page. It hands nothing to anybody and saves nothing.
pub(crate) struct Page {
    pub(crate) on_notice: Callback<Notice>,
}

impl Host for Page {
    fn notify(&self, notice: Notice) {
        self.on_notice.emit(notice);
    }

    // This page has one address, and its Back leads away from it.
    fn set_depth(&self, _: bool) {}
    fn listen(&self, _: Listeners) {}

    fn guidance(&self, section: &str) -> Option<Node> {
        let copy = original(section)?.clone_node_with_deep(true).ok()?.dyn_into::<Element>().ok()?;
        if let Ok(Some(title)) = copy.query_selector("h2") {
            title.remove(); // the component has put it above
        }
        Some(copy.into())
    }

    fn sources(&self, sections: &str, keys: &str) -> Option<Node> {
        let of_sections = sections.split(' ').filter_map(|section| original(section)?.get_attribute("data-sources"));
        let named: Vec<String> = of_sections.chain([keys.to_owned()]).collect();
        let named: BTreeSet<&str> = named.iter().flat_map(|keys| keys.split_whitespace()).collect();
        let copy = document()?.create_element("ol").ok()?;
        for key in named {
            let item = find(&format!("#guidance [data-source='{key}']"))?.clone_node_with_deep(true).ok()?;
            copy.append_child(&item).ok()?;
        }
        Some(copy.into())
    }

    fn editing_mode(&self) -> String {
        "plaintext-only".to_owned()
    }

    fn print(&self) {
        let _ = web_sys::window().map(|window| window.print());
    }

    fn save_sheet(&self) {}
    fn save_record(&self, _: &str) {}

    fn timestamp(&self) -> String {
        Date::new_0().to_iso_string().into()
    }

    fn long_date(&self, _: &str, day: &str) -> String {
        let today = || self.timestamp().chars().take(10).collect();
        if day.is_empty() { today() } else { day.to_owned() }
    }

    fn figure(&self, _: &str, _: &str) -> Option<Node> {
        None
    }

    fn pressed_option(&self, _: &Event) -> String {
        String::new()
    }

    fn focus(&self, id: &str) {
        let named = document().and_then(|document| document.get_element_by_id(id));
        let _ = named.and_then(|element| element.dyn_into::<HtmlElement>().ok()?.focus().ok());
    }

    fn lead_to(&self, id: &str) {
        self.focus(id);
    }

    fn show_dialog(&self, id: &str, is_open: bool) {
        let named = document().and_then(|document| document.get_element_by_id(id));
        let Some(dialog) = named.and_then(|element| element.dyn_into::<HtmlDialogElement>().ok()) else { return };
        if is_open {
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    }

    fn now(&self) -> f64 {
        Date::now()
    }

    // The component has emptied its session; this application keeps nothing of its own.
    fn erase(&self) {}
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// A section of the guidance, as `build.rs` had it put into the page.
fn original(section: &str) -> Option<Element> {
    find(&format!("#guidance [data-guidance='{section}']"))
}

fn find(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}
