//! Chromium behind its own ChromeDriver.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How the page is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Width of the window in CSS pixels.
    pub width: u32,
    /// Height of the window in CSS pixels.
    pub height: u32,
    /// Whether the visitor prefers dark.
    pub is_dark: bool,
    /// Whether scripts run.
    pub has_scripts: bool,
}

impl Look {
    /// A small phone.
    pub const PHONE: Self = Self { width: 360, height: 740, is_dark: false, has_scripts: true };
    /// A desktop.
    pub const DESKTOP: Self = Self { width: 1280, height: 900, is_dark: false, has_scripts: true };
}

/// A browser with one window. It ends with [`Browser::close`], or hard when it is dropped.
#[derive(Debug)]
pub struct Browser {
    /// The WebDriver session.
    pub client: Client,
    driver: Child,
    folder: tempfile::TempDir,
}

impl Browser {
    /// Starts a browser.
    ///
    /// # Errors
    /// Chromium or its driver can't be started.
    pub async fn start() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let (driver, port) = start_driver().await?;
        let client = ClientBuilder::new(fantoccini_connector())
            .capabilities(capabilities(folder.path()))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .context("Chromium can't be started")?;
        Ok(Self { client, driver, folder })
    }

    /// Sets the window's size, colour scheme and whether scripts run.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn look(&self, look: Look) -> anyhow::Result<()> {
        let metrics =
            json!({"width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": look.width < 600});
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        let scheme = if look.is_dark { "dark" } else { "light" };
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.cdp("Emulation.setEmulatedMedia", features).await?;
        self.cdp("Emulation.setScriptExecutionDisabled", json!({"value": !look.has_scripts})).await?;
        Ok(())
    }

    /// Sends a command of the browser's own protocol.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn cdp(&self, command: &str, parameters: Value) -> anyhow::Result<Value> {
        let cdp = DriverCommand { path: "goog/cdp/execute", body: json!({"cmd": command, "params": parameters}) };
        self.client.issue_cmd(cdp).await.with_context(|| format!("{command} failed"))
    }

    /// Goes from the frame in view to the page around it all.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn leave_frames(&self) -> anyhow::Result<()> {
        self.client.issue_cmd(DriverCommand { path: "frame", body: json!({"id": null}) }).await?;
        Ok(())
    }

    /// The console's messages since the last call.
    ///
    /// # Errors
    /// The browser gives none.
    pub async fn console(&self) -> anyhow::Result<Vec<String>> {
        let log = DriverCommand { path: "se/log", body: json!({"type": "browser"}) };
        let entries = self.client.issue_cmd(log).await?;
        let entries = entries.as_array().cloned().unwrap_or_default();
        Ok(entries.iter().filter_map(|entry| entry.get("message")?.as_str()).map(ToOwned::to_owned).collect())
    }

    /// A picture of the window, as PNG.
    ///
    /// # Errors
    /// The browser gives none.
    pub async fn screenshot(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// Ends the browser and gives every address that it asked for, from its own network log.
    ///
    /// # Errors
    /// The log can't be read.
    pub async fn close(mut self) -> anyhow::Result<Vec<String>> {
        self.client.clone().close().await?;
        self.driver.kill().await?;
        requested(&self.folder.path().join("net.json"))
    }
}

/// Where a program lies: as the environment says, else on the path.
fn program(variable: &str, name: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| PathBuf::from(name), PathBuf::from)
}

fn fantoccini_connector() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
}

/// Starts `ChromeDriver` on a port of its choice. It asks for the same port twice, for both versions of IP, and gives up
/// where another program has taken the second meanwhile: then it is started again.
async fn start_driver() -> anyhow::Result<(Child, u16)> {
    let mut tries = 0;
    loop {
        let mut driver = Command::new(program("CHROMEDRIVER", "chromedriver"))
            .arg("--port=0")
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("chromedriver can't be started; `cargo xtask tools` installs it")?;
        tries += 1;
        match port_of(&mut driver).await {
            Err(_) if tries < 5 => {}
            port => return Ok((driver, port?)),
        }
    }
}

async fn port_of(driver: &mut Child) -> anyhow::Result<u16> {
    let output = driver.stdout.take().context("chromedriver has no output")?;
    let mut lines = BufReader::new(output).lines();
    let said = async {
        while let Some(line) = lines.next_line().await? {
            let port = line.strip_suffix('.').and_then(|line| line.rsplit_once("started successfully on port "));
            if let Some((_, port)) = port {
                return Ok(port.parse()?);
            }
        }
        bail!("chromedriver ended before it said its port")
    };
    let port = tokio::time::timeout(Duration::from_secs(30), said).await.context("chromedriver did not start")??;
    // Its output is read on, so that it never blocks on a full pipe.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok(port)
}

fn capabilities(folder: &Path) -> Capabilities {
    let log = folder.join("net.json");
    let profile = folder.join("profile");
    let options = json!({
        "binary": program("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--headless=new",
            "--no-sandbox", // the browser's own, which does not work as root
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--hide-scrollbars",
            "--window-size=1280,900",
            format!("--user-data-dir={}", profile.display()),
            format!("--log-net-log={}", log.display()),
        ],
    });
    Capabilities::from_iter([
        ("browserName".to_owned(), json!("chrome")),
        ("goog:chromeOptions".to_owned(), options),
        ("goog:loggingPrefs".to_owned(), json!({"browser": "ALL"})),
    ])
}

/// The addresses, without their fragments, of all requests in a network log of Chromium's that a page made, and of
/// all to this machine. Left out are those of the browser itself (updates, the time), which name no page as initiator.
fn requested(log: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(log).context("the browser wrote no network log")?;
    let log: Value = serde_json::from_str(&text).context("the browser's network log is cut off")?;
    let start = log.pointer("/constants/logEventTypes/URL_REQUEST_START_JOB").context("the log names its events")?;
    let events = log.pointer("/events").and_then(Value::as_array).context("the log holds events")?;
    let starts = events.iter().filter(|event| event.get("type") == Some(start));
    let requests = starts.filter_map(|event| {
        let address = event.pointer("/params/url")?.as_str()?;
        let initiator = event.pointer("/params/initiator").and_then(Value::as_str).unwrap_or("unknown");
        let is_the_browsers = initiator == "not an origin" && !address.contains("://127.0.0.1");
        (!is_the_browsers).then(|| address.split('#').next().unwrap_or(address).to_owned())
    });
    Ok(requests.collect())
}

/// A command that the client has no method for.
#[derive(Debug)]
struct DriverCommand {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for DriverCommand {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
