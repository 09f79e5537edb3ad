//! How a visitor can check that nothing is sent: three steps that stay closed until somebody asks.
//!
//! Plain markup outside the quiz and the leaflet, so it is there in every state of the document, with scripts or without.

use anyhow::Result;
use quiz_authoring::Language;

use crate::dist::document_name;
use crate::leaflet::{escaped, phrase};

/// What stands for the command in the words of a language.
const COMMAND: &str = "{command}";

/// The steps, each a phrase of `interface.toml`.
const STEPS: [&str; 3] = ["proof_offline", "proof_network", "proof_hash"];

/// The markup.
pub(crate) fn markup(language: &Language) -> Result<String> {
    let command = format!("<code>sha384sum {}</code>", escaped(&document_name(language)));
    let step = |key: &str| Ok(format!("<li>{}</li>\n", phrase(language, key)?.replace(COMMAND, &command)));
    let steps = STEPS.into_iter().map(step).collect::<Result<String>>()?;
    let title = phrase(language, "proof_title")?;
    Ok(format!("<details class=\"proof\">\n<summary>{title}</summary>\n<ol>\n{steps}</ol>\n</details>\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    #[test]
    fn it_is_closed_and_names_the_file_in_its_own_language() {
        let content = Project::find().unwrap().content().unwrap();
        let markup = markup(&content.languages[0]).unwrap();
        assert!(markup.starts_with("<details class=\"proof\">\n<summary>"), "{markup}");
        assert!(markup.contains("<code>sha384sum pars-check.en.html</code>"), "{markup}");
        assert_eq!(markup.matches("<li>").count(), 3, "{markup}");
        assert!(!markup.contains(COMMAND), "{markup}");
    }
}
