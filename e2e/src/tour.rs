//! A tour through every state that somebody can see: each question as asked, answered and asked again, the check of the
//! answers, each kind of outcome folded and unfolded, the dialog, the leaflet and the pages around.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::{Browser, SANDBOX, Server, Visitor, case, dist, engine, repository, with_engine};

/// Cases whose ways lead through every question and to every kind of outcome, each with what makes it another picture.
const WAYS: [(&str, &str); 15] = [
    ("R62", "surgical_discussion"),
    ("R101", "clinician-minor"),
    ("R78", "clinician-minor-alone"),
    ("V16", "urgent-minor"),
    ("R02", "emergency-minor-alone"),
    ("R01", "emergency-call"),
    ("V01", "emergency-go"),
    ("V23", "urgent"),
    ("R23", "clinician-signs-first"),
    ("R59", "clinician-own-doctor"),
    ("V35", "clinician"),
    ("V53", "conservative"),
    ("V55", "conservative-early"),
    ("V61", "not_typical"),
    ("V63", "prevention"),
];

/// The settings that are baked into the document of the tour: everything that can be seen.
const BAKED: &str = r#"id="settings">{"contact":"https://clinic.example/contact","clinic":"Northfield Spine Center","tel":"+1 555 010 0199"}"#;

/// The same from a page around, which is said on the outcome.
const GIVEN: &str = "contact=/contact.html&clinic=Northfield%20Spine%20Center&tel=%2B1%20555%20010%200199&langs=en,es";

/// The page's clock stands still from now on, and can be put forward.
pub const CLOCK: &str = "const now = Date.now(); window.__ahead = 0; Date.now = () => now + window.__ahead;";

/// One document or the pages around it, on their own server.
#[allow(missing_debug_implementations)]
pub struct Tour<'a> {
    browser: &'a Browser,
    server: Server,
    document: String,
    seen: BTreeSet<String>,
}

impl<'a> Tour<'a> {
    /// A tour through the document of a language; one that nobody speaks lies in `target/pseudo/`.
    ///
    /// # Errors
    /// There is no such document, or no port is free.
    pub fn of(browser: &'a Browser, language: &str) -> Result<Self> {
        let name = format!("pars-check.{language}.html");
        let places = [dist().join(&name), repository("target/pseudo").join(&name)];
        let path = places.iter().find(|path| path.exists()).with_context(|| format!("no {name} was built"))?;
        let built = fs::read_to_string(path)?;
        let markup = built.replace(r#"id="settings">{}"#, BAKED);
        ensure!(markup != built, "{name} has settings of its own");
        let failed = with_engine(&markup, engine()?.get(..9).unwrap_or_default())?;
        let framed = |sandbox: &str| {
            format!(
                "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Host</title><body style='margin:0'><iframe src='given.html#{GIVEN}' \
                 {sandbox} title='Self-check' style='border:0;width:100vw;height:100vh'></iframe>"
            )
        };
        let pages = [
            ("/given.html".to_owned(), built),
            (format!("/{name}"), markup),
            ("/failed.html".to_owned(), failed),
            ("/framed.html".to_owned(), framed(&format!("sandbox='{SANDBOX}'"))),
            ("/unsealed.html".to_owned(), framed("")),
        ];
        Ok(Self { browser, server: Server::with_pages(dist(), pages.into())?, document: name, seen: BTreeSet::new() })
    }

    /// Goes through all states of the check and calls `at` in each, with its name. Gives the names.
    ///
    /// # Errors
    /// A state can't be reached, or `at` fails.
    pub async fn walk(
        mut self,
        at: &mut impl AsyncFnMut(&Visitor<'_>, &str) -> Result<()>,
    ) -> Result<BTreeSet<String>> {
        self.open(at).await?;
        for (id, outcome) in WAYS {
            let visitor = self.fresh().await?;
            self.take(&visitor, &case(id)?, at).await.with_context(|| format!("on the way of {id}"))?;
            self.stop(&visitor, &format!("outcome-{outcome}"), at).await?;
            visitor.run("document.querySelectorAll('#app details').forEach((each) => { each.open = true })").await?;
            self.stop(&visitor, &format!("outcome-{outcome}-unfolded"), at).await?;
            if outcome == "conservative" {
                self.after_saving(&visitor, at).await?;
            }
        }
        self.framed(at).await?;
        self.warned(at).await?;
        self.leaflets(at).await?;
        Ok(self.seen)
    }

    /// Goes through the pages of the distribution that are no documents.
    ///
    /// # Errors
    /// A page can't be opened, or `at` fails.
    pub async fn pages(
        mut self,
        at: &mut impl AsyncFnMut(&Visitor<'_>, &str) -> Result<()>,
    ) -> Result<BTreeSet<String>> {
        let mut names: Vec<String> = fs::read_dir(dist())?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.strip_suffix(".html").is_some_and(|stem| !stem.starts_with("pars-check.")))
            .collect();
        names.sort();
        for name in names {
            self.browser.client.goto(&self.server.address(&format!("/{name}"))).await?;
            let page = Visitor::outside(&self.browser.client);
            let is_whole = "return document.readyState === 'complete' && !document.querySelector('[aria-busy=true]')";
            page.until("the page", is_whole).await?;
            self.stop(&page, &format!("page-{}", name.trim_end_matches(".html")), at).await?;
        }
        Ok(self.seen)
    }

    /// The first screen of a document that nobody has used.
    async fn fresh(&self) -> Result<Visitor<'a>> {
        let address = self.server.address(&format!("/{}#langs=en,es", self.document));
        // An address that differs in its fragment alone would keep the old document.
        self.browser.client.goto("about:blank").await?;
        Visitor::alone(&self.browser.client, &address).await
    }

    async fn stop(
        &mut self,
        visitor: &Visitor<'_>,
        name: &str,
        at: &mut impl AsyncFnMut(&Visitor<'_>, &str) -> Result<()>,
    ) -> Result<()> {
        ensure!(self.seen.insert(name.to_owned()), "{name} is reached twice");
        at(visitor, name).await.with_context(|| format!("at {name}"))
    }

    /// The first screen with what belongs to it alone.
    async fn open(&mut self, at: &mut impl AsyncFnMut(&Visitor<'_>, &str) -> Result<()>) -> Result<()> {
        let visitor = self.fresh().await?;
        let proof = "const proof = document.querySelector('details.proof'); proof.open = !proof.open";
        visitor.run(proof).await?;
        self.stop(&visitor, "opening-proof", at).await?;
        visitor.run(proof).await?;
        visitor.tick("age", "18_34").await?;
        visitor.press("continue").await?;
        visitor.click("restart").await?;
        visitor.until("the note that all is erased", "return !!document.querySelector('.erased')").await?;
        self.stop(&visitor, "opening-erased", at).await
    }

    /// Takes the check as a case says, with a stop in each state of a screen that was not seen before.
    async fn take(
        &mut self,
        visitor: &Visitor<'_>,
        answers: &Map<String, Value>,
        at: &mut impl AsyncFnMut(&Visitor<'_>, &str) -> Result<()>,
    ) -> Result<()> {
        let mut seen = visitor.see().await?;
        while seen.outcome.is_none() {
            let name = if seen.is_check { "check".to_owned() } else { seen.questions.join("-") };
            let is_new = !self.seen.contains(&format!("question-{name}")) && !self.seen.contains(&name);
            let is_skipped = seen.questions.iter().any(|question| !answers.contains_key(question));
            if is_new && seen.is_check {
                self.stop(visitor, "check", at).await?;
            } else if is_new && !is_skipped {
                self.stop(visitor, &format!("question-{name}"), at).await?;
                // One that may be left out can't be asked again.
                if !seen.actions.iter().any(|action| action == "skip") {
                    visitor.press("continue").await?;
                    self.stop(visitor, &format!("error-{name}"), at).await?;
                }
            }
            for question in seen.questions.iter().filter(|question| answers.contains_key(*question)) {
                visitor.answer(question, answers).await?;
            }
            if is_new && !seen.is_check && !is_skipped {
                self.stop(visitor, &format!("answered-{name}"), at).await?;
            }
            seen = visitor.press(if is_skipped { "skip" } else { "continue" }).await?;
            ensure!(!seen.has_errors, "an answered screen was asked again: {:?}", seen.questions);
        }
        Ok(())
    }

    async fn after_saving(
        &mut self,
        visitor: &Visitor<'_>,
        at: &mut impl AsyncFnMut(&Visitor<'_>, &str) -> Result<()>,
    ) -> Result<()> {
        visitor.click("save").await?;
        visitor.until("word of it", "return !!document.querySelector('.take [role=status]').innerText.trim()").await?;
        self.stop(visitor, "outcome-saved", at).await?;
        visitor.click("text").await?;
        visitor.until("the text", "return !!document.querySelector('.sheet').checkVisibility()").await?;
        self.stop(visitor, "outcome-text", at).await
    }

    /// What a page around has given is marked as that.
    async fn framed(&mut self, at: &mut impl AsyncFnMut(&Visitor<'_>, &str) -> Result<()>) -> Result<()> {
        let visitor = Visitor::on_page(&self.browser.client, &self.server.address("/framed.html")).await?;
        visitor.take(&case("V53")?).await?;
        self.stop(&visitor, "outcome-framed", at).await
    }

    /// The warning before the answers are erased, with its clock standing.
    async fn warned(&mut self, at: &mut impl AsyncFnMut(&Visitor<'_>, &str) -> Result<()>) -> Result<()> {
        let visitor = self.fresh().await?;
        visitor.run(CLOCK).await?;
        visitor.tick("age", "18_34").await?;
        visitor.run("window.__ahead = 14.5 * 60000").await?;
        visitor.until("the warning", "return !!document.querySelector('dialog[open]')").await?;
        self.stop(&visitor, "idle", at).await
    }

    /// What is read where there are no questions: on purpose, without an engine, without a sandbox.
    async fn leaflets(&mut self, at: &mut impl AsyncFnMut(&Visitor<'_>, &str) -> Result<()>) -> Result<()> {
        let document = self.document.clone();
        for (name, page, shown) in [
            ("leaflet", format!("/{document}#mode=leaflet"), "#leaflet"),
            ("leaflet-failed", "/failed.html".to_owned(), "[data-note=engine]"),
            ("leaflet-unsealed", "/unsealed.html".to_owned(), "[data-note=unsealed]"),
        ] {
            self.browser.client.goto("about:blank").await?;
            self.browser.client.goto(&self.server.address(&page)).await?;
            let visitor = match name {
                "leaflet-unsealed" => Visitor::enter_frame(&self.browser.client).await?,
                _ => Visitor::outside(&self.browser.client),
            };
            let is_shown = format!("return !!document.querySelector({})?.checkVisibility()", json!(shown));
            visitor.until(name, &is_shown).await?;
            self.stop(&visitor, name, at).await?;
        }
        Ok(())
    }
}
