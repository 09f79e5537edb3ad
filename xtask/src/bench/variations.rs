//! Today's document as it would be with more in it: ten times the questions, ten languages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use quiz_authoring::{Content, Language, pseudo};

use super::sealed::{bundles_of, engine_of};
use super::tenfold;
use crate::document;
use crate::project::{Project, SHIPPED};

/// Languages beside English and Spanish, by code and by their own name: those that clinics in the United States would
/// ask for first, as far as their names' length counts.
const MORE: [(&str, &str); 8] = [
    ("zh", "中文"),
    ("tl", "Tagalog"),
    ("vi", "Tiếng Việt"),
    ("ar", "العربية"),
    ("fr", "Français"),
    ("ko", "한국어"),
    ("ru", "Русский"),
    ("de", "Deutsch"),
];

/// Seals both with the scripts, styles and engine of a distribution, into a folder.
pub(super) fn write(project: &Project, dist: &Path, folder: &Path) -> Result<()> {
    let file = dist.join("pars-check.en.html");
    let today = fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
    let engine = engine_of(&today)?;
    let bundles = bundles_of(&today)?;
    let seal = |all: &[Language]| document::seal(english(all)?, all, &bundles, engine);

    let mut content = project.content()?;
    ensure!(
        seal(&content.languages)? == today,
        "{} is not what these sources make; build it again with `cargo xtask dist`",
        file.display()
    );
    add_languages(&mut content)?;
    let quiz = project.target("bench/tenfold");
    tenfold::write(&project.path("content").join(SHIPPED), &quiz)?;
    let tenfold = Content::load_without_cases(&quiz).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow!("{} has mistakes\n{}", quiz.display(), problems.join("\n"))
    })?;
    fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))?;
    put(&folder.join("ten-languages.en.html"), &seal(&content.languages)?)?;
    put(&folder.join("tenfold.en.html"), &seal(&tenfold.languages)?)
}

/// Adds languages that nobody has written yet: only their names reach the English document.
fn add_languages(content: &mut Content) -> Result<()> {
    for (code, name) in MORE {
        let made_up = pseudo(english(&content.languages)?);
        content.languages.push(Language { code: code.to_owned(), name: name.to_owned(), ..made_up });
    }
    Ok(())
}

fn english(all: &[Language]) -> Result<&Language> {
    all.iter().find(|language| language.code == "en").context("there is no English")
}

fn put(file: &Path, document: &str) -> Result<()> {
    fs::write(file, document).with_context(|| format!("{} can't be written", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_ten_languages_then() {
        let mut content = Project::find().unwrap().content().unwrap();
        add_languages(&mut content).unwrap();
        assert_eq!(content.languages.len(), 10);
    }
}
