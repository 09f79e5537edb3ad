//! Who is measured: each as the files of a site, made anew for each run from the questions that ship.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::questions::Questions;
use crate::process::printed;
use crate::{dist, repository};

/// Somebody who asks the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Contender {
    /// The sealed document.
    Ours,
    /// One page by hand without a framework: what these questions cost at the least.
    ByHand,
    /// SurveyJS, a question on each page.
    SurveyJs,
    /// LHC-Forms, which shows all questions at once.
    LhcForms,
    /// The sealed document of a quiz with ten times the questions.
    Tenfold,
}

impl Contender {
    pub(super) const ALL: [Self; 5] = [Self::Ours, Self::ByHand, Self::SurveyJs, Self::LhcForms, Self::Tenfold];

    /// Its name in the report.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "pars-check",
            Self::ByHand => "by hand",
            Self::SurveyJs => "SurveyJS",
            Self::LhcForms => "LHC-Forms",
            Self::Tenfold => "pars-check, tenfold",
        }
    }

    /// Its folder among the sites.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Ours => "pars-check",
            Self::ByHand => "by-hand",
            Self::SurveyJs => "surveyjs",
            Self::LhcForms => "lhc-forms",
            Self::Tenfold => "tenfold",
        }
    }

    /// The page that is opened.
    pub(super) fn page(self) -> &'static str {
        match self {
            Self::Ours | Self::Tenfold => "/pars-check.en.html",
            Self::ByHand | Self::SurveyJs | Self::LhcForms => "/index.html",
        }
    }

    /// What is pressed to go on; nothing where all questions stand on one page.
    pub(super) fn button(self) -> Option<&'static str> {
        match self {
            Self::Ours | Self::Tenfold => Some("[data-action='continue']"),
            Self::ByHand => Some("button"),
            Self::SurveyJs => Some(".sd-navigation__next-btn"),
            Self::LhcForms => None,
        }
    }

    /// Where its files lie.
    pub(super) fn site(self) -> PathBuf {
        sites().join(self.folder())
    }
}

/// Where all that is served lies.
pub(super) fn sites() -> PathBuf {
    repository("target/bench/sites")
}

/// The folder into which `cargo xtask bench` has put other documents of this quiz.
pub(super) fn variations() -> PathBuf {
    repository("target/bench/variations")
}

/// Makes the sites of all, each file beside what brotli makes of it.
pub(super) fn make(questions: &Questions) -> Result<()> {
    let folder = sites();
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("{} can't be removed", folder.display()))?;
    }
    let ours = Contender::Ours.site();
    for name in ["index.html", "style.css", "pars-check.js", "pars-check.en.html"] {
        copy(&dist().join(name), &ours.join(name))?;
    }
    write(&ours.join("host.html"), &host_page()?)?;
    write(&ours.join("bare.html"), &bare_page()?)?;
    copy(&variations().join("tenfold.en.html"), &Contender::Tenfold.site().join("pars-check.en.html"))?;
    copy(&variations().join("ten-languages.en.html"), &folder.join("ten-languages/pars-check.en.html"))?;
    write(&Contender::ByHand.site().join("index.html"), &page("by-hand", &json!(questions.all()))?)?;
    make_surveyjs(questions, &Contender::SurveyJs.site())?;
    make_lhc_forms(questions, &Contender::LhcForms.site())?;
    compress(&files_in(&folder)?)
}

/// Makes the sites of SurveyJS and LHC-Forms below a folder, each file beside what brotli makes of it.
pub(crate) fn make_others(questions: &Questions, folder: &Path) -> Result<()> {
    let [survey, forms] = [Contender::SurveyJs, Contender::LhcForms].map(|other| folder.join(other.folder()));
    make_surveyjs(questions, &survey)?;
    make_lhc_forms(questions, &forms)?;
    compress(&[files_in(&survey)?, files_in(&forms)?].concat())
}

fn make_surveyjs(questions: &Questions, site: &Path) -> Result<()> {
    let core = repository("target/npm/survey-core");
    for name in ["survey.core.min.js", "survey-core.fontless.min.css"] {
        copy(&core.join(name), &site.join(name))?;
    }
    let interface = "survey-js-ui.min.js";
    copy(&repository("target/npm/survey-js-ui").join(interface), &site.join(interface))?;
    write(&site.join("index.html"), &page("surveyjs", &survey(questions))?)
}

fn make_lhc_forms(questions: &Questions, site: &Path) -> Result<()> {
    let folder = repository("target/npm/lforms/dist/lforms");
    let files = [
        "webcomponent/assets/lib/zone.min.js",
        "webcomponent/lhc-forms.js",
        "webcomponent/styles.css",
        "fhir/R4/lformsFHIR.min.js",
    ];
    for name in files {
        copy(&folder.join(name), &site.join(name))?;
    }
    write(&site.join("index.html"), &page("lhc-forms", &questionnaire(questions))?)
}

/// A page of `e2e/pages/bench` with the questions in it.
fn page(name: &str, questions: &Value) -> Result<String> {
    let template = read(&repository(&format!("e2e/pages/bench/{name}.html")))?;
    // A script ends at `</`, wherever that stands.
    Ok(template.replace("QUESTIONS", &questions.to_string().replace("</", "<\\/")))
}

/// The demo page as it is without the check: what remains in it is its own.
fn bare_page() -> Result<String> {
    let page = read(&dist().join("index.html"))?;
    let script = "<script type=\"module\" async src=\"pars-check.js\"></script>";
    ensure!(page.contains(script), "the demo page takes the loader otherwise; see bare_page");
    Ok(page.replace(script, ""))
}

/// A page with the check behind so much text that its frame is not near the window.
fn host_page() -> Result<String> {
    let paragraph = "<p>A clinic's page has text of its own, above the check and below it.</p>\n";
    Ok(read(&repository("e2e/pages/bench/host.html"))?.replace("TEXT", &paragraph.repeat(12)))
}

fn field<'a>(question: &'a Value, name: &str) -> &'a Value {
    question.get(name).unwrap_or(&Value::Null)
}

fn list<'a>(question: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    field(question, name).as_array().into_iter().flatten()
}

/// The quiz for SurveyJS.
fn survey(questions: &Questions) -> Value {
    let element = |question: &Value| {
        let mut element = json!({
            "name": field(question, "id"), "title": field(question, "text"), "isRequired": true,
            "description": field(question, "help"), "visibleIf": visible_if(field(question, "when")),
        });
        let kind = match field(question, "kind").as_str() {
            Some("number") => {
                json!({"type": "rating", "rateMin": field(question, "min"), "rateMax": field(question, "max")})
            }
            kind => {
                let choice = |option: &Value| json!({"value": field(option, "code"), "text": field(option, "text")});
                let choices: Vec<Value> = list(question, "options").map(choice).collect();
                json!({"type": if kind == Some("many") { "checkbox" } else { "radiogroup" }, "choices": choices})
            }
        };
        extend(&mut element, kind);
        element
    };
    let elements: Vec<Value> = questions.all().iter().map(element).collect();
    json!({"questionsOnPageMode": "questionPerPage", "showProgressBar": true, "elements": elements})
}

fn visible_if(when: &Value) -> String {
    let condition = |condition: &Value| {
        let question = field(condition, "question").as_str().unwrap_or_default();
        match (field(condition, "code").as_str(), field(condition, "given").as_bool()) {
            (Some(code), _) => format!("{{{question}}} anyof ['{code}']"),
            (None, Some(false)) => format!("{{{question}}} empty"),
            (None, _) => format!("{{{question}}} notempty"),
        }
    };
    let joined = if field(when, "all") == &json!(true) { " and " } else { " or " };
    list(when, "of").map(condition).collect::<Vec<_>>().join(joined)
}

/// The quiz for LHC-Forms: a FHIR questionnaire without expressions, so that it has no more to do than the others.
fn questionnaire(questions: &Questions) -> Value {
    let items: Vec<Value> = questions.all().iter().map(item).collect();
    json!({"resourceType": "Questionnaire", "status": "draft", "title": "Quiz", "item": items})
}

fn item(question: &Value) -> Value {
    let mut item = json!({"linkId": field(question, "id"), "text": field(question, "text"), "required": true});
    let kind = field(question, "kind").as_str().unwrap_or_default();
    if kind == "number" {
        extend(&mut item, json!({"type": "integer"}));
    } else {
        let options: Vec<Value> = list(question, "options").map(answer_option).collect();
        let control = if kind == "many" { "check-box" } else { "radio-button" };
        extend(&mut item, json!({"type": "choice", "repeats": kind == "many", "answerOption": options}));
        extend(&mut item, json!({"extension": [shown_as(control)]}));
    }
    if let Some(help) = field(question, "help").as_str() {
        let link = format!("{}.help", field(question, "id").as_str().unwrap_or_default());
        extend(&mut item, json!({"item": [{"linkId": link, "text": help, "type": "display"}]}));
    }
    let conditions: Vec<Value> = list(field(question, "when"), "of").map(enable_when).collect();
    if !conditions.is_empty() {
        let behaviour = if field(field(question, "when"), "all") == &json!(true) { "all" } else { "any" };
        extend(&mut item, json!({"enableBehavior": behaviour, "enableWhen": conditions}));
    }
    item
}

fn answer_option(option: &Value) -> Value {
    json!({"valueCoding": {"code": field(option, "code"), "display": field(option, "text")}})
}

fn shown_as(control: &str) -> Value {
    let coding = json!({"system": "http://hl7.org/fhir/questionnaire-item-control", "code": control});
    json!({
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
        "valueCodeableConcept": {"coding": [coding]},
    })
}

fn enable_when(condition: &Value) -> Value {
    let question = field(condition, "question");
    match condition.get("code") {
        Some(code) => json!({"question": question, "operator": "=", "answerCoding": {"code": code}}),
        None => json!({"question": question, "operator": "exists", "answerBoolean": field(condition, "given")}),
    }
}

fn extend(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))
}

fn write(file: &Path, text: &str) -> Result<()> {
    make_folder_of(file)?;
    fs::write(file, text).with_context(|| format!("{} can't be written", file.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    make_folder_of(to)?;
    fs::copy(from, to).with_context(|| format!("{} is not there; `cargo xtask bench` makes it", from.display()))?;
    Ok(())
}

fn make_folder_of(file: &Path) -> Result<()> {
    let folder = file.parent().context("a file has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { files.extend(files_in(&path)?) } else { files.push(path) }
    }
    Ok(files)
}

/// Puts beside each file what brotli makes of it, as `<name>.br`.
pub(super) fn compress(files: &[PathBuf]) -> Result<()> {
    let mut node = std::process::Command::new("node");
    node.arg(repository("tools/brotli-files.mjs")).args(files);
    printed(&mut node, "").map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_written_for_surveyjs() {
        let of = json!([{"question": "a", "code": "x"}, {"question": "b", "given": false}]);
        assert_eq!(visible_if(&json!({"all": false, "of": of})), "{a} anyof ['x'] or {b} empty");
        assert_eq!(visible_if(&json!({"all": true, "of": of})), "{a} anyof ['x'] and {b} empty");
        assert_eq!(visible_if(&Value::Null), "");
    }

    #[test]
    fn a_question_is_written_for_lhc_forms() {
        let question = json!({
            "id": "a", "text": "A?", "help": "Help", "kind": "many", "options": [{"code": "x", "text": "X"}],
            "when": {"all": false, "of": [{"question": "b", "code": "y"}]},
        });
        let item = item(&question);
        assert_eq!(item["repeats"], true);
        assert_eq!(item["answerOption"][0]["valueCoding"]["display"], "X");
        assert_eq!(item["enableWhen"][0], json!({"question": "b", "operator": "=", "answerCoding": {"code": "y"}}));
        assert_eq!(item["item"][0]["linkId"], "a.help");
    }
}
