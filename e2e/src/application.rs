//! The applications in `e2e/frameworks`, each built with its framework's own tool.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::package::{Package, npm};
use crate::process::printed;
use crate::repository;

/// Checks the types of an application and builds it with the packed package in it; gives the folder that was built.
///
/// # Errors
/// A type is wrong, something can't be built, or `cargo xtask tools` has not installed the framework.
pub fn build_application(name: &str) -> Result<PathBuf> {
    let folder = repository("e2e/frameworks").join(name);
    let modules = folder.join("node_modules");
    ensure!(modules.is_dir(), "{} is missing; `cargo xtask test --all` installs it", modules.display());
    let package = modules.join("pars-check");
    Package::pack()?.unpack_into(&package)?;
    publish(&package, &folder.join("public/pars-check"))?;
    for script in ["check", "build"] {
        printed(npm(&folder).args(["run", "--silent", script]), "")
            .with_context(|| format!("`npm run {script}` in e2e/frameworks/{name}"))?;
    }
    Ok(repository("target/frameworks").join(name))
}

/// Puts the loader and the documents where the application serves files as they are.
fn publish(package: &Path, public: &Path) -> Result<()> {
    fs::create_dir_all(public)?;
    for entry in fs::read_dir(package)? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "html" || kind == "js") {
            fs::copy(&path, public.join(path.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}
