//! Turns a content folder into what the application includes: the pack that the component shows, and the guidance.

use std::path::{Path, PathBuf};
use std::{env, fs};

use quiz_authoring::Content;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../content/pars-defect");
    println!("cargo::rerun-if-changed={}", folder.display());
    let content = Content::load(&folder).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        format!("the content has mistakes\n{}", problems.join("\n"))
    })?;
    let english = content.languages.iter().find(|language| language.code == "en").ok_or("there is no English")?;
    let pack = english.pack.encode().map_err(|error| format!("the pack can't be written: {error:?}"))?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("en.pack"), pack)?;
    fs::write(out.join("guidance.html"), &english.leaflet)?;
    Ok(())
}
