//! The pinned versions of the tools that Cargo installs, in one place, and how versions are read.
//!
//! Those from npm are pinned in `tools/package.json` and `e2e/npm/package.json`, but for those that are fetched by themselves.

use anyhow::{Context, Result, ensure};

use super::{CargoTool, PackedPackage};
use crate::process;
use crate::project::Project;

pub(super) const WASM_BINDGEN: CargoTool = CargoTool {
    program: "wasm-bindgen",
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    // Without --locked: the lock file in this release names a dependency that some registries don't carry yet.
    arguments: &[],
};

pub(super) const TRUNK: CargoTool = CargoTool {
    program: "trunk",
    package: "trunk",
    version: "0.21.14",
    // Without its self-update, and with a TLS that needs no library of the system.
    arguments: &["--locked", "--no-default-features", "--features", "rustls"],
};

pub(super) const WASM_PACK: CargoTool =
    CargoTool { program: "wasm-pack", package: "wasm-pack", version: "0.15.1", arguments: &["--locked"] };

pub(super) const CARGO_DENY: CargoTool =
    CargoTool { program: "cargo-deny", package: "cargo-deny", version: "0.20.2", arguments: &["--locked"] };

pub(super) const CARGO_FUZZ: CargoTool =
    CargoTool { program: "cargo-fuzz", package: "cargo-fuzz", version: "0.13.2", arguments: &["--locked"] };

pub(super) const GECKODRIVER: CargoTool =
    CargoTool { program: "geckodriver", package: "geckodriver", version: "0.37.1", arguments: &["--locked"] };

/// What clinics' systems show questionnaires with. `npm ci` of it does not come to an end.
pub(super) const LFORMS: PackedPackage = PackedPackage {
    name: "lforms",
    version: "40.1.3",
    integrity: "sha512-WLruTm+BcVnafC0rSAQ3/cNqhxvclBUxyBG68aub/uha2NaK9H8ZZcEXTTuORuGzzCt0wa7fvhuieZtcDIdPzQ==",
    files: &[
        "LICENSE.md",
        "dist/lforms/fhir/R4/lformsFHIR.min.js",
        "dist/lforms/webcomponent/assets/lib/zone.min.js",
        "dist/lforms/webcomponent/lhc-forms.js",
        "dist/lforms/webcomponent/styles.css",
    ],
};

/// What the benchmark measures the check beside; the other half is its interface.
pub(super) const SURVEY_CORE: PackedPackage = PackedPackage {
    name: "survey-core",
    version: "2.5.38",
    integrity: "sha512-uI/5ocM08K3LKCa6M1njs8YbRuuF/4vxfAFwyo0RaImoAVdGKkayxt2gNqapTOb0qwYX6OFdDTkEqSMgjYsW8g==",
    files: &["survey-core.fontless.min.css", "survey.core.min.js"],
};

pub(super) const SURVEY_JS_UI: PackedPackage = PackedPackage {
    name: "survey-js-ui",
    version: "2.5.38",
    integrity: "sha512-BZ+zQlt/PvR76MgD0lrlD2rZjOoQ78Qt1mdpxpHngVufD6sJUTI3xGOJGiYYLxVh328YtU06TO8vbhXxpDbz5w==",
    files: &["survey-js-ui.min.js"],
};

/// WordPress with a plug-in by which its database is a file. It is fetched by itself, for what it holds of other versions is
/// not needed. The scripts and styles of its editor lie beside the archive.
pub(super) const WORDPRESS: PackedPackage = PackedPackage {
    name: "@wp-playground/wordpress-builds",
    version: "0.9.19",
    integrity: "sha512-dlqvh/MJDpE5W68vgPPKUjpip6zMuBh59L3D18ZX+pdwurC4q4ydrTww/3sTMV69BBcoH6kF93YtAtujNC5Mpw==",
    files: &[
        "src/sqlite-database-integration/sqlite-database-integration.zip",
        "src/wordpress/wp-6.5.zip",
        "public/wp-6.5/wp-admin",
        "public/wp-6.5/wp-includes",
    ],
};

/// The version that a program prints, as in `trunk 0.21.14`.
pub(super) fn printed_by(program: &std::path::Path) -> Option<String> {
    let printed = process::output(process::command(program).arg("--version")).ok()?;
    in_text(&printed).map(str::to_owned)
}

/// The first word that looks like a version.
fn in_text(text: &str) -> Option<&str> {
    let words = text.split_whitespace().map(|word| word.trim_start_matches('v'));
    words.into_iter().find(|word| word.starts_with(|first: char| first.is_ascii_digit()) && word.contains('.'))
}

/// The first number of a version.
pub(super) fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// Fails unless the library's version in Cargo.lock is that of the pinned program: they only work together.
pub(super) fn check_lock(project: &Project) -> Result<()> {
    let lock = std::fs::read_to_string(project.path("Cargo.lock")).context("Cargo.lock can't be read")?;
    let locked = locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    ensure!(
        locked == WASM_BINDGEN.version,
        "Cargo.lock has wasm-bindgen {locked}, but the pinned program is {pinned}, and they only work together. \
         Either run `cargo update -p wasm-bindgen --precise {pinned}`, or change the version in \
         xtask/src/tools/versions.rs, Trunk.toml and Cargo.toml to {locked}",
        pinned = WASM_BINDGEN.version,
    );
    Ok(())
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let lock: toml::Table = lock.parse().ok()?;
    let packages = lock.get("package")?.as_array()?;
    let found = packages.iter().find(|each| each.get("name").and_then(toml::Value::as_str) == Some(package))?;
    found.get("version")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_programs_print_them() {
        for (printed, version) in [
            ("trunk 0.21.14\n", Some("0.21.14")),
            ("wasm-bindgen 0.2.130", Some("0.2.130")),
            ("v20.20.2", Some("20.20.2")),
            ("rustc 1.95.0 (59807616e 2026-04-14)", Some("1.95.0")),
            ("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)", Some("156.0.8078.79")),
            ("Mozilla Firefox 140.10.2esr", Some("140.10.2esr")),
            ("geckodriver 0.37.1 ( 2026-04-27)", Some("0.37.1")),
            ("ChromeDriver 156.0.8078.79 (a21ce95)", Some("156.0.8078.79")),
            ("no version here", None),
        ] {
            assert_eq!(in_text(printed), version, "{printed}");
        }
        assert_eq!(major("156.0.8078.79"), Some(156));
        assert_eq!(major(""), None);
    }

    #[test]
    fn the_locked_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-test\"\nversion = \"0.3.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
