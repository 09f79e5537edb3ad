use std::fmt::Write;
use std::fs;

use clap::Parser;
use quiz_authoring::{Problem, verify};
use tempfile::TempDir;

use super::*;

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    new: New,
}

/// A checkout with the quizzes of this one.
struct Checkout {
    folder: TempDir,
    project: Project,
}

impl Checkout {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&Project::find().unwrap().path("content"), &folder.path().join("content"));
        let project = Project::at(folder.path());
        Self { folder, project }
    }

    /// What `cargo xtask new` does with this line of arguments.
    fn new_is(&self, line: &str) -> Result<()> {
        let line = Line::try_parse_from(["new"].into_iter().chain(line.split(' ')))?;
        run(&self.project, line.new)
    }

    fn refusal(&self, line: &str) -> String {
        let before = self.text();
        let refused = format!("{:#}", self.new_is(line).unwrap_err());
        assert_eq!(self.text(), before, "{line} changed something");
        refused
    }

    fn languages(&self) -> Vec<String> {
        files::languages(&self.path("pars-defect")).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("content").join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Writes one text for another in a file.
    fn write(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from}:\n{text}");
        fs::write(self.path(name), text.replace(from, to)).unwrap();
    }

    fn problems(&self, quiz: &str) -> Vec<Problem> {
        Content::load(&self.path(quiz)).err().unwrap_or_default()
    }

    /// What is told of a quiz, without what says that words are still to be written.
    fn other_problems(&self, quiz: &str) -> Vec<String> {
        let all = self.problems(quiz);
        assert!(all.iter().any(is_to_write), "nothing is to be written: {all:?}");
        all.iter().filter(|problem| !is_to_write(problem)).map(ToString::to_string).collect()
    }

    /// All files of the content, one after the other.
    fn text(&self) -> String {
        let mut all = String::new();
        each_file(&self.path(""), &mut |path| {
            writeln!(all, "{}\n{}", path.display(), fs::read_to_string(path).unwrap()).unwrap();
        });
        all
    }
}

fn is_to_write(problem: &Problem) -> bool {
    problem.message.starts_with("still to be written: ")
}

fn each_file(folder: &Path, see: &mut impl FnMut(&Path)) {
    for name in crate::project::names_in(folder).unwrap() {
        let path = folder.join(name);
        if path.is_dir() { each_file(&path, see) } else { see(&path) }
    }
}

fn copy(from: &Path, to: &Path) {
    each_file(from, &mut |path| {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(path, target).unwrap();
    });
}

#[test]
fn a_new_quiz_is_sound_and_proved_at_once() {
    let checkout = Checkout::new();
    checkout.new_is("quiz knee-check").unwrap();
    assert_eq!(checkout.problems("knee-check"), []);
    let content = Content::load(&checkout.path("knee-check")).unwrap();
    let proof = verify(&content, &mut |_| {}).unwrap();
    assert!(proof.report.holds(), "{:?}", proof.report);
    assert!(!checkout.read("knee-check/lang/en/interface.toml").contains("pars"));
}

#[test]
fn a_new_question_lacks_its_words_and_its_source_and_nothing_else() {
    for kind in ["one --options well,badly", "many --options well,badly", "scale", "number --min -3 --max 40"] {
        let checkout = Checkout::new();
        checkout.new_is(&format!("question napping --kind {kind}")).unwrap();
        assert_eq!(checkout.other_problems("pars-defect"), [""; 0], "{kind}");
        let told: Vec<String> = checkout.problems("pars-defect").into_iter().map(|problem| problem.file).collect();
        let words = checkout.languages().into_iter().map(|code| format!("lang/{code}/questions.toml"));
        for file in words.chain(["quiz.toml".to_owned()]) {
            assert!(told.contains(&file), "{kind}: nothing is to be written in {file}");
        }
    }
}

#[test]
fn a_new_question_with_its_words_is_sound() {
    let checkout = Checkout::new();
    checkout.new_is("question napping --options well,badly --after guardian").unwrap();
    checkout.write("pars-defect/quiz.toml", "TODO: keys of sources.toml: why it is asked", "project_caution");
    for code in checkout.languages() {
        checkout.write(&format!("pars-defect/lang/{code}/questions.toml"), "TODO: ", "");
    }
    assert_eq!(checkout.problems("pars-defect"), []);
    let content = Content::load(&checkout.path("pars-defect")).unwrap();
    let ids: Vec<&str> = content.logic.questions.iter().take(4).map(|question| &*question.id).collect();
    assert_eq!(ids, ["age", "guardian", "napping", "rf_now"]);
}

#[test]
fn the_rest_of_a_file_stays_as_it_is() {
    let checkout = Checkout::new();
    let names = ["pars-defect/quiz.toml", "pars-defect/lang/es/questions.toml"];
    let before = names.map(|name| checkout.read(name));
    checkout.new_is("question napping --options well --after guardian").unwrap();
    checkout.new_is("section napping_tips").unwrap();
    for (name, before) in names.iter().zip(before) {
        let after = checkout.read(name);
        let mut lines = after.lines();
        for line in before.lines() {
            assert!(lines.any(|other| other == line), "{name} lost, or has elsewhere: {line}");
        }
    }
    let words = checkout.read(names[1]);
    let place = |table: &str| words.find(table).unwrap();
    assert!(place("[guardian.options]") < place("[napping]") && place("[napping.options]") < place("[rf_now]"));
}

#[test]
fn a_new_section_lacks_its_texts_and_a_place_where_it_is_shown() {
    let checkout = Checkout::new();
    checkout.new_is("section napping_tips").unwrap();
    let problems = checkout.other_problems("pars-defect");
    assert!(problems.len() == 1 && problems[0].contains("no advice shows this section"), "{problems:?}");
    checkout.write("pars-defect/quiz.toml", "\"self_care\", ", "\"self_care\", \"napping_tips\", ");
    for code in checkout.languages() {
        checkout.write(&format!("pars-defect/lang/{code}/sections/napping_tips.md"), "TODO: ", "");
    }
    assert_eq!(checkout.problems("pars-defect"), []);
}

#[test]
fn a_new_language_lacks_every_text_and_nothing_else_and_is_sound_with_them() {
    let checkout = Checkout::new();
    checkout.new_is("language qaa").unwrap();
    assert_eq!(checkout.other_problems("pars-defect"), [""; 0]);
    checkout.write("pars-defect/lang/qaa/language.toml", "TODO: ltr or rtl", "ltr");
    each_file(&checkout.path("pars-defect/lang/qaa"), &mut |path| {
        fs::write(path, fs::read_to_string(path).unwrap().replace("TODO: ", "")).unwrap();
    });
    assert_eq!(checkout.problems("pars-defect"), []);
    let content = Content::load(&checkout.path("pars-defect")).unwrap();
    let words = |code: &str| {
        let found = content.languages.iter().find(|language| language.code == code).unwrap();
        (found.leaflet.replace(" lang=\"en\"", ""), found.pack.words.questions.clone())
    };
    assert_eq!(words("qaa"), words("en"));
}

#[test]
fn what_is_there_already_or_is_no_id_is_refused_and_nothing_is_changed() {
    let checkout = Checkout::new();
    for (line, why) in [
        ("question age --options a", "there is a question `age` already"),
        ("question Sleep --options a", "`Sleep` is no id"),
        ("question ../nap --options a", "`../nap` is no id"),
        ("question screens --options a", "choose another id"),
        ("question napping", "--options yes,no"),
        ("question napping --options a,A", "`A` is no id"),
        ("question napping --options a,a", "two options have the same id"),
        ("question napping --kind scale --options a", "a scale has no options"),
        ("question napping --kind scale --min 5 --max 5", "--max must be greater than --min"),
        ("question napping --options a --after nap", "there is no question `nap`; known are age, "),
        ("question napping --options a --quiz content/nap", "is no content folder"),
        ("section imaging", "there is a section `imaging` already"),
        ("section nap-tips", "`nap-tips` is no id"),
        ("language es", "the language `es` is there already"),
        ("language ES", "`ES` is no language code"),
        ("language ../es", "is no language code"),
        ("quiz pars-defect", "is there already"),
        ("quiz ../knee", "`../knee` is no id of a quiz"),
    ] {
        let refused = checkout.refusal(line);
        assert!(refused.contains(why), "{line}: {refused}");
    }
}

#[test]
fn a_file_in_the_way_is_not_written_over() {
    let checkout = Checkout::new();
    fs::write(checkout.path("pars-defect/lang/es/sections/napping_tips.md"), "# Mine\n").unwrap();
    let refused = checkout.refusal("section napping_tips");
    assert!(refused.contains("napping_tips.md is there already, and nothing was written"), "{refused}");
}

#[test]
fn a_quiz_is_found_from_the_current_folder_on_and_from_the_repository() {
    let checkout = Checkout::new();
    let content = checkout.folder.path().join("content");
    let found = |quiz: &str| Of { quiz: quiz.into() }.folder_from(&content, &checkout.project);
    for quiz in ["pars-defect", "content/pars-defect"] {
        assert_eq!(found(quiz).unwrap(), content.join("pars-defect"), "{quiz}");
    }
    assert!(found("nowhere").unwrap_err().to_string().contains("is no content folder"));
}
