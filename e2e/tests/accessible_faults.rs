//! The gate can fail: each fault is put into a page that has none, and the gate names it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use anyhow::Context;
use e2e::{Browser, Colours, Gate, Plan, Server, Text, Variant, Visitor, case, dist};

/// A fault, the rule that must name it, and the script that puts it in.
type Seed = (&'static str, &'static str, &'static str);

/// The lockdown keeps scripts of the page from most of this, so that faults come from a world beside it, as the gate does.
struct Page<'a> {
    browser: &'a Browser,
    visitor: Visitor<'a>,
    state: &'static str,
    variant: Variant,
}

impl Page<'_> {
    /// What the gate finds now.
    async fn gate(&self) -> Gate<'_> {
        let mut gate = Gate::new(self.browser, "en", Plan::of(&[self.variant]));
        gate.look(&self.visitor, self.state).await.unwrap();
        assert_eq!(gate.pass().is_ok(), gate.broken().is_empty());
        gate
    }

    /// Puts each fault in, in a page that has none, and takes it out again by putting back what was there.
    async fn assert_each_is_named(&self, seeds: &[Seed]) {
        self.gate().await.pass().unwrap();
        let mut missed = Vec::new();
        for (what, rule, script) in seeds {
            Gate::beside(self.browser, &self.visitor, KEEP).await.unwrap();
            Gate::beside(self.browser, &self.visitor, script).await.unwrap();
            let gate = self.gate().await;
            if !gate.broken().contains(rule) {
                missed.push(format!("{what}: {rule} is not in {:?}", gate.broken()));
            }
            Gate::beside(self.browser, &self.visitor, PUT_BACK).await.unwrap();
            self.gate().await.pass().with_context(|| format!("{what}, which was taken out again")).unwrap();
        }
        assert_eq!(missed, Vec::<String>::new(), "{}: faults that nobody named", self.state);
    }
}

/// Remembers every attribute and text of the page, each element in its place, and what has the focus.
const KEEP: &str = "
globalThis.held = document.activeElement;
globalThis.kept = [document.documentElement, ...document.documentElement.querySelectorAll('*')].map((each) =>
  ({each, attributes: [...each.attributes].map(({name, value}) => [name, value]), children: [...each.childNodes]}));
globalThis.stop = new AbortController();";

const PUT_BACK: &str = "
stop.abort();
for (const {each, attributes, children} of kept) {
  for (const name of each.getAttributeNames()) if (!attributes.some(([kept]) => kept === name)) each.removeAttribute(name);
  for (const [name, value] of attributes) {
    // The policy of the document lets no attribute set a style.
    if (name === 'style') each.style.cssText = value;
    else if (each.getAttribute(name) !== value) each.setAttribute(name, value);
  }
  if (children.length !== each.childNodes.length || children.some((child, at) => child !== each.childNodes[at])) each.replaceChildren(...children);
}
if (held !== document.activeElement) held.focus({preventScroll: true});";

/// Faults of a screen with an error, in light.
const SCREEN: [Seed; 23] = [
    ("a label is missing", "label", "document.querySelector('#app .option label').remove()"),
    ("an empty button", "button-name", "document.querySelector('[data-action=continue]').replaceChildren()"),
    ("low contrast", "color-contrast", "document.querySelector('#app .why').style.color = '#aaa'"),
    (
        "a lost ring",
        "ring",
        "document.querySelector('#app [data-action=continue]').style.setProperty('outline', 'none', 'important')",
    ),
    ("a faint ring", "ring", "document.documentElement.style.setProperty('--focus', '#ddd')"),
    ("a ring cut off", "ring", "document.querySelector('#app .actions').style.overflow = 'hidden'"),
    (
        "a keyboard trap",
        "keyboard-trap",
        "document.querySelector('[data-action=continue]').addEventListener('keydown', (event) => { if (event.key === 'Tab') event.preventDefault() }, {signal: stop.signal})",
    ),
    (
        "a control that Tab is led past",
        "unreached",
        "document.querySelector('[data-action=continue]').addEventListener('focus', () => document.querySelector('details.proof summary').focus(), {signal: stop.signal})",
    ),
    ("an id twice", "duplicate-id", "document.querySelector('#app .why').id = document.querySelector('#app .help').id"),
    (
        "phones that can't zoom",
        "viewport",
        "document.querySelector('meta[name=viewport]').setAttribute('content', 'width=device-width, maximum-scale=1')",
    ),
    ("no language", "html-has-lang", "document.documentElement.removeAttribute('lang')"),
    ("another language", "language", "document.documentElement.lang = 'es'"),
    ("the other direction", "direction", "document.documentElement.dir = 'rtl'"),
    (
        "a heading skipped",
        "heading-order",
        "const h = document.createElement('h5'); h.textContent = 'Skipped'; document.querySelector('#app h1').after(h)",
    ),
    (
        "a second first heading",
        "one-h1",
        "document.querySelector('#app .errors h2').setAttribute('role', 'heading'); document.querySelector('#app .errors h2').setAttribute('aria-level', '1')",
    ),
    (
        "a small target",
        "target",
        "const s = document.querySelector('[data-action=continue]').style; s.minHeight = '0'; s.padding = '0'; s.border = '0'",
    ),
    ("too wide", "wide", "document.querySelector('#app .why').style.width = '500px'"),
    ("a control over another", "overlap", "document.querySelector('[data-action=continue]').style.marginTop = '-60px'"),
    (
        "an error that describes nothing",
        "promise",
        "document.querySelector('fieldset[data-question]').removeAttribute('aria-describedby')",
    ),
    ("an error without the focus", "promise", "document.activeElement.blur()"),
    ("an order of its own", "tabindex", "document.querySelector('[data-action=continue]').tabIndex = 3"),
    (
        "what has the focus and is not heard",
        "aria-hidden-focus",
        "document.querySelector('#app .actions').setAttribute('aria-hidden', 'true')",
    ),
    (
        "an attribute that is none",
        "aria-valid-attr",
        "document.querySelector('#app .why').setAttribute('aria-labeledby', 'x')",
    ),
];

/// A button that the keyboard meets and nobody sees.
const GHOST: &str = "const b = document.createElement('button'); b.textContent = 'Ghost'; b.className = 'visually-hidden'; document.querySelector('#app .actions').append(b)";

/// Faults of the same screen that hang on names, pictures and what is hidden.
const MORE: [Seed; 9] = [
    (
        "a picture without words",
        "svg-img-alt",
        "const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); s.setAttribute('role', 'img'); s.style.width = s.style.height = '50px'; document.querySelector('#app .why').append(s)",
    ),
    ("focus where nothing is seen", "focus-hidden", GHOST),
    ("a stop that is none", "tab-order", GHOST),
    ("text over text", "overlap", "document.querySelector('#app .why').style.marginTop = '-40px'"),
    (
        "a value that aria has not",
        "aria-valid-attr-value",
        "document.querySelector('#app .errors').setAttribute('aria-live', 'loud')",
    ),
    (
        "a name that is not there",
        "reference",
        "document.querySelector('#app .errors').setAttribute('aria-labelledby', 'nobody')",
    ),
    (
        "a description that is not there",
        "reference",
        "document.querySelector('fieldset[data-question]').setAttribute('aria-describedby', 'nobody')",
    ),
    (
        "no main part",
        "landmark-one-main",
        "document.querySelectorAll('main').forEach((each) => each.setAttribute('role', 'group'))",
    ),
    (
        "text outside every landmark",
        "region",
        "const p = document.createElement('p'); p.textContent = 'Nowhere'; document.body.prepend(p)",
    ),
];

async fn at_an_error<'a>(browser: &'a Browser, server: &Server, variant: Variant) -> Page<'a> {
    Variant::USUAL.show(browser).await.unwrap();
    browser.client.goto("about:blank").await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    visitor.tick("age", "18_34").await.unwrap();
    visitor.press("continue").await.unwrap();
    visitor.press("continue").await.unwrap();
    Page { browser, visitor, state: "error-rf_now", variant }
}

#[tokio::test]
async fn each_fault_of_a_screen_is_named() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start_in_one_process().await.unwrap());
    let page = at_an_error(&browser, &server, Variant::USUAL).await;
    page.assert_each_is_named(&SCREEN).await;
    page.assert_each_is_named(&MORE).await;
    browser.end().await.unwrap();
}

#[tokio::test]
async fn text_that_is_cut_off_where_it_is_twice_as_large_is_named() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start_in_one_process().await.unwrap());
    let cut: [Seed; 1] = [(
        "text cut off",
        "cut",
        "const s = document.querySelector('#app .option label').style; s.height = '48px'; s.minHeight = '0'; s.overflow = 'hidden'",
    )];
    let page = at_an_error(&browser, &server, Variant { text: Text::Twice, ..Variant::USUAL }).await;
    page.assert_each_is_named(&cut).await;
    browser.end().await.unwrap();
}

#[tokio::test]
async fn what_is_too_wide_at_400_percent_is_named() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start_in_one_process().await.unwrap());
    let wide: [Seed; 1] = [(
        "scrolling across",
        "wide",
        "const s = document.querySelector('#app .actions').style; s.boxSizing = 'border-box'; s.width = '316px'",
    )];
    let page = at_an_error(&browser, &server, Variant { width: 320, height: 256, ..Variant::USUAL }).await;
    page.assert_each_is_named(&wide).await;
    browser.end().await.unwrap();
}

#[tokio::test]
async fn a_choice_that_only_a_colour_tells_is_named() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start_in_one_process().await.unwrap());
    Variant::USUAL.show(&browser).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    let answers = case("R62").unwrap();
    while visitor.see().await.unwrap().questions != ["peg_p", "peg_e", "peg_g"] {
        for question in visitor.see().await.unwrap().questions {
            visitor.answer(&question, &answers).await.unwrap();
        }
        visitor.press("continue").await.unwrap();
    }
    for question in ["peg_p", "peg_e", "peg_g"] {
        visitor.answer(question, &answers).await.unwrap();
    }
    let hue: [Seed; 1] = [(
        "hue alone",
        "chosen",
        "const s = document.querySelector('#app .point input:checked + label').style; s.background = '#fee'; s.color = '#15222b'",
    )];
    let forced: [Seed; 1] = [(
        "a colour that the system replaces",
        "chosen",
        "document.querySelectorAll('#app .point label').forEach(({style}) => { style.forcedColorAdjust = 'auto'; style.borderWidth = '1px'; style.background = 'pink' })",
    )];
    let mut page = Page { browser: &browser, visitor, state: "answered-peg_p-peg_e-peg_g", variant: Variant::USUAL };
    page.assert_each_is_named(&hue).await;
    page.variant = Variant { colours: Colours::Forced, ..Variant::USUAL };
    page.assert_each_is_named(&forced).await;
    browser.end().await.unwrap();
}

#[tokio::test]
async fn an_emergency_that_is_no_alert_and_text_over_a_picture_are_named() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start_in_one_process().await.unwrap());
    Variant::USUAL.show(&browser).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    visitor.take(&case("R01").unwrap()).await.unwrap();
    let seeds: [Seed; 2] = [
        ("no alert", "promise", "document.querySelector('[role=alert]').removeAttribute('role')"),
        (
            "faint text over a gradient, which axe leaves open",
            "contrast",
            "const s = document.querySelector('#app .card h1').style; s.background = 'linear-gradient(#b01020, #ffffff)'; s.color = '#fff'",
        ),
    ];
    let page = Page { browser: &browser, visitor, state: "outcome-emergency-call", variant: Variant::USUAL };
    page.assert_each_is_named(&seeds).await;
    browser.end().await.unwrap();
}
