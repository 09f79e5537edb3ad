//! `<pars-check>` in applications of today's frameworks, each built with its own tool from the packed npm package. All of
//! them show the same, and the same is asked of each.
//!
//! They are built by `cargo xtask test --all`, or with `--features long`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Page, SANDBOX, Server, Visitor, build_application, build_yew_application, case};
use serde_json::{Value, json};

/// Notes every error, from the first script on.
const WATCH: &str = "<script>window.errors = []; addEventListener('error', ({ message }) => errors.push(message)); \
    addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)))</script>";

const LOADER: &str = "<script type=\"module\" src=\"/pars-check/pars-check.js\"></script>";

/// Counts the frames that each check makes from now on, and marks the elements.
const WATCH_FRAMES: &str = "window.made = { one: 0, two: 0 }; for (const id of ['one', 'two']) { \
    const check = document.getElementById(id); check.mark = `${id} as it was`; \
    new MutationObserver((records) => { for (const { addedNodes } of records) for (const node of addedNodes) \
    if (node.localName === 'iframe') made[id] += 1 }).observe(check.shadowRoot, { childList: true }) }";

/// An application that is open in a browser.
struct Application {
    browser: Browser,
    server: Server,
}

impl Application {
    async fn start(name: &str) -> Self {
        let folder = build_application(name).unwrap();
        let index = std::fs::read_to_string(folder.join("index.html")).unwrap();
        assert!(index.contains(LOADER), "the tool left the loader alone: {index}");
        let watched = index.replacen("<head>", &format!("<head>{WATCH}"), 1);
        let late = watched.replace(LOADER, "").replace("</body>", &format!("{LOADER}</body>"));
        let contact = Page::new("/contact.html", "<!doctype html><title>contact</title>");
        let pages = vec![Page::new("/index.html", watched), Page::new("/late.html", late), contact];
        Self { browser: Browser::start().await.unwrap(), server: Server::serving(folder, pages).unwrap() }
    }

    async fn open(&self, path: &str) {
        self.browser.client.goto(&self.server.address(path)).await.unwrap();
        let mut ready = ["one", "two"].map(|id| [format!("{id} ready"), format!("{id} ready, by hand")]).concat();
        ready.sort();
        self.until("both are ready", &format!("{HEARD} return heard.length >= 4")).await;
        assert_eq!(self.heard().await, ready, "{path}: each listener, and each once");
    }

    async fn run(&self, script: &str) -> Value {
        Visitor::outside(&self.browser.client).run(script).await.unwrap()
    }

    async fn until(&self, what: &str, script: &str) {
        Visitor::outside(&self.browser.client).until(what, script).await.unwrap();
    }

    async fn press(&self, id: &str) {
        self.run(&format!("document.getElementById('{id}').click()")).await;
    }

    /// What the application heard, in the order of words.
    async fn heard(&self) -> Vec<String> {
        serde_json::from_value(self.run(&format!("{HEARD} return heard.sort()")).await).unwrap()
    }

    /// Enters the frame of a check.
    async fn visit(&self, id: &str) -> Visitor<'_> {
        let frame = format!("const frame = {}; frame.scrollIntoView(); return frame", frame_of(id));
        let frame = self.run(&frame).await;
        Visitor::in_element(&self.browser.client, &frame).await.unwrap()
    }

    async fn leave(&self) {
        self.browser.leave_frames().await.unwrap();
    }

    /// The question that a check asks, and how many answers are ticked.
    async fn asks(&self, id: &str) -> (String, u64) {
        let visitor = self.visit(id).await;
        let question = visitor.see().await.unwrap().questions.concat();
        let ticked = visitor.run("return document.querySelectorAll('input:checked').length").await.unwrap();
        self.leave().await;
        (question, ticked.as_u64().unwrap())
    }

    async fn close(self) {
        assert_eq!(self.run("return errors").await, json!([]));
        assert_eq!(self.browser.console().await.unwrap(), Vec::<String>::new());
        self.browser.close().await.unwrap();
    }
}

const HEARD: &str = "const heard = [...document.querySelectorAll('#heard li')].map((each) => each.textContent.trim());";

fn frame_of(id: &str) -> String {
    format!("document.getElementById('{id}').shadowRoot.querySelector('iframe')")
}

/// What a check was given and what its frame makes of it.
fn settings_of(id: &str) -> String {
    format!(
        "const check = document.getElementById('{id}'); const frame = {}; \
         const names = ['contact', 'clinic', 'tel', 'emergency', 'height']; \
         return {{ attributes: names.map((name) => check.getAttribute(name)), properties: names.map((name) => check[name]), \
         fragment: Object.fromEntries(new URLSearchParams(new URL(frame.src).hash.slice(1))), \
         height: frame.offsetHeight }}",
        frame_of(id)
    )
}

/// Text, a number and nothing arrive, as attributes or as properties.
async fn assert_settings_arrive(app: &Application) {
    let told = json!(["/contact.html", "Clinic One", "+1 555 010 0101", "112", "600px"]);
    let contact = app.server.address("/contact.html");
    let fragment = json!({"contact": contact, "clinic": "Clinic One", "tel": "+1 555 010 0101", "emergency": "112"});
    for id in ["one", "two"] {
        let settings = app.run(&settings_of(id)).await;
        let expected = json!({"attributes": told, "properties": told, "fragment": fragment, "height": 600});
        assert_eq!(settings, expected, "{id}");
        let sealed = format!("const frame = {}; return [frame.getAttribute('sandbox'), frame.allow]", frame_of(id));
        assert_eq!(app.run(&sealed).await, json!([SANDBOX, ""]));
    }
}

/// What the application puts into the element is in the page, below the frame, and goes on being the application's.
async fn assert_children_stay_the_applications(app: &Application) {
    app.press("count").await;
    app.press("count").await;
    let text = "return [...document.querySelectorAll('.fallback')].map((each) => \
        [each.parentElement.localName, each.textContent.replaceAll(/\\s+/g, ' ').trim(), each.getClientRects().length > 0])";
    let shown = json!(["pars-check", "Contact us 2", true]);
    app.until("the count", &format!("return (() => {{ {text} }})()[0][1] === 'Contact us 2'")).await;
    assert_eq!(app.run(text).await, json!([shown, shown]));
    assert_eq!(app.run("return made").await, json!({"one": 0, "two": 0}), "no frame was loaded again");
}

async fn assert_settings_reload_once_before_the_start(app: &Application) {
    app.press("step").await;
    app.until(
        "it is ready again",
        &format!("{HEARD} return heard.filter((each) => each === 'one ready').length === 2"),
    )
    .await;
    let settings = app.run(&settings_of("one")).await;
    // A setting that became undefined or null is gone.
    assert_eq!(settings["attributes"], json!(["/contact.html", "Clinic Two", null, "112", "600px"]));
    assert_eq!(settings["fragment"]["clinic"], "Clinic Two");
    assert_eq!(settings["fragment"]["tel"], Value::Null);
    assert_eq!(app.run("return made").await, json!({"one": 1, "two": 0}), "two settings, one frame");
}

async fn assert_settings_wait_after_the_start(app: &Application) {
    app.visit("one").await.tick("age", "35_49").await.unwrap();
    app.leave().await;
    app.until("the start", &format!("{HEARD} return heard.includes('one started')")).await;
    app.press("step").await;
    app.until("the height", &format!("return {}.offsetHeight === 500", frame_of("one"))).await;
    let settings = app.run(&settings_of("one")).await;
    assert_eq!(settings["attributes"][1], "Clinic Three", "the framework has set it");
    assert_eq!(settings["fragment"]["clinic"], "Clinic Two", "the frame goes on as it was");
    assert_eq!(app.run("return made").await, json!({"one": 1, "two": 0}));
    assert_eq!(app.asks("one").await, ("age".to_owned(), 1), "the answer is still there");
    assert_eq!(app.heard().await.iter().filter(|each| each.ends_with("started")).count(), 1);
}

/// `hidden` is true or false, and a frame that is not shown keeps its answers.
async fn assert_hidden_hides(app: &Application) {
    let is_shown = "return [...document.querySelectorAll('pars-check')].map((each) => \
        [each.hidden, each.getClientRects().length > 0])";
    for (is_hidden, shown) in [(true, false), (false, true)] {
        app.press("hide").await;
        app.until("it was hidden or shown", &format!("return document.getElementById('one').hidden === {is_hidden}"))
            .await;
        assert_eq!(app.run(is_shown).await, json!([[is_hidden, shown], [is_hidden, shown]]));
    }
    assert_eq!(app.asks("one").await, ("age".to_owned(), 1));
}

/// The framework moves the elements, and does not make new ones. Browsers throw away the document of a frame that is
/// moved so: each check is there again, with one frame.
async fn assert_moved_in_a_list(app: &Application) {
    app.press("swap").await;
    let order = "return [...document.querySelectorAll('pars-check')].map((each) => [each.id, each.mark])";
    app.until("the other order", "return document.querySelector('pars-check').id === 'two'").await;
    assert_eq!(app.run(order).await, json!([["two", "two as it was"], ["one", "one as it was"]]));
    assert_one_frame_each(app).await;
    for id in ["one", "two"] {
        assert_eq!(app.asks(id).await.0, "age", "{id}");
    }
}

async fn assert_one_frame_each(app: &Application) {
    let frames = "return [...document.querySelectorAll('pars-check')].map((each) => \
        each.shadowRoot.querySelectorAll('iframe').length)";
    assert_eq!(app.run(frames).await, json!([1, 1]));
}

async fn assert_taken_out_and_put_in(app: &Application) {
    for _ in 0..2 {
        app.press("show").await;
        app.until("they are gone", "return document.querySelectorAll('pars-check').length === 0").await;
        let before = app.heard().await.len();
        app.press("show").await;
        app.until("both are ready", &format!("{HEARD} return heard.length === {}", before + 4)).await;
        assert_one_frame_each(app).await;
        assert_eq!(app.asks("one").await, ("age".to_owned(), 0), "no answer outlives its document");
    }
}

async fn assert_works_in(framework: &str) {
    let app = Application::start(framework).await;
    // The loader may come before the application or after it.
    for path in ["/late.html", "/index.html"] {
        app.open(path).await;
        assert_settings_arrive(&app).await;
    }
    app.run(WATCH_FRAMES).await;
    assert_children_stay_the_applications(&app).await;
    assert_settings_reload_once_before_the_start(&app).await;
    assert_settings_wait_after_the_start(&app).await;
    assert_hidden_hides(&app).await;
    assert_moved_in_a_list(&app).await;
    assert_taken_out_and_put_in(&app).await;
    app.close().await;
}

#[tokio::test]
async fn it_works_in_react() {
    assert_works_in("react").await;
}

#[tokio::test]
async fn it_works_in_vue() {
    assert_works_in("vue").await;
}

#[tokio::test]
async fn it_works_in_svelte() {
    assert_works_in("svelte").await;
}

#[tokio::test]
async fn it_works_in_angular() {
    assert_works_in("angular").await;
}

/// The component as a part of an application's own page: what it asks of a browser is answered by that page.
#[tokio::test]
async fn the_component_works_in_a_yew_application() {
    let folder = build_yew_application().unwrap();
    let index = std::fs::read_to_string(folder.join("index.html")).unwrap();
    let watched = index.replacen("<head>", &format!("<head>{WATCH}"), 1);
    assert_ne!(watched, index);
    let (browser, server) =
        (Browser::start().await.unwrap(), Server::serving(folder, vec![Page::new("/index.html", watched)]).unwrap());
    let app = Application { browser, server };
    app.browser.client.goto(&app.server.address("/index.html")).await.unwrap();
    app.until("it is ready", &format!("{HEARD} return heard.length > 0")).await;
    assert_eq!(app.heard().await, ["ready"]);
    let visitor = Visitor::outside(&app.browser.client);
    assert_eq!(visitor.see().await.unwrap().questions, ["age"]);
    visitor.tick("age", "35_49").await.unwrap();
    assert_eq!(visitor.press("continue").await.unwrap().questions, ["rf_now"]);
    assert_eq!(visitor.focus().await.unwrap(), "heading", "the application moves the focus");
    assert_eq!(app.heard().await, ["ready", "started"]);
    let back = visitor.press("back").await.unwrap();
    assert_eq!(back.questions, ["age"]);
    let (seen, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
    assert_eq!(seen.outcome.as_deref(), Some("prevention"));
    assert_eq!(seen.contact, Some(app.server.address("/contact.html")), "settings of the application");
    // The guidance comes from what the application keeps of the content.
    let guidance = "return [...document.querySelectorAll('#check [data-section] [data-guidance]')].map((each) => \
        each.textContent.trim().length > 50)";
    let shown: Vec<bool> = serde_json::from_value(app.run(guidance).await).unwrap();
    assert!(shown.len() >= 3 && shown.iter().all(|has_text| *has_text), "{shown:?}");
    assert!(app.run("return document.querySelectorAll('#check [data-source]').length").await.as_u64() > Some(2));
    app.close().await;
}

#[test]
fn the_guide_gives_the_declarations_that_these_are_checked_with() {
    let guide = std::fs::read_to_string(e2e::repository("embed/README.md")).unwrap();
    for framework in ["react", "vue", "svelte"] {
        let path = e2e::repository("e2e/frameworks").join(framework).join("src/pars-check.d.ts");
        let declaration = std::fs::read_to_string(path).unwrap();
        assert!(guide.contains(&format!("```ts\n{declaration}```")), "{framework}");
    }
}
