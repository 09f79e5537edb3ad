//! Somebody who has a keyboard and nothing else: real presses, by the browser's own input, and what has the focus.

use anyhow::{Context, Result, bail, ensure};
use fantoccini::Client;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::{Map, Value, json};

use crate::{Seen, Visitor};

/// More stops than any screen has.
const MOST_STOPS: usize = 200;

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each is named as it is on a keyboard.
pub enum Key {
    Tab,
    ShiftTab,
    Enter,
    Space,
    Escape,
    Down,
    Up,
    Right,
    F8,
}

impl Key {
    /// The character that WebDriver has for it.
    fn character(self) -> char {
        match self {
            Self::Tab | Self::ShiftTab => '\u{e004}',
            Self::Enter => '\u{e007}',
            Self::Space => ' ',
            Self::Escape => '\u{e00c}',
            Self::Down => '\u{e015}',
            Self::Up => '\u{e013}',
            Self::Right => '\u{e014}',
            Self::F8 => '\u{e038}',
        }
    }
}

/// WebDriver's characters for the keys that are held.
const SHIFT: char = '\u{e008}';
const CONTROL: char = '\u{e009}';

/// A keyboard on the document that the client has in view.
#[derive(Clone, Debug)]
pub struct Keyboard<'a> {
    client: &'a Client,
    visitor: Visitor<'a>,
}

impl<'a> Keyboard<'a> {
    /// A keyboard for a visitor.
    pub fn of(client: &'a Client) -> Self {
        Self { client, visitor: Visitor::outside(client) }
    }

    /// Presses a key and lets it go.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn press(&self, key: Key) -> Result<()> {
        let held = (key == Key::ShiftTab).then_some(SHIFT);
        self.stroke(held, key.character()).await.with_context(|| format!("{key:?} can't be pressed"))
    }

    /// Presses a letter with the control key held, as for the browser's own copy and paste.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn hold_control(&self, letter: char) -> Result<()> {
        self.stroke(Some(CONTROL), letter).await
    }

    async fn stroke(&self, held: Option<char>, key: char) -> Result<()> {
        let down = held.into_iter().chain([key]).map(|value| KeyAction::Down { value });
        let up = [key].into_iter().chain(held).map(|value| KeyAction::Up { value });
        let stroke = down.chain(up).fold(KeyActions::new("keyboard".into()), KeyActions::then);
        Ok(self.client.perform_actions(stroke).await?)
    }

    /// Writes a text, letter by letter.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn write(&self, text: &str) -> Result<()> {
        let letter = |keys: KeyActions, value| keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        let keys = text.chars().fold(KeyActions::new("keyboard".into()), letter);
        Ok(self.client.perform_actions(keys).await?)
    }

    /// Whether what has the focus is what a selector names.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn is_at(&self, selector: &str) -> Result<bool> {
        let script = "return !!document.activeElement?.matches(arguments[0])";
        Ok(self.client.execute(script, vec![json!(selector)]).await? == Value::Bool(true))
    }

    /// Presses Tab until the focus is on what a selector names.
    ///
    /// # Errors
    /// It never is.
    pub async fn tab_to(&self, selector: &str) -> Result<()> {
        self.go_to(selector, Key::Tab).await
    }

    /// Presses a key that moves the focus until it is on what a selector names.
    ///
    /// # Errors
    /// It never is.
    pub async fn go_to(&self, selector: &str, key: Key) -> Result<()> {
        for _ in 0..MOST_STOPS {
            if self.is_at(selector).await? {
                return Ok(());
            }
            self.press(key).await?;
        }
        bail!("{key:?} never comes to {selector}")
    }

    /// Answers the questions in view as a case says.
    ///
    /// # Errors
    /// The case has no answer, or no key gives it.
    pub async fn answer(&self, questions: &[String], answers: &Map<String, Value>) -> Result<()> {
        for question in questions {
            let answer = answers.get(question).with_context(|| format!("no answer for {question}"))?;
            match answer {
                Value::Array(options) => {
                    for option in options.iter().filter_map(Value::as_str) {
                        self.tick(question, option).await?;
                    }
                }
                Value::String(option) => self.choose(question, option).await?,
                number => self.choose(question, &number.to_string()).await?,
            }
        }
        Ok(())
    }

    /// Goes to a checkbox and ticks it with the space bar.
    async fn tick(&self, question: &str, option: &str) -> Result<()> {
        let input = format!("input[type=checkbox][name='{question}'][value='{option}']");
        self.tab_to(&input).await?;
        if !self.is_at(&format!("{input}:checked")).await? {
            self.press(Key::Space).await?;
        }
        ensure!(self.is_at(&format!("{input}:checked")).await?, "the space bar does not tick {question}.{option}");
        Ok(())
    }

    /// Goes to a group of radios, which is one stop, and to the one that is meant with the arrows, which choose.
    async fn choose(&self, question: &str, option: &str) -> Result<()> {
        self.tab_to(&format!("input[type=radio][name='{question}']")).await?;
        let input = format!("input[type=radio][name='{question}'][value='{option}']");
        self.go_to(&input, Key::Down).await?;
        if !self.is_at(&format!("{input}:checked")).await? {
            self.press(Key::Space).await?;
        }
        ensure!(self.is_at(&format!("{input}:checked")).await?, "no key chooses {question}.{option}");
        Ok(())
    }

    /// Goes to a button or a link, by the contract of the markup, and presses it.
    ///
    /// # Errors
    /// No key comes to it.
    pub async fn use_action(&self, action: &str, key: Key) -> Result<()> {
        self.tab_to(&format!("[data-action='{action}']")).await?;
        self.press(key).await
    }

    /// Takes the whole check as a case says. On each new screen `at` is called.
    ///
    /// # Errors
    /// No keys lead to an outcome, or `at` fails.
    pub async fn take(
        &self,
        answers: &Map<String, Value>,
        at: &mut impl AsyncFnMut(&Self, &Seen) -> Result<()>,
    ) -> Result<Seen> {
        let mut seen = self.visitor.see().await?;
        for turn in 0.. {
            if seen.outcome.is_some() {
                break;
            }
            let is_skipped = seen.questions.iter().any(|question| !answers.contains_key(question));
            if !is_skipped {
                self.answer(&seen.questions, answers).await?;
            }
            // Both keys press a button.
            let key = if turn % 2 == 0 { Key::Enter } else { Key::Space };
            self.use_action(if is_skipped { "skip" } else { "continue" }, key).await?;
            seen = self.after(&seen).await?;
            ensure!(!seen.has_errors, "an answered screen was asked again: {:?}", seen.questions);
            at(self, &seen).await.with_context(|| format!("on {:?}", seen.questions))?;
        }
        Ok(seen)
    }

    /// What is in view once it is something else.
    async fn after(&self, before: &Seen) -> Result<Seen> {
        let told = json!([before.questions, before.is_check]);
        let is_other = format!(
            "const now = [[...document.querySelectorAll('fieldset[data-question]')].map((each) => each.dataset.question), \
             !!document.querySelector('[data-check]')]; return JSON.stringify(now) !== JSON.stringify({told})"
        );
        self.visitor.until("another screen", &is_other).await?;
        self.visitor.see().await
    }
}
