//! A WordPress of the tests' own: the one that `cargo xtask test --all` fetched, under PHP's built-in server, with its
//! database in a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use e2e::{Listening, dist, python, repository};
use serde::Deserialize;
use serde_json::{Value, json};

/// The package that holds it, and what of it is used.
const PACKAGE: &str = "target/npm/@wp-playground/wordpress-builds";

/// WordPress, until this is dropped.
pub(crate) struct WordPress {
    server: Listening,
    installed: Installed,
    _folder: tempfile::TempDir,
}

/// What `setup.php` prints.
#[derive(Deserialize)]
struct Installed {
    version: String,
    /// For programs, by role.
    passwords: BTreeMap<String, String>,
    /// The person's own, by role.
    own: BTreeMap<String, String>,
}

/// A post as WordPress saved it.
pub(crate) struct Post {
    /// Where it is published.
    pub(crate) address: String,
    /// What was saved.
    pub(crate) content: String,
}

impl WordPress {
    /// Installs and starts one with the files of the check in its folder, where a person puts them by SFTP, and a contact
    /// page.
    pub(crate) async fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let site = folder.path().join("site");
        unpack(&site)?;
        fs::create_dir_all(folder.path().join("database"))?;
        put_check(&site)?;
        let printed = output(Command::new(php()).arg(repository("e2e/wordpress/setup.php")).arg(&site))?;
        let installed = serde_json::from_str(&printed).with_context(|| format!("setup.php printed {printed:.300}"))?;
        let server = Listening::start(|port, _| {
            let mut command = tokio::process::Command::new(php());
            command.args(["-S", &format!("127.0.0.1:{port}"), "-t"]).arg(&site);
            command.env("WP_HOME", format!("http://127.0.0.1:{port}"));
            Ok(command)
        })
        .await?;
        Ok(Self { server, installed, _folder: folder })
    }

    /// The address of a path.
    pub(crate) fn address(&self, path: &str) -> String {
        self.server.address(path)
    }

    /// The password with which somebody of this role logs in.
    pub(crate) fn password(&self, role: &str) -> &str {
        self.installed.own.get(role).map(String::as_str).unwrap_or_default()
    }

    pub(crate) fn version(&self) -> &str {
        &self.installed.version
    }

    /// Publishes a post with a block *Custom HTML*, as the block editor does: over WordPress's own interface, as a user
    /// whose rights decide what is kept.
    pub(crate) fn publish(&self, role: &str, html: &str) -> Result<Post> {
        let content = format!("<!-- wp:html -->\n{html}\n<!-- /wp:html -->");
        let post = json!({"title": "Pars defects", "status": "publish", "content": content});
        let asked = self.ask(role, "posts&context=edit").header("Content-Type", "application/json");
        let answer = asked.send(post.to_string())?.body_mut().read_to_string()?;
        let saved: Value = serde_json::from_str(&answer)?;
        let text = |pointer| saved.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        let address = text("/link").with_context(|| format!("the post was not saved: {answer:.500}"))?;
        Ok(Post { address, content: text("/content/raw").context("the content that was saved")? })
    }

    /// What WordPress answers to whoever puts a page into its library of media: the status, and its words.
    pub(crate) fn upload(&self, role: &str, name: &str, page: &str) -> Result<(u16, String)> {
        let asked = self.ask(role, "media").header("Content-Type", "text/html");
        let asked = asked.header("Content-Disposition", &format!("attachment; filename=\"{name}\""));
        let mut answer = asked.send(page)?;
        Ok((answer.status().as_u16(), answer.body_mut().read_to_string()?))
    }

    fn ask(&self, role: &str, route: &str) -> ureq::RequestBuilder<ureq::typestate::WithBody> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let password = self.installed.passwords.get(role).map(String::as_str).unwrap_or_default();
        let credentials = BASE64_STANDARD.encode(format!("{role}:{password}"));
        let address = self.address(&format!("/index.php?rest_route=/wp/v2/{route}"));
        agent.post(address).header("Authorization", &format!("Basic {credentials}"))
    }
}

/// WordPress, and the plug-in by which its database is a file.
fn unpack(site: &Path) -> Result<()> {
    let package = repository(PACKAGE);
    extract(&package.join("src/wordpress/wp-6.5.zip"), site)?;
    // The scripts and styles of the editor.
    for part in ["wp-admin", "wp-includes"] {
        copy(&package.join("public/wp-6.5").join(part), &site.join(part))?;
    }
    // It brings a database of its own, in which somebody has a known password.
    fs::remove_dir_all(site.join("wp-content/database"))?;
    let plugins = site.join("wp-content/plugins");
    extract(&package.join("src/sqlite-database-integration/sqlite-database-integration.zip"), &plugins)?;
    let plugin = plugins.join("sqlite-database-integration");
    fs::rename(plugins.join("sqlite-database-integration-main"), &plugin)?;
    fs::copy(plugin.join("db.copy"), site.join("wp-content/db.php"))?;
    fs::copy(repository("e2e/wordpress/wp-config.php"), site.join("wp-config.php"))?;
    Ok(())
}

/// Copies what is in a folder, into one that may be there.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("{} can't be read", from.display()))? {
        let path = entry?.path();
        let target = to.join(path.file_name().context("it has a name")?);
        if path.is_dir() { copy(&path, &target)? } else { fs::copy(&path, target).map(drop)? }
    }
    Ok(())
}

fn extract(archive: &Path, into: &Path) -> Result<()> {
    let unpacked = output(Command::new(python()).args(["-m", "zipfile", "-e"]).arg(archive).arg(into));
    unpacked.context("`cargo xtask test --all` fetches WordPress").map(drop)
}

fn put_check(site: &Path) -> Result<()> {
    let folder = site.join("pars-check");
    fs::create_dir_all(&folder)?;
    for name in ["pars-check.en.html", "pars-check.js"] {
        fs::copy(dist().join(name), folder.join(name)).with_context(|| format!("{name} was not built"))?;
    }
    fs::create_dir_all(site.join("contact"))?;
    fs::write(site.join("contact/index.html"), "<!doctype html><title>Contact</title><h1>Contact</h1>")?;
    Ok(())
}

fn php() -> PathBuf {
    std::env::var_os("PHP").map_or_else(|| PathBuf::from("php"), PathBuf::from)
}

/// Runs a program and gives what it prints.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{command:?} can't be run"))?;
    ensure!(output.status.success(), "{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}
