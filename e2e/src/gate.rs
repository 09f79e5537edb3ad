//! The gate: whatever state a visitor is in, nobody is kept out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::axe::{self, Finding};
use crate::fault::Fault;
use crate::variants::Variant;
use crate::world::World;
use crate::{Browser, Key, Keyboard, Visitor, contrast, measures, tabbing};

/// In which variants which looks are taken.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In each, everything is measured.
    pub measured: Vec<Variant>,
    /// In each of these, axe looks as well.
    pub with_axe: Vec<Variant>,
    /// Whether Tab goes round in each state.
    pub goes_round: bool,
}

impl Plan {
    /// Everything in these variants.
    pub fn of(variants: &[Variant]) -> Self {
        Self { measured: variants.to_vec(), with_axe: variants.to_vec(), goes_round: true }
    }

    /// Everything measured in the variants that cover each property, and axe in the first three, which have a narrow, a
    /// zoomed and a wide window, light, dark and forced colours.
    pub fn covering() -> Self {
        let measured = Variant::covering();
        let with_axe = measured.iter().copied().take(3).collect();
        Self { measured, with_axe, goes_round: true }
    }

    /// For another language of a document that was looked at by another plan: what hangs on the length and the direction
    /// of words in each of these variants, and axe, which hears them, in the first. Colours and stops are the same.
    pub fn of_words(variants: Vec<Variant>) -> Self {
        let with_axe = variants.iter().copied().take(1).collect();
        Self { measured: variants, with_axe, goes_round: false }
    }

    /// This plan, or everything in every variant where `PARS_CHECK_ALL` is set.
    #[must_use]
    pub fn or_all(self) -> Self {
        if std::env::var_os("PARS_CHECK_ALL").is_some() { Self::of(&Variant::all()) } else { self }
    }
}

/// A gate for documents of one language, with what it has found so far.
#[derive(Debug)]
pub struct Gate<'a> {
    browser: &'a Browser,
    language: String,
    plan: Plan,
    found: BTreeMap<Fault, BTreeSet<String>>,
    /// What axe left open and was decided by measuring, by how it looked.
    decided: BTreeMap<(String, String), Option<Fault>>,
    looks: usize,
}

impl<'a> Gate<'a> {
    /// A gate that has seen nothing yet.
    pub fn new(browser: &'a Browser, language: &str, plan: Plan) -> Self {
        let (found, decided) = (BTreeMap::new(), BTreeMap::new());
        Self { browser, language: language.to_owned(), plan, found, decided, looks: 0 }
    }

    /// Looks at the state in view in every variant of the plan, and leaves it as it was.
    ///
    /// # Errors
    /// The browser refuses, or a variant does not reach the document. Faults are no errors: [`Gate::pass`] tells them.
    pub async fn look(&mut self, visitor: &Visitor<'_>, state: &str) -> Result<()> {
        // The window of a browser without a screen has the focus only if it is told so.
        self.browser.cdp("Emulation.setFocusEmulationEnabled", json!({"enabled": true})).await?;
        let world = World::beside(self.browser, visitor).await?;
        measures::ensure(&world).await?;
        Variant::USUAL.settle(&world).await?;
        let faults = measures::told(&world, state, &self.language).await?;
        self.note(faults, state, "whatever the look");
        for variant in self.plan.measured.clone() {
            variant.show(self.browser).await?;
            variant.settle(&world).await?;
            let faults = self.faults_in(&world, variant).await?;
            self.note(faults, state, &variant.to_string());
            self.looks += 1;
        }
        Variant::USUAL.show(self.browser).await?;
        Variant::USUAL.settle(&world).await?;
        if self.plan.goes_round {
            let faults = tabbing::round(self.browser, &world).await?;
            self.note(faults, state, "with Tab");
        }
        Ok(())
    }

    /// Runs a script beside the document, where the gate looks from and no lockdown is: for faults that are put in.
    ///
    /// # Errors
    /// The script fails.
    pub async fn beside(browser: &Browser, visitor: &Visitor<'_>, script: &str) -> Result<()> {
        World::beside(browser, visitor).await?.run(&format!("{{ {script} }}")).await?;
        Ok(())
    }

    async fn faults_in(&mut self, world: &World<'_>, variant: Variant) -> Result<Vec<Fault>> {
        // Browsers draw the ring for whoever has used a key last; this one does nothing else.
        Keyboard::of(&self.browser.client).press(Key::F8).await?;
        let mut faults = measures::shown(world).await?;
        if self.plan.with_axe.contains(&variant) {
            let findings = axe::run(world).await?;
            // axe reads the colour that text is filled with, which the browser still gives as the page's own where it
            // draws a forced one.
            let is_misread = |found: &Finding| variant.colours.is_forced() && found.fault.rule == "color-contrast";
            let (misread, broken): (Vec<_>, Vec<_>) = findings.broken.into_iter().partition(is_misread);
            faults.extend(broken.into_iter().map(|found| found.fault));
            for undecided in findings.undecided.into_iter().chain(misread) {
                faults.extend(self.decide(world, variant, undecided).await?);
            }
        }
        Ok(faults)
    }

    /// Decides what axe could not: contrast by what is drawn. Nothing else may be left open.
    async fn decide(&mut self, world: &World<'_>, variant: Variant, undecided: Finding) -> Result<Option<Fault>> {
        let Finding { fault, path, looks } = undecided;
        if fault.rule != "color-contrast" {
            return Ok(Some(Fault { says: format!("axe can't tell: {}", fault.says), ..fault }));
        }
        let key = (looks, variant.to_string());
        if let Some(decided) = self.decided.get(&key) {
            return Ok(decided.clone());
        }
        let decided = contrast::fault_at(self.browser, world, &path, &fault.place).await?;
        self.decided.insert(key, decided.clone());
        Ok(decided)
    }

    fn note(&mut self, faults: Vec<Fault>, state: &str, how: &str) {
        for fault in faults {
            self.found.entry(fault).or_default().insert(format!("{state} [{how}]"));
        }
    }

    /// The rules that were broken so far.
    pub fn broken(&self) -> BTreeSet<&str> {
        self.found.keys().map(|fault| fault.rule.as_str()).collect()
    }

    /// How often a state was looked at, each variant counted.
    pub fn looks(&self) -> usize {
        self.looks
    }

    /// Passes if there was no fault.
    ///
    /// # Errors
    /// There were some: each is told with where it was seen.
    pub fn pass(&self) -> Result<()> {
        let mut told = String::new();
        for (fault, states) in &self.found {
            let first = states.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            writeln!(told, "{fault}\n    {} times: {first}", states.len())?;
        }
        ensure!(self.found.is_empty(), "{} faults\n{told}", self.found.len());
        Ok(())
    }
}
