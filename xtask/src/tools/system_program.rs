//! Programs that come from the system's packages, and files that they load.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::process;

/// A program, or a file that one loads, and where it may come from.
#[derive(Debug)]
pub(super) struct SystemProgram {
    /// The variable of the environment that may name it, and in which the tests find it.
    pub(super) variable: &'static str,
    /// The names and places under which systems have it.
    pub(super) names: &'static [&'static str],
    /// Debian's package.
    pub(super) package: &'static str,
}

impl SystemProgram {
    /// What the variable names, or else what is installed.
    fn find(&self) -> Option<PathBuf> {
        let wanted = env::var(self.variable).ok();
        wanted.as_deref().into_iter().chain(self.names.iter().copied()).find_map(found)
    }
}

/// A program by its name or place, or a file at its place.
fn found(name: &str) -> Option<PathBuf> {
    let file = Path::new(name);
    which::which(name).ok().or_else(|| (file.is_absolute() && file.is_file()).then(|| file.to_owned()))
}

/// Finds all of these, or installs those that are missing.
pub(super) fn ensure_all<const N: usize>(programs: [&SystemProgram; N]) -> Result<[PathBuf; N]> {
    let missing: Vec<&SystemProgram> = programs.into_iter().filter(|program| program.find().is_none()).collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    let mut found = programs.map(|_| PathBuf::new());
    for (path, program) in found.iter_mut().zip(programs) {
        *path = program.find().with_context(|| {
            format!("the package {} was installed, yet {} isn't found", program.package, program.names.join(" or "))
        })?;
    }
    Ok(found)
}

/// Installs the packages of these, where that can be done.
pub(super) fn install(missing: &[&SystemProgram]) -> Result<()> {
    let packages: Vec<&str> = missing.iter().map(|program| program.package).collect();
    let variables: Vec<&str> = missing.iter().map(|program| program.variable).collect();
    ensure!(
        Path::new("/etc/debian_version").exists() && is_root() && which::which("apt-get").is_ok(),
        "the tests need programs that are not here; install them by hand (on Debian, as root: apt-get install {}) or \
         name them in {}",
        packages.join(" "),
        variables.join(", ")
    );
    apt_get("reading the system's package lists (apt-get update)", &["update"])?;
    let arguments = [&["install", "-y"], packages.as_slice()].concat();
    apt_get(&format!("installing {} (apt-get install)", packages.join(", ")), &arguments)
}

fn apt_get(what: &str, arguments: &[&str]) -> Result<()> {
    process::with_progress(what, process::command("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn is_root() -> bool {
    process::output(process::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_program_is_found_at_its_place_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let module = folder.path().join("module.so");
        assert_eq!(found(module.to_str().unwrap()), None);
        std::fs::write(&module, "").unwrap();
        assert_eq!(found(module.to_str().unwrap()), Some(module));
        assert_eq!(found("module.so"), None);
    }
}
