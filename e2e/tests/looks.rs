//! The states of the tour as pictures, beside those that a person approved: `e2e/approved/<variant>/<state>.png`.
//!
//! All of them, and what differs, go to `target/looks/`, with a contact sheet in `index.html`. `cargo xtask looks
//! --approve` makes the pictures of this run the approved ones (`PARS_CHECK_APPROVE=1`).

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use e2e::{
    Album, Browser, Colours, Look, Picture, Server, Shown, Sight, Tour, Verdict, Visitor, dist, drawn_by,
    photograph_contact_sheet, repository, write_contact_sheet,
};
use serde_json::json;
use tokio::task::{JoinHandle, spawn_blocking};

/// One of each kind of screen.
const KINDS: &[&str] = &[
    "opening-proof",
    "question-age",
    "error-rf_now",
    "answered-location",
    "answered-peg_p-peg_e-peg_g",
    "check",
    "outcome-emergency-go",
    "outcome-urgent",
    "outcome-clinician",
    "outcome-conservative",
    "outcome-prevention",
    "idle",
];

/// Where another language could go wrong: where it opens, and where its words are longest.
const OPENING_AND_OUTCOMES: &[&str] = &[
    "opening-erased",
    "error-age",
    "check",
    "outcome-emergency-go",
    "outcome-urgent",
    "outcome-clinician",
    "outcome-surgical_discussion",
    "outcome-conservative",
    "outcome-not_typical",
    "outcome-prevention",
];

const PHONE: Sight = Sight { width: 360, height: 740, colours: Colours::Light };

#[derive(Clone, Copy)]
struct Variant {
    name: &'static str,
    sight: Sight,
    /// The states that are pictured; all if none are named.
    states: Option<&'static [&'static str]>,
}

const ENGLISH: [Variant; 4] = [
    Variant { name: "phone", sight: PHONE, states: None },
    Variant { name: "phone-dark", sight: Sight { colours: Colours::Dark, ..PHONE }, states: Some(KINDS) },
    Variant { name: "phone-forced-colours", sight: Sight { colours: Colours::Forced, ..PHONE }, states: Some(KINDS) },
    Variant {
        name: "desktop",
        sight: Sight { width: 1280, height: 900, colours: Colours::Light },
        states: Some(KINDS),
    },
];
const SPANISH: [Variant; 1] = [Variant { name: "phone-es", sight: PHONE, states: Some(OPENING_AND_OUTCOMES) }];
const PAGES: [Variant; 2] = [
    Variant { name: "phone-page", sight: PHONE, states: None },
    Variant { name: "desktop-page", sight: Sight { width: 1280, height: 900, colours: Colours::Light }, states: None },
];
const RIGHT_TO_LEFT: [Variant; 1] = [Variant { name: "phone-he-XB", sight: PHONE, states: Some(KINDS) }];

impl Variant {
    fn shows(&self, state: &str) -> bool {
        self.states.is_none_or(|states| states.contains(&state))
    }
}

/// How much of the leaflet is pictured: it holds all guidance, which the outcomes show piece by piece.
const OF_THE_LEAFLET: u64 = 3000;

/// States that come after all was unfolded; what they show stands below that.
const FOLDED: [&str; 2] = ["outcome-saved", "outcome-text"];

/// Folds all guidance but what no picture has shown yet, as far as a picture can be tall; gives what is shown now, and
/// what is left over. Without this the same long texts would be pictured in every outcome.
const UNFOLD_THE_NEW: &str = "
    const name = (each) => each.querySelector('summary').textContent.trim();
    const all = [...document.querySelectorAll('#app details')];
    for (const each of all) each.open = false;
    const unfolded = [], over = [];
    for (const each of all) {
        if (shown.includes(name(each)) || !each.checkVisibility()) continue;
        each.open = true;
        each.open = document.documentElement.scrollHeight <= tallest;
        (each.open ? unfolded : over).push(name(each));
    }
    return [unfolded, over]";

/// For pages that open from now on it is noon of one day, from which the clock goes on: a sheet says when it was made.
const ONE_DAY: &str = "{
    const Real = Date, ahead = Real.UTC(2026, 0, 15, 12) - Real.now();
    Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + ahead) }
        static now() { return Real.now() + ahead }
    };
}";

async fn start() -> Result<Browser> {
    let browser = Browser::start().await?;
    browser.look(Look::PHONE).await?;
    browser.cdp("Emulation.setTimezoneOverride", json!({"timezoneId": "UTC"})).await?;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": ONE_DAY})).await?;
    Ok(browser)
}

/// What was pictured, while it is compared beside.
type Pictured = Vec<(Shown, JoinHandle<Result<Verdict>>)>;

/// Takes the pictures of a state in each variant that shows it.
async fn picture_state(
    browser: &Browser,
    visitor: &Visitor<'_>,
    state: &str,
    variants: &[Variant],
    album: &Album,
) -> Result<Pictured> {
    let mut pictured = Vec::new();
    for variant in variants.iter().filter(|variant| variant.shows(state)) {
        let is_leaflet = state.starts_with("leaflet");
        let tallest = if is_leaflet { OF_THE_LEAFLET } else { Picture::TALLEST };
        let picture = Picture::take(browser, visitor, variant.sight, tallest).await?;
        ensure!(is_leaflet || picture.height() < tallest, "{state} is too tall in {}", variant.name);
        let width = visitor.run("return document.documentElement.scrollWidth").await?;
        let is_narrow = width.as_u64().is_some_and(|width| width <= u64::from(variant.sight.width));
        ensure!(is_narrow, "{state} is {width} wide in {}", variant.name);
        let shown = Shown { variant: variant.name.to_owned(), state: state.to_owned() };
        let put = {
            let (album, shown) = (album.clone(), shown.clone());
            move || album.put(&shown, &picture)
        };
        pictured.push((shown, spawn_blocking(put)));
    }
    browser.look(Look::PHONE).await?;
    Ok(pictured)
}

/// The pictures of the check in a language.
async fn picture_check(browser: &Browser, language: &str, variants: &[Variant], album: &Album) -> Result<Pictured> {
    let (mut all, mut unfolded, mut left) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let mut at = async |visitor: &Visitor<'_>, state: &str| {
        if !variants.iter().any(|variant| variant.shows(state)) {
            return Ok(());
        }
        visitor.run(ONE_HASH).await?;
        if FOLDED.contains(&state) {
            visitor.run("document.querySelectorAll('#app details').forEach((each) => { each.open = false })").await?;
        }
        if state.ends_with("-unfolded") {
            let script = format!("const shown = {}, tallest = {}; {UNFOLD_THE_NEW}", json!(unfolded), Picture::TALLEST);
            let told = visitor.run(&script).await?;
            let (new, over): (Vec<String>, Vec<String>) = serde_json::from_value(told)?;
            unfolded.extend(new);
            left.extend(over);
        }
        all.extend(picture_state(browser, visitor, state, variants, album).await?);
        Ok(())
    };
    let states = Tour::of(browser, language)?.walk(&mut at).await?;
    for state in variants.iter().filter_map(|variant| variant.states).flatten() {
        ensure!(states.contains(*state), "the tour has no state {state} any more");
    }
    let missed: Vec<&String> = left.difference(&unfolded).collect();
    ensure!(missed.is_empty(), "no picture is tall enough for {missed:?}");
    Ok(all)
}

/// The hash of the content is another with every change of it, and no part of how the page looks.
const ONE_HASH: &str = r"
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (/\([0-9a-f]{12}\)/.test(text.data)) text.data = text.data.replace(/\([0-9a-f]{12}\)/, '(0123456789ab)');
    }";

/// The check on a page around has pictures of its own, and comes up there when it likes.
const WITHOUT_THE_CHECK: &str =
    "for (const each of document.querySelectorAll('iframe, pars-check')) each.style.visibility = 'hidden'";

/// The pictures of the pages around, which are in one language.
async fn picture_pages(browser: &Browser, album: &Album) -> Result<Pictured> {
    let mut all = Vec::new();
    let mut at = async |visitor: &Visitor<'_>, state: &str| {
        visitor.run(WITHOUT_THE_CHECK).await?;
        all.extend(picture_state(browser, visitor, state, &PAGES, album).await?);
        Ok(())
    };
    Tour::of(browser, "en")?.pages(&mut at).await?;
    Ok(all)
}

async fn picture_english(browser: &Browser, album: &Album) -> Result<Pictured> {
    picture_check(browser, "en", &ENGLISH, album).await
}

async fn picture_others(browser: &Browser, album: &Album) -> Result<Pictured> {
    let mut all = picture_check(browser, "es", &SPANISH, album).await?;
    all.extend(picture_check(browser, "he-XB", &RIGHT_TO_LEFT, album).await?);
    all.extend(picture_pages(browser, album).await?);
    Ok(all)
}

/// Names what is not as it was approved, or where another machine has drawn.
fn judge(album: &Album, all: &[(Shown, Verdict)], gone: &[Shown], drawn: &str) -> Result<()> {
    let said = |(shown, verdict): &(Shown, Verdict)| match verdict {
        Verdict::Same => None,
        Verdict::Missing => Some(format!("{}: not approved yet", shown.file())),
        Verdict::Differs(what) => Some(format!("{}: {what}", shown.file())),
    };
    let mut wrong: Vec<String> = all.iter().filter_map(said).collect();
    wrong.extend(gone.iter().map(|shown| format!("{}: is approved, but there is no such state", shown.file())));
    if wrong.is_empty() {
        return Ok(());
    }
    let approved_by = fs::read_to_string(drawn_by_file(album)).unwrap_or_default();
    ensure!(
        approved_by == drawn || approved_by.is_empty(),
        "{} pictures differ, and they were approved on a machine with another browser or other fonts:\n\n{approved_by}\n\
         Here it is\n\n{drawn}\nTo say which of the two it is, look at a commit whose pictures are known to be right. \
         If that one differs too, approve its pictures anew there, as they are drawn here: `cargo xtask looks --approve`",
        wrong.len()
    );
    anyhow::bail!(
        "{} pictures are not as approved:\n{}\n\nLook at target/looks/index.html. If all of it is meant: \
         `cargo xtask looks --approve`",
        wrong.len(),
        wrong.join("\n")
    )
}

fn drawn_by_file(album: &Album) -> std::path::PathBuf {
    album.approved.join("drawn-by.toml")
}

async fn verdicts(pictured: Pictured) -> Result<Vec<(Shown, Verdict)>> {
    let mut all = Vec::new();
    for (shown, verdict) in pictured {
        let verdict = verdict.await?.with_context(|| shown.file())?;
        all.push((shown, verdict));
    }
    Ok(all)
}

fn emptied(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_state_looks_as_approved() {
    let is_approving = std::env::var_os("PARS_CHECK_APPROVE").is_some();
    let album = Album { approved: repository("e2e/approved"), seen: repository("target/looks"), is_approving };
    emptied(&album.seen).unwrap();
    let (one, other) = (start().await.unwrap(), start().await.unwrap());
    let drawn = drawn_by(&one).await.unwrap();
    let (english, others) = tokio::join!(picture_english(&one, &album), picture_others(&other, &album));
    let mut all = verdicts(english.unwrap()).await.unwrap();
    all.extend(verdicts(others.unwrap()).await.unwrap());
    write_contact_sheet(&album.seen, &all).unwrap();
    for browser in [one, other] {
        browser.end().await.unwrap();
    }
    let browser = Browser::start().await.unwrap();
    photograph_contact_sheet(&browser, &album.seen, &all).await.unwrap();
    browser.end().await.unwrap();
    let gone = album.gone(&all.iter().map(|(shown, _)| shown.clone()).collect()).unwrap();
    if is_approving {
        fs::write(drawn_by_file(&album), drawn).unwrap();
    } else if let Err(error) = judge(&album, &all, &gone, &drawn) {
        panic!("{error}");
    }
}

#[tokio::test]
async fn a_moved_button_and_another_colour_are_noticed_on_the_page_and_nothing_else_is() {
    let server = Server::of(dist()).unwrap();
    let mut pictures = Vec::new();
    // Each in a browser of its own: nothing of the first is left over.
    for change in ["", "", "button.style.marginInlineStart = '1px'", "root.setProperty('--accent', '#0b5c78')"] {
        let browser = start().await.unwrap();
        let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
        let find =
            "const button = document.querySelector('[data-action=continue]'), root = document.documentElement.style;";
        visitor.run(&format!("{find} {change}")).await.unwrap();
        pictures.push(Picture::take(&browser, &visitor, PHONE, Picture::TALLEST).await.unwrap());
        browser.end().await.unwrap();
    }
    let [first, again, moved, coloured] = pictures.try_into().unwrap();
    let first = first.with_plain_edges();
    assert!(first.difference(&again).unwrap().is_none());
    assert!(first.difference(&moved).unwrap().is_some());
    assert!(first.difference(&coloured).unwrap().is_some());
}

#[test]
fn a_failure_names_the_states_and_where_another_machine_drew_it_says_that_instead() {
    let folder = tempfile::tempdir().unwrap();
    let album = Album { approved: folder.path().into(), seen: folder.path().join("seen"), is_approving: false };
    fs::write(drawn_by_file(&album), "chromium = 1").unwrap();
    let shown = |state: &str| Shown { variant: "phone".to_owned(), state: state.to_owned() };
    judge(&album, &[(shown("age"), Verdict::Same)], &[], "chromium = 2").unwrap();
    let all = [(shown("age"), Verdict::Same), (shown("goal"), Verdict::Differs("9 points".to_owned()))];
    let here = judge(&album, &all, &[shown("old")], "chromium = 1").unwrap_err().to_string();
    for said in ["phone/goal.png: 9 points", "phone/old.png: is approved", "cargo xtask looks --approve"] {
        assert!(here.contains(said), "{here}");
    }
    assert!(!here.contains("phone/age"), "{here}");
    let elsewhere = judge(&album, &all, &[], "chromium = 2").unwrap_err().to_string();
    for said in ["chromium = 1", "chromium = 2", "cargo xtask looks --approve"] {
        assert!(elsewhere.contains(said), "{elsewhere}");
    }
    assert!(!elsewhere.contains("phone/goal"), "{elsewhere}");
    judge(&album, &[(shown("new"), Verdict::Missing)], &[], "chromium = 1").unwrap_err();
}
