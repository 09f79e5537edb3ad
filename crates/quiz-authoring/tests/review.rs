//! The document that a clinician signs: `cargo quiz review`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use quiz_authoring::{Content, Said, review, texts};

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/pars-defect")
}

fn load(folder: &Path) -> Content {
    match Content::load(folder) {
        Ok(content) => content,
        Err(problems) => panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

/// The document of the shipped content, made once: it takes a while.
fn shipped_review() -> &'static str {
    static REVIEW: OnceLock<String> = OnceLock::new();
    REVIEW.get_or_init(|| review(&load(&shipped())))
}

/// A copy of the small quiz that the tests of mistakes start from.
fn copy_of_the_sound() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), target).unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sound"), folder.path());
    folder
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quiz")).args(arguments).output().unwrap()
}

/// What somebody reads: without tags, marks of sources and entities, with single spaces.
fn read(html: &str) -> String {
    let body = html.split_once("<body>").unwrap().1;
    let mut text = String::new();
    let without_marks = body.split("<sup").enumerate();
    for (place, piece) in without_marks {
        let piece = if place == 0 { piece } else { piece.split_once("</sup>").unwrap().1 };
        for (tag, part) in piece.split('<').enumerate() {
            let shown = if tag == 0 { part } else { part.split_once('>').unwrap().1 };
            text.push_str(shown);
        }
    }
    for (entity, sign) in [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&amp;", "&")] {
        text = text.replace(entity, sign);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let mark = format!(" {name}=\"");
    html.split(&*mark).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// The tags without what is said in them to whoever can't see a figure.
fn tags(html: &str) -> Vec<String> {
    let tags = html.split('<').skip(1).map(|tag| format!("<{}", tag.split('>').next().unwrap()));
    let unsaid = |tag: String| match tag.split_once(" aria-label=\"") {
        Some((before, after)) => before.to_owned() + after.split_once('"').unwrap().1,
        None => tag,
    };
    tags.map(unsaid).collect()
}

/// What follows the heading of an item, up to the next one.
fn item<'a>(html: &'a str, id: &str) -> &'a str {
    let rest = html.split_once(&format!("<h3 id=\"{id}\">")).unwrap().1;
    rest.split("<h3 ").next().unwrap()
}

#[test]
fn every_text_of_every_language_is_in_it() {
    let content = load(&shipped());
    let shown = read(shipped_review());
    let said: Vec<Said> = content.languages.iter().flat_map(|language| texts(&content, language)).collect();
    assert!(said.len() > 500, "{} texts", said.len());
    for said in said {
        let text = said.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(&text), "{said:?}");
    }
}

#[test]
fn whatever_else_is_signed_is_in_it() {
    let content = load(&shipped());
    let html = shipped_review();
    let shown = read(html);
    assert!(shown.contains(&content.hash), "the whole hash");
    for entry in &content.material.sources {
        assert!(shown.contains(&entry.says), "{}", entry.key);
    }
    for case in &content.cases {
        assert!(html.contains(&format!("<td>{}</td>", case.id)), "{}", case.id);
        assert!(shown.contains(&format!("{}, {}", case.expected_rule, case.expected_tier)), "{}", case.id);
    }
    let ids: BTreeSet<&str> = attributes(html, "id").into_iter().collect();
    let expected = |part: &str, id: &str| assert!(ids.contains(format!("{part}-{id}").as_str()), "{part}-{id}");
    content.logic.questions.iter().for_each(|question| expected("questions", &question.id));
    content.material.rules.iter().for_each(|rule| expected("rules", rule));
    content.material.terms.iter().for_each(|term| expected("terms", term));
    content.logic.advice.iter().for_each(|advice| expected("advice", &advice.id));
    content.logic.sections.iter().filter(|section| !section.own).for_each(|section| expected("sections", &section.id));
    assert!(shown.contains("Some steps are deliberately not monotonic"), "the steps that are meant to go down");
    let declared: toml::Table = std::fs::read_to_string(shipped().join("properties.toml")).unwrap().parse().unwrap();
    for (part, key) in [("monotone", "id"), ("not_less", "id"), ("never", "id"), ("falls", "because")] {
        for property in declared[part].as_array().unwrap() {
            assert!(shown.contains(property[key].as_str().unwrap()), "{property}");
        }
    }
}

#[test]
fn a_section_shows_its_figure_in_each_language_with_its_words() {
    let content = load(&shipped());
    let html = shipped_review();
    let section = item(html, "sections-pars_defect");
    assert_eq!(section.matches("<figure class=\"figure\"><svg ").count(), content.languages.len());
    for language in &content.languages {
        let caption = &language.captions["side_view"];
        for text in [&caption.title, &caption.description, &caption.labels["crack"]] {
            assert!(section.contains(&format!(">{text}</td>")), "{}: {text}", language.code);
        }
    }
    assert!(!item(html, "sections-self_care").contains("<svg"));
}

#[test]
fn a_question_shows_its_figure_once_for_each_option_with_a_part_in_it() {
    let content = load(&shipped());
    let html = shipped_review();
    let question = item(html, "questions-location");
    for (place, language) in content.languages.iter().enumerate() {
        let cell = question.split("<div class=\"parts\">").nth(place + 1).unwrap().split("</div>").next().unwrap();
        let shown: Vec<(&str, &str)> = cell
            .split("<figure>")
            .skip(1)
            .map(|figure| {
                let marked: Vec<&str> = figure.split("\" data-chosen=\"\"").collect();
                assert_eq!(marked.len(), 2, "one part is marked");
                let label = figure.split_once("<figcaption>").unwrap().1.split('<').next().unwrap();
                (marked[0].rsplit('"').next().unwrap(), label)
            })
            .collect();
        let index = content.logic.questions.iter().position(|question| &*question.id == "location").unwrap();
        let options = content.logic.questions[index].options.iter().zip(&language.pack.words.questions[index].options);
        let expected: Vec<(&str, &str)> = options
            .map(|(option, label)| (&*option.id, &**label))
            .filter(|(id, _)| language.figures["body"].contains(&format!("data-option=\"{id}\"")))
            .collect();
        assert_eq!(shown, expected, "{}", language.code);
        assert_eq!(shown.len(), 5);
    }
}

#[test]
fn figures_have_a_colour_here_for_each_class_that_has_one_on_the_page() {
    let classes = |css: &str| -> BTreeSet<String> {
        let ends = |letter: char| !letter.is_ascii_alphanumeric() && letter != '-';
        let names = css.split('.').skip(1).map(|rest| rest.split(ends).next().unwrap().to_owned());
        names.filter(|name| name.starts_with(|first: char| first.is_ascii_alphabetic())).collect()
    };
    let page = classes(&fs::read_to_string(shipped().join("../../styles/figure.css")).unwrap());
    let html = shipped_review();
    let here = classes(html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0);
    let drawn: BTreeSet<String> = html
        .split("<svg ")
        .skip(1)
        .flat_map(|drawing| attributes(drawing.split("</svg>").next().unwrap(), "class"))
        .map(str::to_owned)
        .collect();
    let wanted: Vec<&String> = drawn.intersection(&page).collect();
    assert!(wanted.len() > 10, "{wanted:?}");
    let missing: Vec<&&String> = wanted.iter().filter(|class| !here.contains(**class)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_is_left_out_of_changes_and_what_can_be_taken_along_is_said() {
    let content = load(&shipped());
    let html = shipped_review();
    for question in &content.logic.questions {
        let is_said = item(html, &format!("questions-{}", question.id)).contains("its answer stays what it is");
        assert_eq!(is_said, question.stays, "{}", question.id);
    }
    let taken = "What is in its numbered list can be picked and taken along";
    let sections: Vec<&str> =
        content.logic.sections.iter().filter(|section| !section.own).map(|section| &*section.id).collect();
    let marked = sections.into_iter().filter(|id| item(html, &format!("sections-{id}")).contains(taken));
    assert_eq!(marked.collect::<Vec<_>>(), ["visit_checklist", "surgeon_questions"]);
}

#[test]
fn every_rule_has_an_example_with_changes_both_ways() {
    let content = load(&shipped());
    let html = shipped_review();
    let rules = html.split("<h3 id=\"rules-").skip(1);
    assert_eq!(rules.clone().count(), content.logic.rules.len());
    for rule in rules {
        for row in ["example", "one change that is more urgent", "one change that is less urgent"] {
            assert!(rule.contains(&format!("<th scope=\"row\">{row}</th>")), "{row}: {rule}");
        }
    }
}

#[test]
fn the_examples_changes_name_the_rule_they_lead_to() {
    let shown = read(shipped_review());
    // The shortest case of K2 is a person with early pain and no warning sign.
    let rule = shown.split("You told us of pain that is under six weeks old").nth(1).unwrap();
    let (raising, lowering) = rule.split_once("one change that is less urgent").unwrap();
    let tearing = "tick “Sudden, very bad tearing pain in the back, chest or belly”";
    assert!(raising.contains(tearing) && raising.contains("→ E1 “Get emergency care now.”"), "{raising}");
    assert!(lowering.contains("tick “None of these” → N1 “Your answers don't point to one cause.”"), "{lowering}");
}

#[test]
fn the_same_content_gives_the_same_bytes_on_standard_output_and_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("review.html");
    let shipped = shipped();
    let content = shipped.to_str().unwrap();
    let printed = run(&["review", content]);
    let written = run(&["review", content, "--out", file.to_str().unwrap()]);
    assert_eq!((printed.status.code(), written.status.code()), (Some(0), Some(0)));
    assert_eq!(written.stdout, b"");
    assert_eq!(fs::read(file).unwrap(), printed.stdout);
    assert_eq!(String::from_utf8(printed.stdout).unwrap(), shipped_review());
}

#[test]
fn it_needs_nothing_runs_nothing_and_leads_nowhere_else() {
    let html = shipped_review();
    for part in ["<script", "<link", "<img", "<image", "<use", "<iframe", " src=", "url(", "@import", " on"] {
        assert!(!tags(html).iter().any(|tag| tag.contains(part)), "{part}");
    }
    assert!(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    let all = attributes(html, "id");
    let ids: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(ids.len(), all.len(), "no id stands twice");
    for link in attributes(html, "href") {
        assert!(link.strip_prefix('#').is_some_and(|id| ids.contains(id)), "{link}");
    }
}

#[test]
fn nothing_in_the_content_becomes_markup() {
    let folder = copy_of_the_sound();
    let change = |file: &str, from: &str, to: &str| {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    };
    let hostile = "<b onclick=go()>&quot;";
    for key in ["citation", "locator", "says"] {
        change("sources.toml", &format!("{key} = \""), &format!("{key} = \"{hostile}"));
    }
    change("cases/all.json", "\"description\": \"", &format!("\"description\": \"{hostile}"));
    fs::write(folder.path().join("README.md"), format!("# {hostile}\n\n{hostile}\n\n<script>go()</script>\n")).unwrap();
    let html = review(&load(folder.path()));
    assert!(!html.contains("<b on") && !html.contains("<script"), "{html}");
    assert!(html.matches("&lt;b on").count() >= 5, "it is shown as text");
}

#[test]
fn the_entry_that_it_gives_signs_this_content_and_no_other() {
    let folder = copy_of_the_sound();
    let before = review(&load(folder.path()));
    assert!(before.contains("No clinician has signed this content."));
    let entry = before.split("<pre>").nth(1).unwrap().split("</pre>").next().unwrap().replace("&quot;", "\"");
    fs::write(folder.path().join("review.toml"), &entry).unwrap();
    assert!(Content::load(folder.path()).is_err(), "name and date have to be filled in");
    let filled = entry.replace("NAME, PROFESSION", "A. Doe, spine surgeon").replace("YYYY-MM-DD", "2026-11-30");
    fs::write(folder.path().join("review.toml"), filled).unwrap();
    let signed = review(&load(folder.path()));
    assert!(signed.contains("Signed by A. Doe, spine surgeon, 2026-11-30."));
    let outcomes = folder.path().join("lang/en/outcomes.toml");
    fs::write(&outcomes, fs::read_to_string(&outcomes).unwrap() + "\n# A change.\n").unwrap();
    assert!(review(&load(folder.path())).contains("No clinician has signed this content."));
}

#[test]
fn a_folder_with_a_mistake_gives_no_document() {
    let folder = copy_of_the_sound();
    fs::remove_file(folder.path().join("sources.toml")).unwrap();
    let output = run(&["review", folder.path().to_str().unwrap()]);
    assert_eq!((output.status.code(), output.stdout), (Some(1), Vec::new()));
}
