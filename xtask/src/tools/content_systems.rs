//! The content systems in which the recipes of `docs/how-to/content-systems.md` are tried. Only the long runs need them.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::system_program::{self, SystemProgram, ensure_all};
use super::versions::{self, WORDPRESS};
use crate::process;
use crate::project::Project;

const HUGO: SystemProgram = SystemProgram { variable: "HUGO", names: &["hugo"], package: "hugo" };

/// With a web server of its own, in which WordPress runs.
const PHP: SystemProgram = SystemProgram { variable: "PHP", names: &["php"], package: "php-cli" };

/// What PHP needs to have a database in a file.
const PHP_SQLITE: SystemProgram = SystemProgram { variable: "PHP", names: &["php"], package: "php-sqlite3" };

/// Finds or installs them, and gives each by the variable in which the end-to-end tests look for it.
pub(super) fn ensure(project: &Project) -> Result<Vec<(&'static str, PathBuf)>> {
    WORDPRESS.ensure(project)?;
    let [hugo, php] = ensure_all([&HUGO, &PHP])?;
    if !has_sqlite(&php) {
        system_program::install(&[&PHP_SQLITE])?;
        ensure!(has_sqlite(&php), "php-sqlite3 was installed, yet {} has no pdo_sqlite", php.display());
    }
    eprintln!("  php {}: {}", versions::printed_by(&php).unwrap_or_default(), php.display());
    eprintln!("  hugo: {}", hugo.display());
    Ok(vec![(HUGO.variable, hugo), (PHP.variable, php)])
}

fn has_sqlite(php: &Path) -> bool {
    process::output(process::command(php).arg("-m")).is_ok_and(|modules| modules.contains("pdo_sqlite"))
}
