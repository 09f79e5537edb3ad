//! The `quiz` command as a stranger runs it: arguments, streams and exit codes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use common::sound_but;
use serde_json::Value;

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn quiz(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quiz"));
    let mut child =
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // Written beside the reading, for a long input and a long output would wait for each other; a command that does
    // not read at all closes the pipe, which is no failure of the test.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn assess(input: &[u8]) -> Output {
    quiz(&["assess", repository("content/pars-defect").to_str().unwrap()], input)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The rows for an input that is a JSON array.
fn rows(input: &str) -> Vec<Value> {
    let output = assess(input.as_bytes());
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    serde_json::from_slice(&output.stdout).unwrap()
}

const TEARING: &str = r#"{"age":"35_49","rf_now":["tearing"]}"#;

/// Puts an element between two sound ones, sees that they are unharmed, and gives what became of it.
fn row_of(element: &str) -> Value {
    let rows = rows(&format!("[{TEARING},{element},{TEARING}]"));
    assert_eq!(rows.len(), 3, "{element}");
    for sound in [&rows[0], &rows[2]] {
        assert_eq!((sound["tier"].as_str(), sound["rule"].as_str()), (Some("emergency"), Some("E1")));
    }
    rows[1].clone()
}

/// The message of an element that must be refused, with nothing beside it.
fn error_of(element: &str) -> String {
    let row = row_of(element);
    let fields = row.as_object().unwrap();
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["error"], "{element} gives {row}");
    fields["error"].as_str().unwrap().to_owned()
}

fn assert_refused_whole(input: &[u8]) {
    let output = assess(input);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(input));
    assert_eq!(text(&output.stdout), "", "{}", String::from_utf8_lossy(input));
    let message = text(&output.stderr);
    assert!(message.starts_with("quiz: standard input is not "), "{message}");
    assert!(!message.contains("panicked"), "{message}");
}

#[test]
fn texts_gives_every_language_with_its_texts_by_place() {
    let output = quiz(&["texts", repository("content/pars-defect").to_str().unwrap()], b"");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let all: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let english = all.iter().find(|language| language["language"] == "en").unwrap();
    let find = |place: &str, id: &str, part: &str| {
        let mut texts = english["texts"].as_array().unwrap().iter();
        let found = texts.find(|text| text["place"] == place && text["id"] == id && text["part"] == part);
        found.unwrap_or_else(|| panic!("{place} {id} {part}"))["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(find("question", "location", "option below_knee"), "Below the knee");
    assert_eq!(find("rule", "U11_weak", "sentence").split(' ').next(), Some("Weakness"));
    assert_eq!(find("section", "nerves", "title"), "Nerves and your legs");
    assert!(find("figure", "side_view", "description").starts_with("The low back from the side."));
    assert_eq!(find("figure", "side_view", "label crack"), "Pars, cracked", "a line break is a blank");
    assert!(find("section", "warning_signs", "paragraph 2").contains("911"), "the number stands in its place");
}

#[test]
fn help_names_every_command() {
    let output = quiz(&["--help"], b"");
    assert_eq!(output.status.code(), Some(0));
    let help = text(&output.stdout);
    for command in ["check", "assess", "fhir", "texts", "review", "verify", "diff", "graph"] {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
    }
}

#[test]
fn a_command_that_does_not_exist_is_refused() {
    let output = quiz(&["cheque", "content"], b"");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()));
    assert!(text(&output.stderr).contains("cheque"));
}

#[test]
fn check_says_that_the_shipped_content_has_no_problems() {
    let output = quiz(&["check", repository("content/pars-defect").to_str().unwrap()], b"");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let line = text(&output.stdout);
    assert!(line.contains("no problems") && line.lines().count() == 1, "{line}");
}

#[test]
fn check_prints_the_hash_that_a_reviewer_signs() {
    let folder = repository("content/pars-defect");
    let hash = quiz_authoring::Content::load(&folder).unwrap().hash;
    let output = quiz(&["check", folder.to_str().unwrap()], b"");
    assert!(text(&output.stdout).contains(&hash));
}

#[test]
fn check_names_each_problem_of_a_broken_folder_by_file_and_line() {
    let folder = repository("content-broken/many_mistakes_at_once");
    let expected = std::fs::read_to_string(repository("content-broken/many_mistakes_at_once.expected")).unwrap();
    // A slash at the end, as the shell completes it, is not doubled.
    for path in [folder.display().to_string(), format!("{}/", folder.display())] {
        let output = quiz(&["check", &path], b"");
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()));
        let mut lines: Vec<String> = expected.lines().map(|line| format!("{}/{line}", folder.display())).collect();
        lines.push("13 problems".to_owned());
        assert_eq!(text(&output.stderr).lines().collect::<Vec<_>>(), lines);
    }
}

#[test]
fn one_problem_is_counted_as_one() {
    let output = quiz(&["check", repository("content-broken/missing_review").to_str().unwrap()], b"");
    assert_eq!(text(&output.stderr).lines().last(), Some("1 problem"));
}

#[test]
fn assess_gives_nothing_for_a_broken_folder() {
    let output = quiz(&["assess", repository("content-broken/unknown_term").to_str().unwrap()], b"[{}]");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()));
    assert!(text(&output.stderr).contains("quiz.toml:"));
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    for command in ["check", "assess"] {
        let output = quiz(&[command, "no/such/folder"], b"[]");
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()));
        let message = text(&output.stderr);
        assert!(message.starts_with("quiz: the folder no/such/folder can't be read: "), "{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}

#[test]
fn a_file_in_place_of_a_folder_is_named() {
    let file = repository("content/pars-defect/quiz.toml");
    let output = quiz(&["check", file.to_str().unwrap()], b"");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()));
    assert!(text(&output.stderr).contains("quiz.toml can't be read"));
}

#[test]
fn an_empty_array_gives_an_empty_array() {
    assert_eq!(rows("[]"), Vec::<Value>::new());
    assert_eq!(rows(" \n[ ]\n"), Vec::<Value>::new());
}

#[test]
fn what_is_no_json_array_gives_nothing_at_all() {
    let whole: [&[u8]; 13] = [
        b"",
        b"  \n",
        b"{}",
        b"null",
        b"3",
        b"\"[]\"",
        b"[",
        b"[{},]",
        b"[{}] []",
        b"[{\"age\":}]",
        b"[{} {}]",
        b"[undefined]",
        b"[{\"age\":\"35_49\xff\"}]",
    ];
    for input in whole {
        assert_refused_whole(input);
    }
}

#[test]
fn brackets_that_never_close_give_nothing_at_all() {
    assert_refused_whole("[".repeat(1_000_000).as_bytes());
    assert_refused_whole(format!("[{}", r#"{"age":"#.repeat(100_000)).as_bytes());
}

#[test]
fn a_byte_order_mark_before_the_array_is_passed_over() {
    assert_eq!(rows(&format!("\u{feff}[{TEARING}]")), rows(&format!("[{TEARING}]")));
}

#[test]
fn a_row_has_the_fields_of_the_contract() {
    let row = row_of(r#"{"age":"35_49","rf_now":["none"],"rf_nerve":["bladder"],"rf_nerve_when":"unsure"}"#);
    let expected = serde_json::json!({
        "tier": "emergency",
        "rule": "E3",
        "asked": ["age", "rf_now", "rf_nerve", "rf_nerve_when"],
        "complete": true,
        "next": null,
        "sections": ["action", "why", "tell_staff", "warning_signs"],
        "ignored": [],
    });
    assert_eq!(row, expected);
}

#[test]
fn no_answers_at_all_have_an_outcome_and_a_first_question() {
    let row = row_of("{}");
    assert_eq!(
        (row["rule"].as_str(), row["complete"].as_bool(), row["next"].as_str()),
        (Some("N1"), Some(false), Some("age"))
    );
    assert_eq!(row["asked"], serde_json::json!([]));
}

#[test]
fn the_optional_goal_may_still_be_next_when_all_is_complete() {
    let row = row_of(
        r#"{"age":"18_34","rf_now":["none"],"rf_nerve":["none"],"rf_weak":["none"],"rf_body":["none"],
            "location":["no_pain"],"imaging":["none"],"activity":["none"]}"#,
    );
    assert_eq!(
        (row["rule"].as_str(), row["complete"].as_bool(), row["next"].as_str()),
        (Some("P1"), Some(true), Some("goal"))
    );
}

#[test]
fn answers_to_what_is_hidden_are_dropped_and_listed() {
    let row = row_of(
        r#"{"age":"10_17","guardian":"yes","rf_now":["none"],"rf_nerve":["sexual","both_legs"],
            "rf_nerve_when":"older_checked","health":["none"],"goal":"understand"}"#,
    );
    assert_eq!(row["ignored"], serde_json::json!(["rf_nerve.sexual", "health", "goal"]));
}

#[test]
fn rows_come_in_the_order_of_the_elements() {
    let elements = [TEARING, "null", r#"{"location":["no_pain"]}"#, "[]", "{}", r#"{"rf_now":["major_trauma"]}"#];
    let rows = rows(&format!("[{}]", elements.join(",")));
    let got: Vec<&str> = rows.iter().map(|row| row["rule"].as_str().unwrap_or("refused")).collect();
    assert_eq!(got, ["E1", "refused", "P1", "refused", "N1", "U2"]);
}

#[test]
fn an_element_that_is_no_object_is_refused() {
    let kinds = [
        ("null", "null"),
        ("true", "true or false"),
        ("3", "a number"),
        ("\"age\"", "text"),
        ("[]", "a list"),
        (r#"[{"age":"35_49"}]"#, "a list"),
    ];
    for (element, kind) in kinds {
        assert_eq!(error_of(element), format!("an object of answers is needed here, not {kind}"));
    }
}

#[test]
fn a_question_that_is_not_asked_is_named() {
    assert_eq!(error_of(r#"{"agee":"35_49"}"#), "`agee`: there is no such question");
    assert_eq!(error_of(r#"{"":"35_49"}"#), "``: there is no such question");
    assert_eq!(error_of(r#"{"Age":"35_49"}"#), "`Age`: there is no such question");
}

#[test]
fn an_option_that_is_not_offered_is_answered_with_those_that_are() {
    let known = "not an option; known are under10, 10_17, 18_34, 35_49, 50_64, 65plus";
    assert_eq!(error_of(r#"{"age":"36"}"#), format!("`age`: {known}"));
    assert!(error_of(r#"{"rf_now":["tearing","typo"]}"#).starts_with("`rf_now`: not an option; known are tearing, "));
    assert!(error_of(r#"{"rf_now":["pars"]}"#).starts_with("`rf_now`: not an option"));
}

#[test]
fn an_answer_of_the_wrong_shape_is_refused() {
    let wrong = [
        r#"{"age":["35_49"]}"#,
        r#"{"age":35}"#,
        r#"{"age":null}"#,
        r#"{"age":true}"#,
        r#"{"age":{"35_49":true}}"#,
        r#"{"rf_now":"none"}"#,
        r#"{"rf_now":null}"#,
        r#"{"rf_now":[null]}"#,
        r#"{"rf_now":[["none"]]}"#,
        r#"{"rf_now":[1]}"#,
        r#"{"rf_now":{"none":1}}"#,
        r#"{"peg_p":"3"}"#,
        r#"{"peg_p":[3]}"#,
        r#"{"peg_p":null}"#,
        r#"{"peg_p":true}"#,
    ];
    for element in wrong {
        assert!(error_of(element).ends_with(" is needed"), "{element}");
    }
}

#[test]
fn a_number_that_is_not_whole_or_lies_outside_the_scale_is_refused() {
    for number in
        ["3.5", "-1", "11", "0.5", "10.000001", "99999999999999999999", "-9223372036854775808", "1e300", "2147483648"]
    {
        assert_eq!(
            error_of(&format!(r#"{{"peg_p":{number}}}"#)),
            "`peg_p`: a whole number from 0 to 10 is needed",
            "{number}"
        );
    }
}

#[test]
fn a_number_beyond_all_numbers_is_refused() {
    for number in ["1e400", "-1e400"] {
        assert!(error_of(&format!(r#"{{"peg_p":{number}}}"#)).starts_with("not readable: number out of range"));
    }
}

#[test]
fn what_cannot_be_read_is_told_by_its_place_in_the_whole_input() {
    let rows = rows("[{},\n{\"peg_p\":3},\n\n{\"peg_p\":1e400},{\"peg_e\":\n1e400}]");
    assert_eq!(rows[2]["error"], "not readable: number out of range, in element 3 at line 4 column 14");
    let told = rows[3]["error"].as_str().unwrap();
    assert!(told.starts_with("not readable: number out of range, in element 4 at line 5 column "), "{told}");
}

/// How else would one find out what a new rule's case must say?
#[test]
fn assess_texts_fhir_and_graph_work_while_a_case_does_not_fit() {
    let folder = sound_but(|name, text| match name {
        "cases/all.json" => text.replace("\"expected_tier\": \"storm\"", "\"expected_tier\": \"fine\""),
        _ => text,
    });
    let folder = folder.path().to_str().unwrap();
    for command in ["assess", "texts", "fhir", "graph", "verify"] {
        let output = quiz(&[command, folder], b"[{}]");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{command}");
    }
    for command in ["check", "review", "mutants"] {
        assert_eq!(quiz(&[command, folder], b"").status.code(), Some(1), "{command}");
    }
}

#[test]
fn check_names_cases_that_answer_what_they_are_not_asked() {
    let line = |folder: &Path| text(&quiz(&["check", folder.to_str().unwrap()], b"").stdout);
    assert!(line(&repository("crates/quiz-authoring/tests/sound")).contains(" cases, languages"));
    let folder = sound_but(|name, text| match name {
        "cases/all.json" => {
            text.replace("\"gear\": [\"none\"],\n   \"wind\": 9", "\"gear\": [\"hat\"],\n   \"wind\": 9")
        }
        _ => text,
    });
    let line = line(folder.path());
    assert!(line.contains("cases (with answers that are not asked for: A), languages"), "{line}");
}

#[test]
fn the_bounds_of_a_scale_are_inside() {
    let of = |number: &str| row_of(&format!(r#"{{"location":["low_back"],"peg_p":{number}}}"#));
    assert_eq!(of("0")["rule"], "N1");
    assert_eq!(of("10")["rule"], "C13");
    assert_eq!(of("10.0"), of("10"), "a whole number is whole however it is written");
    assert_eq!(of("1e1"), of("10"));
}

#[test]
fn an_empty_list_is_refused() {
    assert_eq!(error_of(r#"{"rf_now":[]}"#), "`rf_now`: the list is empty; leave the question out instead");
}

#[test]
fn an_exclusive_option_beside_another_is_refused() {
    for element in
        [r#"{"rf_now":["none","tearing"]}"#, r#"{"rf_now":["tearing","none"]}"#, r#"{"location":["no_pain","neck"]}"#]
    {
        assert!(error_of(element).ends_with("an option that excludes the others stands beside another"), "{element}");
    }
}

#[test]
fn a_repeated_option_counts_once() {
    assert_eq!(row_of(r#"{"rf_now":["tearing","tearing"],"age":"35_49"}"#), row_of(TEARING));
    assert_eq!(row_of(r#"{"rf_now":["none","none"]}"#), row_of(r#"{"rf_now":["none"]}"#));
}

#[test]
fn two_answers_to_one_question_are_refused() {
    assert_eq!(error_of(r#"{"age":"35_49","age":"10_17"}"#), "`age` stands here twice");
    assert_eq!(error_of(r#"{"age":"35_49","\u0061ge":"35_49"}"#), "`age` stands here twice");
}

#[test]
fn deep_nesting_harms_its_own_element_only() {
    let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
    for element in [
        format!("{open}{close}"),
        format!(r#"{{"age":{open}{close}}}"#),
        format!(r#"{{"rf_now":["none",{open}{close}]}}"#),
    ] {
        assert!(error_of(&element).starts_with("not readable: recursion limit exceeded"));
    }
    let objects = format!("{}1{}", r#"{"age":"#.repeat(10_000), "}".repeat(10_000));
    assert!(error_of(&objects).starts_with("not readable: recursion limit exceeded"));
}

#[test]
fn a_lone_surrogate_harms_its_own_element_only() {
    for element in [r#"{"age":"\ud800"}"#, r#"{"\ud800":"35_49"}"#, r#"{"rf_now":["\udc00\ud800"]}"#, r#""\ud800""#] {
        assert!(error_of(element).starts_with("not readable: "), "{element}");
    }
}

#[test]
fn huge_text_harms_its_own_element_only_and_is_not_repeated() {
    let huge = "é".repeat(1_000_000);
    for element in [format!(r#"{{"age":"{huge}"}}"#), format!(r#"{{"{huge}":1}}"#), format!(r#""{huge}""#)] {
        let error = error_of(&element);
        assert!(error.len() < 200, "{} bytes", error.len());
    }
}

#[test]
fn strange_text_comes_back_as_sound_json() {
    assert_eq!(error_of(r#"{"\u0000\"\\</script>\u2028":1}"#), "`\0\"\\</script>\u{2028}`: there is no such question");
}

#[test]
fn thousands_of_elements_are_assessed_in_one_go() {
    let input = format!("[{}]", vec![TEARING; 20_000].join(","));
    assert_eq!(rows(&input).len(), 20_000);
}

#[test]
fn the_same_answers_in_another_order_give_the_same_row() {
    let one = row_of(r#"{"age":"50_64","location":["neck","low_back"],"duration":"gt6m","pattern":["worse_ext"]}"#);
    let other = row_of(r#"{"pattern":["worse_ext"],"duration":"gt6m","location":["low_back","neck"],"age":"50_64"}"#);
    assert_eq!(one, other);
}

#[test]
fn fhir_prints_a_questionnaire_for_each_language_or_writes_it_to_a_file() {
    let shipped = repository("content/pars-defect");
    let printed = quiz(&["fhir", shipped.to_str().unwrap()], b"");
    assert_eq!((printed.status.code(), text(&printed.stderr)), (Some(0), String::new()));
    let all: Vec<Value> = serde_json::from_slice(&printed.stdout).unwrap();
    let languages: Vec<&str> = all.iter().map(|each| each["language"].as_str().unwrap()).collect();
    assert_eq!(languages, ["en", "es"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("questionnaires.json");
    let written = quiz(&["fhir", shipped.to_str().unwrap(), "--out", file.to_str().unwrap()], b"");
    assert_eq!((written.status.code(), written.stdout), (Some(0), Vec::new()));
    assert_eq!(std::fs::read(file).unwrap(), printed.stdout);
}

#[test]
fn fhir_says_what_to_add_where_the_content_names_nothing_for_it() {
    let folder = sound_but(|_, text| text.split("[fhir]").next().unwrap().to_owned());
    for more in [&[][..], &["--response"]] {
        let output = quiz(&[&["fhir", folder.path().to_str().unwrap()], more].concat(), b"[]");
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()));
        assert!(text(&output.stderr).contains("    [fhir]\n    questionnaire = "), "{}", text(&output.stderr));
    }
}

#[test]
fn fhir_writes_responses_in_the_first_language_or_the_one_that_is_asked_for() {
    let shipped = repository("content/pars-defect");
    let response = |more: &[&str]| {
        let arguments = [&["fhir", shipped.to_str().unwrap(), "--response"], more].concat();
        quiz(&arguments, format!("[{TEARING}]").as_bytes())
    };
    let first: Vec<Value> = serde_json::from_slice(&response(&[]).stdout).unwrap();
    assert_eq!((&first[0]["language"], &first[0]["status"]), (&"en".into(), &"completed".into()));
    assert_eq!(first[0]["authored"], Value::Null);
    let spanish = response(&["--lang", "es", "--authored", "2026-05-01"]);
    let by_the_page = response(&["--authored", "2026-05-01T12:00:00.123Z"]);
    assert!(text(&by_the_page.stdout).contains("2026-05-01T12:00:00.123Z"), "{}", text(&by_the_page.stderr));
    let spanish: Vec<Value> = serde_json::from_slice(&spanish.stdout).unwrap();
    assert_eq!((&spanish[0]["language"], &spanish[0]["authored"]), (&"es".into(), &"2026-05-01".into()));
    for authored in ["foo", "2026-02-30", "2026-05-01T99:99:99Z", "2026-05-01T12:00:00.1234Z", "<b>"] {
        let refused = response(&["--authored", authored]);
        assert_eq!((refused.status.code(), text(&refused.stdout)), (Some(1), String::new()));
        let told = format!("quiz: `{authored}` is no date; write it as 2026-05-01 or 2026-05-01T12:00:00Z\n");
        assert_eq!(text(&refused.stderr), told);
    }
    let unknown = response(&["--lang", "xx"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert_eq!(text(&unknown.stderr), "quiz: there is no such language; known are en, es\n");
}
