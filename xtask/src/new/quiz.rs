//! A new quiz: the smallest that is sound, with one question, two rules and one section.

use anyhow::{Result, ensure};
use quiz_authoring::is_quiz_id;

use super::edit;
use super::files::{Files, read};
use crate::project::{Project, SHIPPED};

/// Its files, by their names in the content folder. `{id}` in them is the quiz's id.
const FILES: [(&str, &str); 10] = [
    ("quiz.toml", include_str!("quiz/quiz.toml")),
    ("properties.toml", include_str!("quiz/properties.toml")),
    ("sources.toml", include_str!("quiz/sources.toml")),
    ("review.toml", include_str!("quiz/review.toml")),
    ("README.md", include_str!("quiz/README.md")),
    ("cases/all.json", include_str!("quiz/cases/all.json")),
    ("lang/en/language.toml", include_str!("quiz/lang/en/language.toml")),
    ("lang/en/questions.toml", include_str!("quiz/lang/en/questions.toml")),
    ("lang/en/outcomes.toml", include_str!("quiz/lang/en/outcomes.toml")),
    ("lang/en/sections/warning_signs.md", include_str!("quiz/lang/en/sections/warning_signs.md")),
];

/// Where the words of the page stand.
const PHRASES: &str = "lang/en/interface.toml";

/// Phrases that say of which quiz they are; all others are those of the quiz that is distributed.
const OWN_PHRASES: [(&str, &str); 6] = [
    ("opening_title", "A new self-check"),
    ("opening_what", "Say here whom this check is for and what it tells them."),
    ("scale_of", "{value} out of {max}"),
    ("figure_press", "You can press the picture or the boxes."),
    ("leaflet_title", "A new self-check: the guidance"),
    ("leaflet_intro", "This is the guidance of the check without the questions."),
];

/// The files in which it is written.
pub(super) fn files(project: &Project, id: &str) -> Result<Files> {
    ensure!(is_quiz_id(id), "`{id}` is no id of a quiz: use small letters, digits and -, a letter first");
    let folder = project.path("content").join(id);
    ensure!(!folder.exists(), "{} is there already; choose another id", folder.display());
    let mut files = Files::of(&folder);
    for (name, text) in FILES {
        files.make(name, text.replace("{id}", id));
    }
    let mut phrases = edit::parse(&read(&project.path("content").join(SHIPPED).join(PHRASES))?)?;
    for (key, text) in OWN_PHRASES {
        if let Some(phrase) = phrases.get_mut(key) {
            *phrase = toml_edit::value(text);
        }
    }
    files.make(PHRASES, phrases.to_string());
    Ok(files)
}
