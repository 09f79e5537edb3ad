//! The scripts and styles of the sealed document, each bundled into one piece by esbuild.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::process;
use crate::project::Project;
use crate::tools::BuildTools;

/// The oldest browsers that the documents run in.
const BROWSERS: &str = "--target=chrome109,firefox115,safari16.4";

/// Goes around each script: whatever a browser that nobody thought of lacks, the visitor has the leaflet, and the
/// console one calm line. A syntax that a browser does not know ends a script before it begins, with the same outcome.
const TRY: &str = "--banner:js=try{";
/// The same for a script of which nearly every function is called at once: the comment has Chromium compile them
/// together, where it would compile each at its first call.
const TRY_ALL: &str = "--banner:js=//# allFunctionsCalledOnLoad\ntry{";
const CATCH: &str = "--footer:js=}catch(error){\
    console.error(\"pars-check: the leaflet takes the place of the questions.\",error);\
    document.documentElement.className=\"failed\";\
    document.getElementById(\"app\").textContent=\"\"}";

/// What the sealed document's own start needs of wasm-bindgen's glue. The glue keeps both to itself, for its own
/// start would fetch the engine.
const GLUE_NAMES: [&str; 2] = ["__wbg_get_imports", "__wbg_finalize_init"];

/// Globals that the glue does not take from the document but is given, by `src/host/imports.js`.
const GLUE_GLOBALS: [&str; 4] = ["self", "queueMicrotask", "setInterval", "clearInterval"];

/// The file in `target/` that holds the glue as it goes into the second script.
pub(crate) const GLUE: &str = "seal/make-glue.js";

/// Scripts and styles, ready to be put inline.
#[derive(Debug)]
pub(crate) struct Bundles {
    /// The glue in the script that starts the engine, by itself, for the audit.
    pub(crate) glue: String,
    /// The script before the first input.
    pub(crate) early: String,
    /// The script that starts the engine, with the glue.
    pub(crate) main: String,
    /// All styles.
    pub(crate) css: String,
}

/// Bundles everything.
pub(crate) fn all(project: &Project, tools: &BuildTools, glue: &str) -> Result<Bundles> {
    let glue = prepare_glue(project, tools, glue, &project.target("seal"))?;
    let alias = format!("--alias:pars-check-glue={}", glue.display());
    let glue = fs::read_to_string(&glue).with_context(|| format!("{} can't be read", glue.display()))?;
    let script = |file: &str, more: &[&str]| {
        let arguments = [&["--bundle", "--format=iife", CATCH], more].concat();
        esbuild(project, tools, &project.path(file), &arguments)
    };
    let early = script("src/host/early.js", &[TRY])?;
    let main = script("src/host/boot.js", &[TRY_ALL, &alias])?;
    let css = esbuild(project, tools, &project.path("styles/index.css"), &["--bundle"])?;
    for (name, script) in [("early.js", &early), ("boot.js with the glue", &main)] {
        check_script(script).with_context(|| format!("src/host/{name} can't be sealed"))?;
    }
    ensure!(!css.contains("</"), "the styles have `</` in them, which could end their element");
    Ok(Bundles { glue, early, main, css })
}

/// A page's script in one piece: a page that asks for each of its modules is slow where the server is far.
pub(crate) fn page(project: &Project, tools: &BuildTools, script: &Path) -> Result<String> {
    esbuild(project, tools, script, &["--bundle", "--format=esm"])
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

/// The glue as a function that makes it anew for each engine, with the globals that it is given.
///
/// As a module it would live as long as the document, and what an engine that is gone left behind would call into the
/// next one.
fn prepare_glue(project: &Project, tools: &BuildTools, from: &str, to: &Path) -> Result<PathBuf> {
    fs::create_dir_all(to).with_context(|| format!("{} can't be made", to.display()))?;
    let whole = to.join("glue.js");
    write(&whole, &let_out(from)?)?;
    let mut esbuild = process::command(&tools.npm.esbuild);
    esbuild.current_dir(project.root()).arg(&whole);
    esbuild.args(["--bundle", "--format=esm", "--external:./snippets/*", "--log-level=error"]);
    let module = process::output(&mut esbuild).context("the glue can't be bundled")?;
    let factory = project.target(GLUE);
    write(&factory, &as_factory(&module)?)?;
    Ok(factory)
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("{} can't be written", path.display()))
}

/// Lets out what the sealed document needs, and nothing else, so that the rest is left out.
fn let_out(glue: &str) -> Result<String> {
    for name in GLUE_NAMES {
        ensure!(
            glue.contains(&format!("function {name}(")),
            "wasm-bindgen's glue has no function `{name}` any more; see what its `initSync` calls now, and adapt \
             xtask/src/bundle.rs and src/host/engine.js"
        );
    }
    let (body, _) = glue.rsplit_once("\nexport {").context("wasm-bindgen's glue has no `export` at its end")?;
    Ok(format!("{body}\nexport {{ {} }};\n", GLUE_NAMES.join(", ")))
}

/// The module as the body of a function: what it imports is given to it, what it exports it returns.
fn as_factory(module: &str) -> Result<String> {
    let (body, exports) = module.rsplit_once("\nexport {").context("the bundled glue has no `export` at its end")?;
    let mut given = String::new();
    for line in body.lines() {
        let Some(import) = line.strip_prefix("import ") else {
            given.extend([line, "\n"]);
            continue;
        };
        // All are of the same snippet, which is the host.
        let (names, _) = import.split_once(" from ").context("an import of the glue has more than a line")?;
        let names = names.strip_prefix("* as ").map_or_else(|| names.replace(" as ", ": "), str::to_owned);
        given.extend(["const ", &names, " = host;\n"]);
    }
    let globals = GLUE_GLOBALS.join(", ");
    Ok(format!("export const makeGlue = (host, {{ {globals} }}) => {{\n{given}return {{{exports}\n}};\n"))
}

/// Fails if a script holds what an HTML parser would act on or alter. What it may reach for is the audit's business.
fn check_script(script: &str) -> Result<()> {
    for markup in ["</script", "<script", "<!--", "\r", "\0"] {
        ensure!(
            !script.to_ascii_lowercase().contains(markup),
            "it holds {markup:?}, which an HTML parser takes for its own"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_script_element_is_found() {
        for script in ["\"</script>\"", "\"</SCRIPT\"", "\"<!--\"", "a\rb"] {
            assert!(check_script(script).is_err(), "{script}");
        }
    }

    #[test]
    fn a_module_becomes_a_function_that_is_given_what_it_imports() {
        let module = "// glue\nimport { focus, print as print2 } from \"./host.js\";\nimport * as all from \"./host.js\";\n\
                      function start() {}\nexport {\n  start\n};";
        let factory = as_factory(module).unwrap();
        let body = factory.split_once("=> {\n").unwrap().1;
        assert_eq!(
            body,
            "// glue\nconst { focus, print: print2 } = host;\nconst all = host;\nfunction start() {}\nreturn {\n  start\n};\n};\n"
        );
        assert!(as_factory("import {\n a } from \"b\";\nexport {};").is_err());
        assert!(as_factory("function start() {}").is_err());
    }

    #[test]
    fn glue_that_changed_is_an_error_in_words() {
        let glue = "function __wbg_get_imports() {}\nfunction __wbg_finalize_init(a, b) {}\nexport { initSync };\n";
        assert!(let_out(glue).unwrap().ends_with("{}\nexport { __wbg_get_imports, __wbg_finalize_init };\n"));
        let error = let_out("function __wbg_get_imports() {}\nexport {};").unwrap_err().to_string();
        assert!(error.contains("`__wbg_finalize_init`"), "{error}");
    }
}
