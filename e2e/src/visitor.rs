//! A visitor: sees what is in view, ticks, presses.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use fantoccini::Client;
use fantoccini::elements::Element;
use serde_json::{Map, Value, json};

/// What is in view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The ids of the questions.
    pub questions: Vec<String>,
    /// Whether it is the check of the answers.
    pub is_check: bool,
    /// The tier of the outcome.
    pub outcome: Option<String>,
    /// The rule that decided.
    pub rule: Option<String>,
    /// The result of each group, by its id.
    pub results: BTreeMap<String, String>,
    /// The ids of the sections.
    pub sections: Vec<String>,
    /// Whether the summary of errors is shown.
    pub has_errors: bool,
    /// What can be pressed.
    pub actions: Vec<String>,
    /// Where the contact link leads.
    pub contact: Option<String>,
}

/// A script that counts the closings of dialogs in `window.closings`. A dialog tells of its closing in a task of its own,
/// after it is gone, and the closing of the warning counts as somebody being there: a test that puts the clock forward
/// before it was told loses its warning.
pub const CLOSINGS: &str =
    "window.closings = 0; document.addEventListener('close', () => { window.closings += 1; }, true);";

/// A visitor in the frame that the client has in view.
#[derive(Clone, Debug)]
pub struct Visitor<'a> {
    client: &'a Client,
}

/// The key under which WebDriver hands over an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long a visitor waits for something.
const PATIENCE: Duration = Duration::from_secs(15);

/// Reads what is in view, by the contract of the markup alone.
const SEE: &str = r#"
const all = (selector) => [...document.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);
return {
  questions: all("fieldset[data-question]").map((each) => each.dataset.question),
  check: !!one("[data-check]"),
  outcome: one("[data-outcome]")?.dataset.outcome ?? null,
  rule: one("[data-rule]")?.dataset.rule ?? null,
  results: all("[data-result]").map((each) => [each.dataset.group, each.dataset.result].join()),
  sections: all("[data-section]").map((each) => each.dataset.section),
  errors: !!one(".errors"),
  actions: all("[data-action]").map((each) => each.dataset.action),
  contact: one('a[data-action="contact"]')?.href ?? null,
  live: document.documentElement.classList.contains("live"),
};
"#;

/// What tells the leaflet from the quiz.
const LEAFLET: &str = "const shown = (element) => !!element && element.getClientRects().length > 0; return [
    shown(document.getElementById('leaflet')), shown(document.getElementById('app')),
    document.querySelectorAll('fieldset[data-question], [data-outcome], [data-action]').length,
    shown(document.querySelector('.emergency-line')),
]";

impl<'a> Visitor<'a> {
    /// Opens a page, enters its frame and waits until the check can be used.
    ///
    /// # Errors
    /// There is no frame, or the check does not come up.
    pub async fn on_page(client: &'a Client, address: &str) -> anyhow::Result<Self> {
        client.goto(address).await?;
        Self::in_frame(client).await
    }

    /// Enters the frame of the page that is open, brings it into view and waits until the check can be used.
    ///
    /// # Errors
    /// There is no frame, or the check does not come up.
    pub async fn in_frame(client: &'a Client) -> anyhow::Result<Self> {
        let show = "const element = document.querySelector('pars-check'); \
                    (element?.shadowRoot ?? document).querySelector('iframe')?.scrollIntoView({block: 'nearest'})";
        client.execute(show, vec![]).await?;
        Self::in_frame_as_it_lies(client).await
    }

    /// Enters the frame without moving the page, and waits until the check can be used.
    ///
    /// # Errors
    /// There is no frame, or the check does not come up.
    pub async fn in_frame_as_it_lies(client: &'a Client) -> anyhow::Result<Self> {
        let visitor = Self::enter_frame(client).await?;
        visitor.is_live().await?;
        Ok(visitor)
    }

    /// Enters the frame without moving the page, whatever it shows.
    ///
    /// # Errors
    /// There is no frame.
    pub async fn enter_frame(client: &'a Client) -> anyhow::Result<Self> {
        // The frame may stand in the shadow root of the element.
        let find = "const element = document.querySelector('pars-check'); \
                    return (element?.shadowRoot ?? document).querySelector('iframe')";
        let end = Instant::now() + PATIENCE;
        let frame = loop {
            let found = client.execute(find, vec![]).await?;
            if !found.is_null() {
                break found;
            }
            ensure!(Instant::now() < end, "the page holds no frame");
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        let visitor = Self { client };
        visitor.element(&frame)?.enter_frame().await?;
        Ok(visitor)
    }

    /// Enters the frame that a script gave, and waits until the check can be used.
    ///
    /// # Errors
    /// It is no frame, or the check does not come up.
    pub async fn in_element(client: &'a Client, frame: &Value) -> anyhow::Result<Self> {
        let id = frame.get(ELEMENT).and_then(Value::as_str).context("the frame is an element")?.to_owned();
        Element::from_element_id(client.clone(), id.into()).enter_frame().await?;
        let visitor = Self { client };
        visitor.is_live().await?;
        Ok(visitor)
    }

    /// Opens the document by itself and waits until the check can be used.
    ///
    /// # Errors
    /// The check does not come up.
    pub async fn alone(client: &'a Client, address: &str) -> anyhow::Result<Self> {
        client.goto(address).await?;
        let visitor = Self { client };
        visitor.is_live().await?;
        Ok(visitor)
    }

    /// Somebody who looks at whatever is open, without waiting for the check.
    pub fn outside(client: &'a Client) -> Self {
        Self { client }
    }

    async fn is_live(&self) -> anyhow::Result<()> {
        self.until("the check to come up", "return !!document.documentElement?.classList.contains('live')").await
    }

    /// Waits until a script gives something true.
    ///
    /// # Errors
    /// It does not, for a long time.
    pub async fn until(&self, what: &str, script: &str) -> anyhow::Result<()> {
        let end = Instant::now() + PATIENCE;
        loop {
            // A condition, asked again and again: WebDriver has no other way to be told. A script that is cut short, as
            // where a frame's empty page gives way to its document, has not given it yet.
            let given = self.client.execute(script, vec![]).await;
            if matches!(given, Ok(Value::Bool(true))) {
                return Ok(());
            }
            ensure!(Instant::now() < end, "waited in vain for {what}: {given:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// What is in view.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn see(&self) -> anyhow::Result<Seen> {
        let seen = self.client.execute(SEE, vec![]).await?;
        let texts = |key: &str| {
            let list = seen.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
            list.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect()
        };
        let flag = |key: &str| seen.get(key) == Some(&Value::Bool(true));
        let text = |key: &str| seen.get(key).and_then(Value::as_str).map(ToOwned::to_owned);
        Ok(Seen {
            questions: texts("questions"),
            is_check: flag("check"),
            outcome: text("outcome"),
            rule: text("rule"),
            results: texts("results")
                .iter()
                .filter_map(|pair| pair.split_once(','))
                .map(|(group, result)| (group.to_owned(), result.to_owned()))
                .collect(),
            sections: texts("sections"),
            has_errors: flag("errors"),
            actions: texts("actions"),
            contact: text("contact"),
        })
    }

    /// Presses the label of an option.
    ///
    /// # Errors
    /// There is no such option, or it can't be pressed.
    pub async fn tick(&self, question: &str, option: &str) -> anyhow::Result<()> {
        let label = "document.querySelector(`input[name=\"${arguments[0]}\"][value=\"${arguments[1]}\"]`)?.labels[0]";
        let pressed = self.press_on(label, vec![json!(question), json!(option)]).await;
        pressed.with_context(|| format!("{question}.{option} can't be pressed"))
    }

    /// Brings what a script names into the middle of the frame, and presses it. Where a frame reaches beyond the window,
    /// its middle can be seen in every browser; not all of them bring an element into view through a frame. The page
    /// around is not moved, as it would be by `scrollIntoView`.
    async fn press_on(&self, named: &str, arguments: Vec<Value>) -> anyhow::Result<()> {
        let show = format!(
            "const named = {named} ?? null; const box = named?.getBoundingClientRect(); \
             if (box) scrollBy({{top: box.top + box.height / 2 - innerHeight / 2, behavior: 'instant'}}); return named"
        );
        let element = self.client.execute(&show, arguments).await?;
        Ok(self.element(&element)?.click().await?)
    }

    /// An element that a script gave.
    fn element(&self, given: &Value) -> anyhow::Result<Element> {
        let id = given.get(ELEMENT).and_then(Value::as_str).context("there is no such element")?.to_owned();
        Ok(Element::from_element_id(self.client.clone(), id.into()))
    }

    /// Presses the place where a number is typed, and types in place of what stands there.
    ///
    /// # Errors
    /// There is no such place, or nothing can be typed there.
    pub async fn write(&self, question: &str, text: &str) -> anyhow::Result<()> {
        let field = "document.querySelector(`fieldset[data-question='${arguments[0]}'] [data-number]`)";
        self.press_on(field, vec![json!(question)]).await.with_context(|| format!("{question} can't be pressed"))?;
        let select = format!("const field = {field}; getSelection().selectAllChildren(field); return field");
        let field = self.client.execute(&select, vec![json!(question)]).await?;
        Ok(self.element(&field)?.send_keys(text).await?)
    }

    async fn has_option(&self, question: &str, option: &str) -> anyhow::Result<bool> {
        let script = "return !!document.querySelector(`input[name=\"${arguments[0]}\"][value=\"${arguments[1]}\"]`)";
        Ok(self.client.execute(script, vec![json!(question), json!(option)]).await? == Value::Bool(true))
    }

    /// Presses a button and waits until another screen, or an error, is in view.
    ///
    /// # Errors
    /// There is no such button, or nothing happens.
    pub async fn press(&self, action: &str) -> anyhow::Result<Seen> {
        let before = self.see().await?;
        self.click(action).await?;
        let end = Instant::now() + PATIENCE;
        loop {
            let seen = self.see().await?;
            if seen != before {
                return Ok(seen);
            }
            ensure!(Instant::now() < end, "nothing happened after {action} on {:?}", before.questions);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Presses a button and does not wait.
    ///
    /// # Errors
    /// There is no such button.
    pub async fn click(&self, action: &str) -> anyhow::Result<()> {
        let button = "document.querySelector(`[data-action='${arguments[0]}']`)";
        let pressed = self.press_on(button, vec![json!(action)]).await;
        pressed.with_context(|| format!("{action} can't be pressed"))
    }

    /// Answers one question as a case says.
    ///
    /// # Errors
    /// The case has no answer for it, or it can't be given.
    pub async fn answer(&self, question: &str, answers: &Map<String, Value>) -> anyhow::Result<()> {
        match answers.get(question) {
            Some(Value::String(option)) => self.tick(question, option).await,
            Some(Value::Number(number)) if self.has_option(question, &number.to_string()).await? => {
                self.tick(question, &number.to_string()).await
            }
            Some(Value::Number(number)) => self.write(question, &number.to_string()).await,
            Some(Value::Array(options)) => {
                for option in options.iter().filter_map(Value::as_str) {
                    // Some cases hold an answer to an option that is hidden from them: it can't be given here.
                    if self.has_option(question, option).await? {
                        self.tick(question, option).await?;
                    }
                }
                Ok(())
            }
            other => bail!("the case has no answer to {question}: {other:?}"),
        }
    }

    /// Takes the whole check as a case says, and gives the outcome page and the questions that were asked.
    ///
    /// # Errors
    /// The case ends before the check does.
    pub async fn take(&self, answers: &Map<String, Value>) -> anyhow::Result<(Seen, Vec<String>)> {
        let mut asked = Vec::new();
        let mut seen = self.see().await?;
        while seen.outcome.is_none() {
            let is_answered = seen.questions.iter().any(|question| answers.contains_key(question));
            let is_skipped = !is_answered && seen.actions.iter().any(|action| action == "skip");
            if !is_skipped {
                for question in &seen.questions {
                    self.answer(question, answers).await?;
                    asked.push(question.clone());
                }
            }
            seen = self.press(if is_skipped { "skip" } else { "continue" }).await?;
            ensure!(!seen.has_errors, "an answered screen was asked again: {:?}", seen.questions);
        }
        Ok((seen, asked))
    }

    /// Has the text of the sheet shown in place of a file, once the page offers it, and waits until it has the focus.
    ///
    /// # Errors
    /// It is not offered, or not shown.
    pub async fn show_text(&self) -> anyhow::Result<()> {
        let said = "return !!document.querySelector('.take [role=status]')?.innerText.includes('use the text instead')";
        self.until("word of the text", said).await?;
        self.click("text").await?;
        let has_focus = "const sheet = document.querySelector('.sheet--shown');
            return !!sheet && document.activeElement === sheet";
        self.until("the text", has_focus).await
    }

    /// The text of the page, where the leaflet can be read and no question can be answered.
    ///
    /// # Errors
    /// The leaflet is not in view, or a question, an outcome or a button is on the page.
    pub async fn read_leaflet(&self) -> anyhow::Result<String> {
        let state = self.client.execute(LEAFLET, vec![]).await?;
        ensure!(state == json!([true, false, 0, true]), "leaflet, app, controls and emergency line are {state}");
        let text = self.text("body").await?;
        for said in [
            "In an emergency, call 911",
            "Warning signs",
            "Go to a hospital ER now",
            "What a pars defect is",
            "Sources",
        ] {
            ensure!(text.contains(said), "the leaflet does not say {said:?}");
        }
        Ok(text)
    }

    /// Runs a script where the visitor is.
    ///
    /// # Errors
    /// The script fails.
    pub async fn run(&self, script: &str) -> anyhow::Result<Value> {
        Ok(self.client.execute(script, vec![]).await?)
    }

    /// Whether the document stands in a frame.
    ///
    /// # Errors
    /// The script fails.
    pub async fn is_framed(&self) -> anyhow::Result<bool> {
        Ok(self.run("return self !== top").await? == true)
    }

    /// What has the focus: its id without what this document puts before each.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn focus(&self) -> anyhow::Result<String> {
        let id = self.run("return document.activeElement?.id ?? ''").await?;
        let prefix = self.run("return document.documentElement.dataset.ids ?? ''").await?;
        let (id, prefix) = (id.as_str().unwrap_or_default(), prefix.as_str().unwrap_or_default());
        Ok(id.strip_prefix(prefix).unwrap_or(id).to_owned())
    }

    /// The text of an element.
    ///
    /// # Errors
    /// There is no such element.
    pub async fn text(&self, selector: &str) -> anyhow::Result<String> {
        let script = "return document.querySelector(arguments[0])?.innerText ?? null";
        let text = self.client.execute(script, vec![json!(selector)]).await?;
        text.as_str().map(ToOwned::to_owned).with_context(|| format!("no {selector}"))
    }
}
