//! The figures: those among the guidance, and the body beside the question of place, which can be pressed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Engine, Look, Server, Visitor, case, dist, keep};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::{Value, json};

/// The parts of the body, from above.
const PARTS: [&str; 5] = ["neck", "mid_upper", "low_back", "buttock_thigh", "below_knee"];

const SMALLEST: Look = Look { width: 320, height: 640, is_dark: false, has_scripts: true };

/// What is ticked, and what is marked in the figure.
const ANSWERED: &str = "return [[...document.querySelectorAll('#app input:checked')].map((input) => input.value).sort(), \
    [...document.querySelectorAll('#app [data-chosen]')].map((part) => part.dataset.option).sort()]";

/// Goes to the question of place.
async fn to_the_figure<'a>(browser: &'a Browser, address: &str) -> Visitor<'a> {
    let visitor = Visitor::alone(&browser.client, address).await.unwrap();
    walk(&visitor).await;
    visitor
}

async fn walk(visitor: &Visitor<'_>) {
    visitor.tick("age", "35_49").await.unwrap();
    for question in ["rf_now", "rf_nerve", "rf_weak", "rf_body"] {
        visitor.press("continue").await.unwrap();
        visitor.tick(question, "none").await.unwrap();
    }
    let seen = visitor.press("continue").await.unwrap();
    assert_eq!(seen.questions, ["location"]);
}

/// Presses the middle of a part, as a finger would, whatever lies there.
async fn press(browser: &Browser, part: &str) {
    let show = format!(
        "const part = document.querySelector(`#app [data-figure=body] [data-option={part}] .reach`); \
         const box = () => part.getBoundingClientRect(); const middle = () => box().top + box().height / 2; \
         scrollBy({{top: middle() - innerHeight / 2, behavior: 'instant'}}); \
         return [Math.round(box().left + box().width / 2), Math.round(middle())]"
    );
    let place = browser.client.execute(&show, vec![]).await.unwrap();
    let (x, y) = (place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
    let finger = MouseActions::new("finger".into())
        .then(PointerAction::MoveTo { duration: None, x, y })
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    browser.client.perform_actions(finger).await.unwrap();
}

/// Presses a part that is of one piece. Not every browser takes coordinates in a frame that reaches beyond the window.
async fn press_in_frame(browser: &Browser, part: &str) {
    let part = format!("#app [data-figure='body'] [data-option='{part}'] .place");
    let show = format!("document.querySelector(\"{part}\").scrollIntoView({{block: 'center', behavior: 'instant'}})");
    browser.client.execute(&show, vec![]).await.unwrap();
    browser.client.find(Locator::Css(&part)).await.unwrap().click().await.unwrap();
}

async fn assert_answered(visitor: &Visitor<'_>, ticked: &[&str], marked: &[&str]) {
    let expected = json!([ticked, marked]);
    let script = format!("return JSON.stringify((() => {{ {ANSWERED} }})()) === '{expected}'");
    visitor.until(&format!("the answer {expected}"), &script).await.unwrap();
}

async fn picture(browser: &Browser, name: &str) {
    keep(&format!("figures-{name}.png"), &browser.screenshot().await.unwrap()).unwrap();
}

#[tokio::test]
async fn pressing_a_part_ticks_its_box_and_pressing_it_again_takes_that_back() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    for look in [Look::PHONE, Look::DESKTOP] {
        browser.look(look).await.unwrap();
        browser.client.goto("about:blank").await.unwrap();
        let visitor = to_the_figure(&browser, &server.address("/pars-check.en.html")).await;
        for part in PARTS {
            press(&browser, part).await;
            assert_answered(&visitor, &[part], &[part]).await;
            press(&browser, part).await;
            assert_answered(&visitor, &[], &[]).await;
        }
        press(&browser, "neck").await;
        press(&browser, "below_knee").await;
        assert_answered(&visitor, &["below_knee", "neck"], &["below_knee", "neck"]).await;
        visitor.press("continue").await.unwrap();
        visitor.press("back").await.unwrap();
        assert_answered(&visitor, &["below_knee", "neck"], &["below_knee", "neck"]).await;
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn ticking_a_box_marks_its_part_and_no_pain_clears_the_figure() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    let visitor = to_the_figure(&browser, &server.address("/pars-check.en.html")).await;
    visitor.tick("location", "low_back").await.unwrap();
    visitor.tick("location", "tingle_numb").await.unwrap();
    assert_answered(&visitor, &["low_back", "tingle_numb"], &["low_back"]).await;
    visitor.tick("location", "no_pain").await.unwrap();
    assert_answered(&visitor, &["no_pain"], &[]).await;
    press(&browser, "mid_upper").await;
    assert_answered(&visitor, &["mid_upper"], &["mid_upper"]).await;
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_figure_is_there_again_after_erasing_in_chromium() {
    the_figure_is_there_again_after_erasing(Engine::Chromium).await;
}

#[tokio::test]
async fn the_figure_is_there_again_after_erasing_in_firefox() {
    the_figure_is_there_again_after_erasing(Engine::Firefox).await;
}

#[tokio::test]
async fn the_figure_is_there_again_after_erasing_in_webkit() {
    the_figure_is_there_again_after_erasing(Engine::WebKit).await;
}

/// In the frame of a page around, too.
async fn the_figure_is_there_again_after_erasing(engine: Engine) {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start_as(engine, None).await.unwrap());
    let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
    walk(&visitor).await;
    press_in_frame(&browser, "low_back").await;
    assert_answered(&visitor, &["low_back"], &["low_back"]).await;
    visitor.press("restart").await.unwrap();
    walk(&visitor).await;
    assert_answered(&visitor, &[], &[]).await;
    press_in_frame(&browser, "neck").await;
    assert_answered(&visitor, &["neck"], &["neck"]).await;
    browser.end().await.unwrap();
}

#[tokio::test]
async fn whoever_uses_a_keyboard_or_hears_the_page_never_meets_the_body() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    let visitor = to_the_figure(&browser, &server.address("/pars-check.en.html")).await;
    let tree = browser.cdp("Accessibility.getFullAXTree", json!({})).await.unwrap();
    let shown = tree["nodes"].as_array().unwrap().iter().filter(|node| node["ignored"] == false);
    let names: Vec<&str> = shown.filter_map(|node| node["name"]["value"].as_str()).collect();
    assert!(names.contains(&"Low back"), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("press the picture")), "{names:?}");
    let key = |key: &'static str| {
        let event = json!({"type": "keyDown", "key": key, "code": key, "text": if key == " " { " " } else { "" },
            "windowsVirtualKeyCode": if key == " " { 32 } else { 9 }});
        browser.cdp("Input.dispatchKeyEvent", event)
    };
    visitor.run("document.querySelector('#app input').focus()").await.unwrap();
    let mut reached = Vec::new();
    for _ in 0..7 {
        reached.push(visitor.run("return document.activeElement.value ?? null").await.unwrap());
        key("Tab").await.unwrap();
    }
    let boxes = ["low_back", "buttock_thigh", "below_knee", "tingle_numb", "mid_upper", "neck", "no_pain"];
    assert_eq!(reached, boxes.map(|name| json!(name)));
    visitor.run("document.querySelector('#app input').focus()").await.unwrap();
    key(" ").await.unwrap();
    browser
        .cdp(
            "Input.dispatchKeyEvent",
            json!({"type": "keyUp", "key": " ", "code": "Space", "windowsVirtualKeyCode": 32}),
        )
        .await
        .unwrap();
    assert_answered(&visitor, &["low_back"], &["low_back"]).await;
    browser.close().await.unwrap();
}

/// Heights and widths of what can be pressed, from above, and where the first box begins.
const REACH: &str = "const boxes = [...document.querySelectorAll('#app [data-figure] .reach')].map((each) => each.getBoundingClientRect()); \
    return [Math.min(...boxes.map((box) => box.width)), Math.min(...boxes.map((box) => box.height)), \
    document.querySelector('#app .option').getBoundingClientRect().top + scrollY, \
    document.documentElement.scrollWidth, document.querySelector('#app .map').getBoundingClientRect().height]";

#[tokio::test]
async fn a_part_is_large_enough_to_press_and_the_first_box_stays_in_reach() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    for (name, look, least) in [("small", SMALLEST, 24.0), ("phone", Look::PHONE, 24.0), ("wide", Look::DESKTOP, 44.0)]
    {
        browser.look(look).await.unwrap();
        browser.client.goto("about:blank").await.unwrap();
        let visitor = to_the_figure(&browser, &server.address("/pars-check.en.html")).await;
        press(&browser, "low_back").await;
        press(&browser, "buttock_thigh").await;
        assert_answered(&visitor, &["buttock_thigh", "low_back"], &["buttock_thigh", "low_back"]).await;
        visitor.run("scrollTo(0, 0)").await.unwrap();
        picture(&browser, &format!("body-{name}")).await;
        let measured: Vec<f64> = serde_json::from_value(visitor.run(REACH).await.unwrap()).unwrap();
        let [width, height, first, page, map] = measured[..] else { unreachable!() };
        assert!(width >= 40.0 && height >= least, "{name}: a part is {width} wide and {height} high");
        assert!(first < f64::from(look.height), "{name}: the first box begins at {first}");
        assert!(page <= f64::from(look.width), "{name}: the page is {page} wide");
        assert!(map < 210.0 || look.width > 600, "{name}: the figure is {map} high");
    }
    browser.close().await.unwrap();
}

/// For each figure: its text alternative, its caption, the least size of its words, and which of them reach out of it.
const TEXTS: &str = "return [...document.querySelectorAll('figure.figure')].map((figure) => { \
    const svg = figure.querySelector('svg[role=img]'); const frame = svg.getBoundingClientRect(); \
    const texts = [...svg.querySelectorAll('text')]; const scale = frame.width / svg.viewBox.baseVal.width; \
    const isOut = (box) => box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom; \
    const boxes = texts.map((text) => text.getBoundingClientRect()); \
    const meets = (one, other) => one !== other && one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom; \
    const isWrong = (box) => isOut(box) || boxes.some((other) => meets(box, other)); \
    return [svg.getAttribute('aria-label'), figure.querySelector('figcaption').textContent, \
      Math.min(...texts.map((text) => parseFloat(getComputedStyle(text).fontSize) * scale)), \
      texts.filter((text, at) => isWrong(boxes[at])).map((text) => text.textContent)] })";

#[tokio::test]
async fn without_scripts_each_figure_has_a_text_alternative_and_words_that_can_be_read() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    browser.look(Look { has_scripts: false, ..SMALLEST }).await.unwrap();
    for language in ["en", "es"] {
        browser.client.goto(&server.address(&format!("/pars-check.{language}.html"))).await.unwrap();
        let visitor = Visitor::outside(&browser.client);
        let figures = visitor.run(TEXTS).await.unwrap();
        let figures = figures.as_array().unwrap();
        assert_eq!(figures.len(), 3);
        for figure in figures {
            assert!(figure[0].as_str().unwrap().len() > 100, "a description: {figure}");
            assert!(figure[1].as_str().unwrap().len() > 20, "a caption: {figure}");
            assert!(figure[2].as_f64().unwrap() >= 12.0, "words of at least 12 px: {figure}");
            assert_eq!(figure[3], json!([]), "words inside the figure, each apart from the others, in {language}");
        }
        // Longer words would be noticed.
        visitor
            .run("document.querySelectorAll('.drawing text').forEach((text) => { text.append('mmmmmmmmmmmm') })")
            .await
            .unwrap();
        let longer = visitor.run(TEXTS).await.unwrap();
        assert!(longer.as_array().unwrap().iter().all(|figure| figure[3] != json!([])), "{longer}");
        let odd = "return document.querySelectorAll('svg [id], svg[id], svg [style], svg[style], svg [href], svg image').length \
                   + document.querySelectorAll('main [data-option]').length";
        assert_eq!(visitor.run(odd).await.unwrap(), 0, "no id, no style, nothing to load, and nothing to press");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_section_of_the_outcome_shows_the_figure_of_the_leaflet() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    visitor.take(&case("V47").unwrap()).await.unwrap();
    let figures = "return [...document.querySelectorAll('#app figure')].map((figure) => \
        [figure.closest('[data-section]').dataset.section, \
         [...document.querySelectorAll('#leaflet figure')].some((each) => each.outerHTML === figure.outerHTML)])";
    let shown = visitor.run(figures).await.unwrap();
    assert!(!shown.as_array().unwrap().is_empty());
    for figure in shown.as_array().unwrap() {
        assert_eq!(figure[1], true, "{figure}");
    }
    browser.close().await.unwrap();
}

/// The least contrast of lines and of words with what lies behind them, and with which class of the drawing it is.
const CONTRAST: &str = "
const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
const light = (colour) => { const [r, g, b] = parse(colour).slice(0, 3).map((each) => each / 255)
  .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const ratio = (one, other) => { const [low, high] = [light(one), light(other)].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05); };
const paper = getComputedStyle(document.documentElement).backgroundColor;
const drawn = [...document.querySelectorAll('.figure .drawing *, #app .map .drawing *')].filter((each) => each.getClientRects().length);
const fills = new Set([paper, ...drawn.filter((each) => each.matches('.bone, .skin')).map((each) => getComputedStyle(each).fill)]);
const least = (list, property) => Math.min(...list.flatMap((each) => [...fills].map((fill) => ratio(getComputedStyle(each)[property], fill))));
// A crack, the seam of a chosen part and the rim of words are gaps: they have the colour of the ground.
const lines = drawn.filter((each) => getComputedStyle(each).stroke !== 'none' && !each.matches('.crack, [data-chosen] .place, text, tspan'));
const marks = drawn.filter((each) => each.matches('.mark, [data-chosen] .place'));
return [least(lines, 'stroke'), least(marks, 'fill'), least(drawn.filter((each) => each.matches('text')), 'fill'), lines.length, marks.length,
  Math.min(...lines.map((each) => parseFloat(getComputedStyle(each).strokeWidth)))];
";

async fn assert_contrast(browser: &Browser, visitor: &Visitor<'_>, what: &str, marks: u64) {
    picture(browser, what).await;
    let seen: Vec<Value> = serde_json::from_value(visitor.run(CONTRAST).await.unwrap()).unwrap();
    assert!(seen[0].as_f64().unwrap() >= 3.0, "{what}, lines: {seen:?}");
    assert!(seen[1].as_f64().unwrap() >= 3.0, "{what}, marks: {seen:?}");
    assert!(seen[2].as_f64().is_none_or(|least| least >= 4.5), "{what}, words: {seen:?}");
    assert!(seen[3].as_u64().unwrap() >= 5 && seen[4].as_u64() == Some(marks), "{what}: {seen:?}");
    assert!(seen[5].as_f64().unwrap() >= 1.5, "{what}, width of lines: {seen:?}");
}

#[tokio::test]
async fn lines_and_words_stand_out_in_light_dark_forced_colours_and_print() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    let media = |scheme: &str, forced: &str, media: &str| {
        let features =
            json!([{"name": "prefers-color-scheme", "value": scheme}, {"name": "forced-colors", "value": forced}]);
        browser.cdp("Emulation.setEmulatedMedia", json!({"media": media, "features": features}))
    };
    let looks = [
        ("light", "light", "none", ""),
        ("dark", "dark", "none", ""),
        ("forced", "light", "active", ""),
        ("forced-dark", "dark", "active", ""),
        ("print", "light", "none", "print"),
    ];
    let tall = json!({"width": 360, "height": 1800, "deviceScaleFactor": 2, "mobile": false});
    browser.cdp("Emulation.setDeviceMetricsOverride", tall).await.unwrap();
    let visitor = to_the_figure(&browser, &server.address("/pars-check.en.html")).await;
    press(&browser, "low_back").await;
    for (name, scheme, forced, kind) in looks {
        media(scheme, forced, kind).await.unwrap();
        assert_contrast(&browser, &visitor, &format!("body-{name}"), 1).await;
    }
    browser.client.goto(&server.address("/pars-check.en.html#mode=leaflet")).await.unwrap();
    browser.client.refresh().await.unwrap();
    let others = "document.querySelectorAll('#leaflet > :not(:has(figure)), #leaflet section > :not(figure)').forEach((each) => each.remove())";
    visitor.run(others).await.unwrap();
    for (name, scheme, forced, kind) in looks {
        media(scheme, forced, kind).await.unwrap();
        assert_contrast(&browser, &visitor, &format!("leaflet-{name}"), 2).await;
    }
    browser.close().await.unwrap();
}
