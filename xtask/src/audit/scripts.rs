//! The scripts' names: globals, and properties of whatever. A script can reach only what it can name.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::compare;
use crate::process;
use crate::project::Project;
use crate::tools::Npm;

const LIST: &str = "audit/scripts.toml";

/// What is known of a script.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    /// Each global that it names, and what for.
    globals: BTreeMap<String, String>,
    /// Each property that it names.
    members: BTreeSet<String>,
    /// How often it reaches for a property whose name is only known later.
    computed: usize,
}

/// What a script names, as `tools/script-names.mjs` finds it.
#[derive(Deserialize)]
struct Found {
    globals: BTreeSet<String>,
    members: BTreeSet<String>,
    computed: usize,
    imported: usize,
}

/// Fails unless each script names exactly what is listed for it.
pub(super) fn check(project: &Project, npm: &Npm, scripts: &[(&str, &str)]) -> Result<()> {
    let list = std::fs::read_to_string(project.path(LIST)).with_context(|| format!("{LIST} can't be read"))?;
    let list: BTreeMap<String, Listed> = toml::from_str(&list).with_context(|| format!("{LIST} has a mistake"))?;
    let found = names(project, npm, scripts)?;
    for ((name, _), found) in scripts.iter().zip(found) {
        let listed = list.get(*name).with_context(|| format!("{LIST} has no [{name}]"))?;
        compare_script(name, &found, listed)?;
    }
    Ok(())
}

fn names(project: &Project, npm: &Npm, scripts: &[(&str, &str)]) -> Result<Vec<Found>> {
    let folder = project.target("audit");
    std::fs::create_dir_all(&folder).with_context(|| format!("{} can't be made", folder.display()))?;
    let mut node = process::command(&npm.node);
    node.arg(project.path("tools/script-names.mjs"));
    for (name, text) in scripts {
        // The glue is a module that lets out one function; the others are classic scripts.
        let file = folder.join(if *name == "glue" { "glue.mjs".to_owned() } else { format!("{name}.js") });
        std::fs::write(&file, text).with_context(|| format!("{} can't be written", file.display()))?;
        node.arg(file);
    }
    Ok(serde_json::from_str(&process::output(&mut node)?)?)
}

fn compare_script(name: &str, found: &Found, listed: &Listed) -> Result<()> {
    compare(
        &format!("the script `{name}` (globals)"),
        LIST,
        &found.globals,
        &listed.globals.keys().cloned().collect(),
    )?;
    compare(&format!("the script `{name}` (members)"), LIST, &plain(&found.members), &listed.members)?;
    ensure!(found.imported == 0, "the script `{name}` imports, or asks where it comes from");
    ensure!(
        found.computed == listed.computed,
        "the script `{name}` reaches {} times for a property whose name is only known later, {LIST} says {}; look at \
         each and set `computed`",
        found.computed,
        listed.computed
    );
    Ok(())
}

/// Names without the hash that the compiler puts behind those of the engine's own functions.
fn plain(names: &BTreeSet<String>) -> BTreeSet<String> {
    let is_hash = |hash: &str| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let stem = |name: &String| match name.rsplit_once("_h") {
        Some((stem, hash)) if is_hash(hash) => format!("{stem}_h…"),
        _ => name.clone(),
    };
    names.iter().map(stem).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools;

    /// Each test has a name of its own, for they run at the same time and each is written to a file.
    fn found(name: &str, script: &str) -> Found {
        let project = Project::find().unwrap();
        let npm = tools::for_auditing(&project).unwrap();
        names(&project, &npm, &[(name, script)]).unwrap().remove(0)
    }

    #[test]
    fn a_script_is_known_by_the_globals_and_properties_that_it_names() {
        let found = found(
            "probe-names",
            "const own = (fetch, x) => fetch(x); own(a.b, c['d']); ({ send: own }); const { beacon: e, ...f } = g; \
             e?.h[f]; import('x'); eval?.('1'); class K { #p = 1; q() { return this.#p } } new K().q()",
        );
        assert_eq!(found.globals.iter().collect::<Vec<_>>(), ["a", "c", "eval", "g"]);
        assert_eq!(found.members.iter().collect::<Vec<_>>(), ["b", "beacon", "d", "h", "p", "q"]);
        assert_eq!((found.computed, found.imported), (1, 1));
    }

    #[test]
    fn a_name_that_is_not_listed_a_computed_one_and_an_import_fail() {
        let listed = |computed| Listed {
            globals: [("document".to_owned(), "the page".to_owned())].into(),
            members: ["title".to_owned()].into(),
            computed,
        };
        let check = |script: &str| compare_script("probe", &found("probe-compared", script), &listed(0));
        check("document.title").unwrap();
        for script in [
            "document.title; fetch",
            "document.title.open",
            "document.title; import('x')",
            "document.title; document[document]",
        ] {
            assert!(check(script).is_err(), "{script}");
        }
        assert!(compare_script("probe", &found("probe-compared", "document.title"), &listed(1)).is_err());
    }

    #[test]
    fn the_compilers_hashes_are_left_out() {
        let names = ["invoke_h0123456789abcdef", "the_hour"].map(str::to_owned).into();
        assert_eq!(plain(&names).into_iter().collect::<Vec<_>>(), ["invoke_h…", "the_hour"]);
    }
}
