//! The applications in `e2e/frameworks`, each built with its framework's own tool.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// Builds the application in Yew, which holds the crate's component and not the element; gives the folder that was built.
///
/// # Errors
/// It can't be built, or there is no Trunk.
pub fn build_yew_application() -> Result<PathBuf> {
    let mut trunk = Command::new("trunk");
    trunk.args(["build", "--quiet"]).current_dir(repository("e2e/frameworks/yew"));
    printed(&mut trunk, "").context("`trunk build` in e2e/frameworks/yew; `cargo xtask tools` installs Trunk")?;
    Ok(repository("target/frameworks/yew"))
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
