//! The scripts and styles of the sealed document, each bundled into one piece by esbuild.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::process;
use crate::project::Project;
use crate::tools::BuildTools;

/// The oldest browsers that the documents run in.
const BROWSERS: &str = "--target=chrome109,firefox115,safari16.4";

/// What the sealed document's own start needs of wasm-bindgen's glue. The glue keeps both to itself, for its own
/// start would fetch the engine.
const GLUE_NAMES: [&str; 2] = ["__wbg_get_imports", "__wbg_finalize_init"];

/// What no script in a sealed document may do.
const FORBIDDEN: [&str; 4] = ["fetch(", "XMLHttpRequest", "import.meta", "eval("];

/// Scripts and styles, ready to be put inline.
#[derive(Debug)]
pub(crate) struct Bundles {
    /// The script before the first input.
    pub(crate) early: String,
    /// The script that starts the engine, with the glue.
    pub(crate) main: String,
    /// All styles.
    pub(crate) css: String,
}

/// Bundles everything.
pub(crate) fn all(project: &Project, tools: &BuildTools, glue: &Path) -> Result<Bundles> {
    let glue = prepare_glue(glue, &project.target("seal"))?;
    let alias = format!("--alias:pars-check-glue={}", glue.display());
    let script = |file: &str, more: &[&str]| {
        let arguments = [&["--bundle", "--format=iife"], more].concat();
        esbuild(project, tools, &project.path(file), &arguments)
    };
    let early = script("src/host/early.js", &[])?;
    let main = script("src/host/boot.js", &[&alias])?;
    let css = esbuild(project, tools, &project.path("styles/index.css"), &["--bundle"])?;
    for (name, script) in [("early.js", &early), ("boot.js with the glue", &main)] {
        check_script(script).with_context(|| format!("src/host/{name} can't be sealed"))?;
    }
    ensure!(!css.contains("</"), "the styles have `</` in them, which could end their element");
    Ok(Bundles { early, main, css })
}

/// The custom element as it is served.
pub(crate) fn loader(project: &Project, tools: &BuildTools) -> Result<String> {
    esbuild(project, tools, &project.path("embed/pars-check.js"), &["--format=esm"])
}

fn esbuild(project: &Project, tools: &BuildTools, file: &Path, arguments: &[&str]) -> Result<String> {
    let mut esbuild = process::command(&tools.npm.esbuild);
    esbuild.current_dir(project.root()).arg(file).args(arguments);
    esbuild.args(["--minify", BROWSERS, "--charset=utf8", "--legal-comments=none", "--log-level=error"]);
    let bundled = process::output(&mut esbuild).with_context(|| format!("{} can't be bundled", file.display()))?;
    Ok(bundled.trim_end().to_owned())
}

/// A copy of the glue that lets out what the sealed document needs.
fn prepare_glue(from: &Path, to: &Path) -> Result<PathBuf> {
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("{} can't be emptied", to.display()))?;
    }
    copy_folder(&from.join("snippets"), &to.join("snippets"))?;
    let original = from.join("pars-check.js");
    let text = fs::read_to_string(&original).with_context(|| format!("{} can't be read", original.display()))?;
    let file = to.join("pars-check.js");
    fs::write(&file, let_out(&text)?).with_context(|| format!("{} can't be written", file.display()))?;
    Ok(file)
}

fn let_out(glue: &str) -> Result<String> {
    for name in GLUE_NAMES {
        ensure!(
            glue.contains(&format!("function {name}(")),
            "wasm-bindgen's glue has no function `{name}` any more; see what its `initSync` calls now, and adapt \
             xtask/src/bundle.rs and src/host/boot.js"
        );
    }
    Ok(format!("{glue}\nexport {{ {} }};\n", GLUE_NAMES.join(", ")))
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("{} can't be made", to.display()))?;
    if !from.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(from).with_context(|| format!("{} can't be read", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| format!("{} can't be copied", entry.path().display()))?;
        }
    }
    Ok(())
}

/// Fails if a script could reach out, or holds what an HTML parser would act on or alter.
fn check_script(script: &str) -> Result<()> {
    if let Some(found) = FORBIDDEN.into_iter().find(|forbidden| uses(script, forbidden)) {
        bail!("it uses `{found}`");
    }
    for markup in ["</script", "<script", "<!--", "\r", "\0"] {
        ensure!(
            !script.to_ascii_lowercase().contains(markup),
            "it holds {markup:?}, which an HTML parser takes for its own"
        );
    }
    Ok(())
}

/// Whether a script has these words as code: not in the middle of another name, and not as a quoted name, for the
/// lockdown names what it takes away.
fn uses(script: &str, words: &str) -> bool {
    script.match_indices(words).any(|(at, _)| {
        let before = script.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|before| before.is_alphanumeric() || "_$\"'`".contains(before))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reaching_out_is_found() {
        for script in ["fetch(x)", "a.fetch(x)", "new XMLHttpRequest", "import.meta.url", ";eval(a)", "(0,eval(a))"] {
            assert!(check_script(script).is_err(), "{script}");
        }
    }

    #[test]
    fn names_that_are_taken_away_or_only_sound_alike_pass() {
        for script in ["delete self[\"XMLHttpRequest\"]", "prefetch(x)", "retrieval(x)", "_eval(x)"] {
            assert!(check_script(script).is_ok(), "{script}");
        }
    }

    #[test]
    fn what_ends_a_script_element_is_found() {
        for script in ["\"</script>\"", "\"</SCRIPT\"", "\"<!--\"", "a\rb"] {
            assert!(check_script(script).is_err(), "{script}");
        }
    }

    #[test]
    fn glue_that_changed_is_an_error_in_words() {
        let glue = "function __wbg_get_imports() {}\nfunction __wbg_finalize_init(a, b) {}\n";
        assert!(let_out(glue).unwrap().ends_with("export { __wbg_get_imports, __wbg_finalize_init };\n"));
        let error = let_out("function __wbg_get_imports() {}").unwrap_err().to_string();
        assert!(error.contains("`__wbg_finalize_init`"), "{error}");
    }
}
