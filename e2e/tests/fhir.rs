//! The quiz as FHIR, read by other people's code: the models of fhir.resources, `FHIRPath` in Python, and LHC-Forms in a
//! browser, which clinics' systems show questionnaires with.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use e2e::{Browser, Page, Server, cases, dist, quiz, repository, run_python};
use serde_json::{Map, Value, json};

/// A change that has to be noticed.
type Edit = fn(&mut Value);

const CONTENT: &str = "content/pars-defect";

/// What was built.
fn questionnaires() -> Vec<Value> {
    let text = fs::read_to_string(dist().join("fhir/questionnaires.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The responses in a language to each of these answers.
fn responses(language: &str, answers: &[Map<String, Value>]) -> Vec<Value> {
    let arguments = ["fhir", CONTENT, "--response", "--lang", language, "--authored", "2026-05-01T12:00:00Z"];
    serde_json::from_str(&quiz(&arguments, &json!(answers).to_string()).unwrap()).unwrap()
}

fn all_answers() -> Vec<Map<String, Value>> {
    cases().unwrap().iter().map(|case| case["answers"].as_object().unwrap().clone()).collect()
}

/// Every item that is no display, with those inside it behind it.
fn items(within: &Value) -> Vec<&Value> {
    let own = within["item"].as_array().into_iter().flatten().filter(|item| item["type"] != "display");
    own.flat_map(|item| [item].into_iter().chain(items(item))).collect()
}

fn item_mut<'a>(within: &'a mut Value, link: &str) -> Option<&'a mut Value> {
    let own = within["item"].as_array_mut()?;
    own.iter_mut().find_map(|item| if item["linkId"] == link { Some(item) } else { item_mut(item, link) })
}

/// What is wrong with questionnaires and responses, by the Python of the tests' own.
fn mistakes(questionnaires: &[Value], responses: &[Value]) -> (Vec<Value>, Vec<Value>) {
    let input = json!({"questionnaires": questionnaires, "responses": responses}).to_string();
    let report: Value = serde_json::from_str(&run_python("check_fhir.py", &[], &input).unwrap()).unwrap();
    let list = |key: &str| report[key].as_array().unwrap().clone();
    (list("questionnaires"), list("responses"))
}

/// An answer to every question, hidden or not, by chance that is the same each time.
fn by_chance(questionnaire: &Value, many: usize) -> Vec<Map<String, Value>> {
    let mut seed = 20_260_501_u64;
    let mut below = move |limit: usize| {
        // xorshift64: https://www.jstatsoft.org/article/view/v008i14
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % u64::try_from(limit).unwrap()).unwrap()
    };
    let mut answers = |_| {
        let questions = items(questionnaire).into_iter().filter(|item| item["type"] != "group");
        let answer = |item: &Value| {
            let answer = match item["answerOption"].as_array() {
                None => json!(below(11)),
                Some(options) => {
                    let code = |index: usize| options[index]["valueCoding"]["code"].clone();
                    let first = below(options.len());
                    let second = below(options.len());
                    let is_alone = |index: usize| options[index].get("extension").is_some();
                    match item["repeats"].as_bool() {
                        None => code(first),
                        _ if is_alone(first) || is_alone(second) => json!([code(first)]),
                        _ => json!([code(first), code(second)]),
                    }
                }
            };
            (item["linkId"].as_str().unwrap().to_owned(), answer)
        };
        questions.map(answer).collect()
    };
    (0..many).map(&mut answers).collect()
}

#[test]
fn every_questionnaire_is_sound_and_every_response_belongs_to_it() {
    let questionnaires = questionnaires();
    let answers = all_answers();
    for questionnaire in &questionnaires {
        let language = questionnaire["language"].as_str().unwrap();
        let mut responses = responses(language, &answers);
        let whole = responses.iter().filter(|response| response["status"] == "completed").count();
        assert!(whole > 100, "{language}: {whole} of {} are complete", responses.len());
        // As far as it is filled in, a quiz that was left is sound too.
        responses.extend(self::responses(language, &answers.iter().map(first_half).collect::<Vec<_>>()));
        let (heads, rest) = mistakes(&questionnaires, &responses);
        assert_eq!(heads, vec![json!([]); questionnaires.len()]);
        let wrong: Vec<(&Value, &Value)> =
            rest.iter().zip(&responses).filter(|(wrong, _)| **wrong != json!([])).collect();
        assert!(wrong.is_empty(), "{language}: {:#?}", wrong.first());
    }
}

fn first_half(answers: &Map<String, Value>) -> Map<String, Value> {
    answers.iter().take(answers.len() / 2).map(|(question, answer)| (question.clone(), answer.clone())).collect()
}

#[test]
fn answers_by_chance_make_responses_that_belong_to_their_questionnaire() {
    let questionnaires = questionnaires();
    let responses = responses("en", &by_chance(&questionnaires[0], 150));
    assert!(responses.iter().all(|response| response["status"] == "completed"));
    let (_, rest) = mistakes(&questionnaires, &responses);
    assert_eq!(rest, vec![json!([]); responses.len()]);
}

#[test]
fn another_quiz_with_typed_numbers_and_points_is_sound_too() {
    let content = "content/prevention-check";
    let questionnaires: Vec<Value> = serde_json::from_str(&quiz(&["fhir", content], "").unwrap()).unwrap();
    let cases = e2e::cases_in(&format!("{content}/cases/all.json")).unwrap();
    let answers: Vec<&Value> = cases.iter().map(|case| &case["answers"]).collect();
    let responses = quiz(&["fhir", content, "--response"], &json!(answers).to_string()).unwrap();
    let responses: Vec<Value> = serde_json::from_str(&responses).unwrap();
    assert!(responses.iter().all(|response| response["status"] == "completed"));
    let (heads, rest) = mistakes(&questionnaires, &responses);
    assert_eq!(heads, [json!([])]);
    assert_eq!(rest, vec![json!([]); responses.len()]);
}

#[test]
fn each_kind_of_mistake_would_be_seen() {
    let questionnaire = questionnaires().remove(0);
    let answers = e2e::case("V47").unwrap();
    let response = responses("en", &[answers]).remove(0);
    let (_, sound) = mistakes(std::slice::from_ref(&questionnaire), std::slice::from_ref(&response));
    assert_eq!(sound, [json!([])]);
    let edits: [(&str, Edit); 9] = [
        ("status", |response| response["status"] = json!("done")),
        ("answer.0.valueText", |response| item(response, "age")["answer"][0] = json!({"valueText": "old"})),
        ("age: ", |response| item(response, "age")["answer"][0]["valueCoding"]["code"] = json!("old")),
        ("not from 0 to 10", |response| item(response, "peg_p")["answer"][0]["valueInteger"] = json!(11)),
        ("peg_e is required", |response| item(response, "peg_e")["answer"] = Value::Null),
        ("another text", |response| item(response, "age")["text"] = json!("Old?")),
        ("guardian is not enabled", |response| {
            let mut guardian = item(response, "age").clone();
            guardian["linkId"] = json!("guardian");
            response["item"].as_array_mut().unwrap().insert(1, guardian);
        }),
        ("which is not in", |response| response["item"].as_array_mut().unwrap().swap(0, 1)),
        // A tearing pain ends the quiz; what follows may not be there any more.
        ("after.rf_now is not enabled", |response| {
            item(response, "rf_now")["answer"][0]["valueCoding"]["code"] = json!("tearing");
        }),
    ];
    let edited = edits.map(|(_, edit)| {
        let mut edited = response.clone();
        edit(&mut edited);
        remove_nulls(&mut edited);
        edited
    });
    let (_, found) = mistakes(std::slice::from_ref(&questionnaire), &edited);
    for ((expected, _), found) in edits.iter().zip(found) {
        assert!(found.to_string().contains(expected), "{expected}: {found}");
    }
    let mut edited = questionnaire;
    edited["status"] = json!("done");
    assert_ne!(mistakes(&[edited], &[]).0, [json!([])]);
}

fn item<'a>(response: &'a mut Value, link: &str) -> &'a mut Value {
    item_mut(response, link).unwrap_or_else(|| panic!("no item {link}"))
}

fn remove_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(remove_nulls);
        }
        Value::Array(elements) => elements.iter_mut().for_each(remove_nulls),
        _ => {}
    }
}

/// A case as a visitor of LHC-Forms answers it, and what our engine asks on the way.
#[derive(Clone)]
struct Walk {
    id: String,
    /// Questions that count, in order, with the answers that count.
    answers: Vec<(String, Value)>,
    /// Before each answer and at the end: the questions asked, up to the next one.
    asked: Vec<Asked>,
    response: Value,
}

#[derive(Clone)]
struct Asked {
    questions: Vec<String>,
    /// Whether nothing more is asked, but perhaps an optional question.
    is_all: bool,
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn assessed(answers: &[Map<String, Value>]) -> Vec<Value> {
    serde_json::from_str(&quiz(&["assess", CONTENT], &json!(answers).to_string()).unwrap()).unwrap()
}

fn walks() -> &'static [Walk] {
    static WALKS: OnceLock<Vec<Walk>> = OnceLock::new();
    WALKS.get_or_init(|| {
        let (cases, given) = (cases().unwrap(), all_answers());
        let all: Vec<Vec<(String, Value)>> =
            assessed(&given).iter().zip(&given).map(|(row, given)| that_count(row, given)).collect();
        let prefixes = |answers: &Vec<(String, Value)>| {
            let answers = answers.clone();
            (0..=answers.len()).map(move |many| answers.iter().take(many).cloned().collect::<Map<_, _>>())
        };
        let steps: Vec<Map<String, Value>> = all.iter().flat_map(prefixes).collect();
        let mut rows = assessed(&steps).into_iter();
        let responses = responses("en", &given);
        let all = cases.iter().zip(all).zip(responses);
        let walk = all.map(|((case, answers), response)| Walk {
            id: case["id"].as_str().unwrap().to_owned(),
            asked: rows.by_ref().take(answers.len() + 1).map(|row| Asked::of(&row)).collect(),
            answers,
            response,
        });
        walk.collect()
    })
}

/// The answers without those to hidden questions and options, in the order of the questions.
fn that_count(row: &Value, given: &Map<String, Value>) -> Vec<(String, Value)> {
    let ignored = texts(&row["ignored"]);
    let counts = |question: &str, answer: &Value| match answer.as_array() {
        Some(options) => {
            let id = |option: &Value| format!("{question}.{}", option.as_str().unwrap());
            options.iter().filter(|option| !ignored.contains(&id(option))).cloned().collect()
        }
        None => answer.clone(),
    };
    texts(&row["asked"]).into_iter().map(|question| (question.clone(), counts(&question, &given[&question]))).collect()
}

impl Asked {
    fn of(row: &Value) -> Self {
        let mut questions = texts(&row["asked"]);
        questions.extend(row["next"].as_str().map(ToOwned::to_owned));
        Self { questions, is_all: row["complete"] == true }
    }

    /// Whether these questions, and no others up to the next one, stand there.
    fn is_seen(&self, seen: &[String], order: &[String]) -> bool {
        let place = |question: &String| order.iter().position(|each| each == question);
        let last = if self.is_all { None } else { self.questions.last().and_then(place) };
        let seen = seen.iter().filter(|each| place(each).is_some_and(|place| last.is_none_or(|last| place <= last)));
        seen.eq(&self.questions)
    }
}

/// A browser with LHC-Forms in it.
struct Clinic {
    _server: Server,
    browser: Browser,
    questionnaire: Value,
    order: Vec<String>,
}

impl Clinic {
    async fn open(questionnaire: Value) -> Self {
        let scripts = ["webcomponent/assets/lib/zone.min.js", "webcomponent/lhc-forms.js", "fhir/R4/lformsFHIR.min.js"];
        let scripts = scripts.map(|script| format!("<script src='/{script}'></script>")).concat();
        let html =
            format!("<!doctype html><meta charset=utf-8><div id=form></div>{scripts}<script src='/drive.js'></script>");
        let pages = vec![Page::new("/index.html", html), Page::of_file("/drive.js", "e2e/pages/lforms.js").unwrap()];
        let server = Server::serving(repository("target/npm/lforms/dist/lforms"), pages).unwrap();
        let browser = Browser::start().await.unwrap();
        browser.client.goto(&server.address("/")).await.unwrap();
        let questions = items(&questionnaire).into_iter().filter(|item| item["type"] != "group");
        let order = questions.map(|item| item["linkId"].as_str().unwrap().to_owned()).collect();
        Self { _server: server, browser, questionnaire, order }
    }

    /// What differs from our engine in this case.
    async fn differences(&self, walk: &Walk) -> Vec<String> {
        let script = "return fillIn(...arguments).catch((error) => ({ error: String(error) }))";
        let arguments = vec![self.questionnaire.clone(), json!(walk.answers)];
        let filled = self.browser.client.execute(script, arguments).await.unwrap();
        let id = &walk.id;
        if let Some(error) = filled["error"].as_str() {
            return vec![format!("{id}: {error}")];
        }
        let mut differences = Vec::new();
        let seen: Vec<Vec<String>> = filled["seen"].as_array().unwrap().iter().map(texts).collect();
        for (step, (seen, asked)) in seen.iter().zip(&walk.asked).enumerate() {
            if !asked.is_seen(seen, &self.order) {
                differences.push(format!("{id} after {step} answers: {seen:?}, not {:?}", asked.questions));
            }
        }
        if bare(&filled["response"]["item"]) != bare(&walk.response["item"]) {
            differences.push(format!("{id}: another response"));
        }
        differences
    }
}

/// Items by link id with their answers and what is inside them.
fn bare(items: &Value) -> Value {
    let all = items.as_array().into_iter().flatten().map(|item| {
        let parts = json!({"text": item["text"], "answer": item["answer"], "item": bare(&item["item"])});
        (item["linkId"].as_str().unwrap().to_owned(), parts)
    });
    json!(all.collect::<BTreeMap<_, _>>())
}

/// Two browsers share the cases, one for each core.
async fn every_other_case(offset: usize) {
    let clinic = Clinic::open(questionnaires().remove(0)).await;
    let mut differences = Vec::new();
    for walk in walks().iter().skip(offset).step_by(2) {
        differences.extend(clinic.differences(walk).await);
    }
    clinic.browser.end().await.unwrap();
    assert!(differences.is_empty(), "{differences:#?}");
}

#[tokio::test]
async fn lhc_forms_asks_what_the_engine_asks_in_half_of_the_cases() {
    every_other_case(0).await;
}

#[tokio::test]
async fn lhc_forms_asks_what_the_engine_asks_in_the_other_half_of_the_cases() {
    every_other_case(1).await;
}

#[tokio::test]
async fn lhc_forms_with_another_questionnaire_would_differ() {
    let edits: [(&str, &str, Edit); 5] = [
        // Without the extension nothing ends the quiz.
        ("R01", "after.rf_now", |item| item["extension"] = json!([])),
        ("V47", "guardian", |item| drop(item.as_object_mut().unwrap().remove("enableWhen"))),
        ("V53", "diagnosis", |item| {
            item["enableWhen"].as_array_mut().unwrap().retain(|test| test["answerCoding"]["code"] != "mri");
        }),
        ("V35", "health", |item| item["extension"] = json!([])),
        ("V47", "peg_p", |item| item["linkId"] = json!("peg_q")),
    ];
    for (case, link, edit) in edits {
        let walk = walks().iter().find(|walk| walk.id == case).unwrap();
        let mut edited = questionnaires().remove(0);
        edit(item_mut(&mut edited, link).unwrap());
        let clinic = Clinic::open(edited).await;
        let differences = clinic.differences(walk).await;
        clinic.browser.end().await.unwrap();
        assert!(!differences.is_empty(), "{case} shows nothing where {link} was changed");
    }
}
