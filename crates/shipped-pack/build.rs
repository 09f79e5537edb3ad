//! Turns the content folder into what the browser tests include: there are no files where they run.

use std::path::{Path, PathBuf};
use std::{env, fs};

use quiz_authoring::{Content, assess_all, verify};
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../..");
    let folder = root.join("content/pars-defect");
    println!("cargo::rerun-if-changed={}", folder.display());
    let content = Content::load(&folder).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        format!("content/pars-defect has mistakes\n{}", problems.join("\n"))
    })?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let english = content.languages.iter().find(|language| language.code == "en").ok_or("there is no English")?;
    let pack = english.pack.encode().map_err(|error| format!("the pack can't be written: {error:?}"))?;
    fs::write(out.join("en.pack"), pack)?;
    fs::write(out.join("cases.json"), assessed(&content, &read_cases(&folder.join("cases"))?)?)?;
    fs::write(out.join("flips.json"), serde_json::to_string(&verify(&content, &mut |_| {})?.flips)?)?;
    Ok(())
}

/// All cases of the folder, so that a file added later is not forgotten.
fn read_cases(folder: &Path) -> Outcome<Vec<Value>> {
    let mut files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Outcome<Vec<_>>>()?;
    files.sort();
    let mut cases = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "json")) {
        cases.extend(serde_json::from_str::<Vec<Value>>(&fs::read_to_string(file)?)?);
    }
    Ok(cases)
}

/// The cases, each with what `cargo quiz assess` says of it here, natively.
fn assessed(content: &Content, cases: &[Value]) -> Outcome<String> {
    let answers: Vec<&Value> = cases.iter().filter_map(|case| case.get("answers")).collect();
    let native: Vec<Value> = serde_json::from_str(&assess_all(&content.logic, &serde_json::to_string(&answers)?)?)?;
    if cases.is_empty() || native.len() != cases.len() {
        return Err("there are no cases, or one of them has no answers".into());
    }
    let rows: Vec<Value> =
        cases.iter().zip(native).map(|(case, native)| json!({ "case": case, "native": native })).collect();
    Ok(serde_json::to_string(&rows)?)
}
