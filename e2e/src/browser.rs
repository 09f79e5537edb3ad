//! A browser behind its own driver.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::Context;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::driver::Driver;
use crate::engine::{Engine, in_one_process, requested};
use crate::proxy::Proxy;

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

/// A browser with one window. It ends with [`Browser::close`] or [`Browser::end`], or when it is dropped.
#[derive(Debug)]
pub struct Browser {
    /// The WebDriver session.
    pub client: Client,
    session: String,
    is_open: bool,
    driver: Driver,
    folder: tempfile::TempDir,
}

impl Browser {
    /// Starts Chromium.
    ///
    /// # Errors
    /// Chromium or its driver can't be started.
    pub async fn start() -> anyhow::Result<Self> {
        Self::start_as(Engine::Chromium, None).await
    }

    /// Starts a browser, which may be told to send every request through a proxy.
    ///
    /// # Errors
    /// The browser or its driver can't be started.
    pub async fn start_as(engine: Engine, proxy: Option<&Proxy>) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let capabilities = engine.capabilities(folder.path(), proxy);
        Self::start_told(engine, folder, capabilities).await
    }

    /// Starts Chromium with sandboxed frames in the process of the page around: what is emulated, and a world of the
    /// tests' own, reach into a frame only there.
    ///
    /// # Errors
    /// Chromium or its driver can't be started.
    pub async fn start_in_one_process() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let capabilities = in_one_process(folder.path());
        Self::start_told(Engine::Chromium, folder, capabilities).await
    }

    /// Starts a browser, of which no command waits until a page has loaded.
    ///
    /// # Errors
    /// The browser or its driver can't be started.
    pub async fn start_without_waiting(engine: Engine) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut capabilities = engine.capabilities(folder.path(), None);
        capabilities.insert("pageLoadStrategy".to_owned(), json!("none"));
        Self::start_told(engine, folder, capabilities).await
    }

    async fn start_told(engine: Engine, folder: tempfile::TempDir, capabilities: Capabilities) -> anyhow::Result<Self> {
        let driver = engine.start_driver(folder.path()).await?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .with_context(|| format!("{engine:?} can't be started"))?;
        let session = client.session_id().await?.context("a session without a name")?;
        Ok(Self { client, session, is_open: true, driver, folder })
    }

    /// Sets the window's size, colour scheme and whether scripts run. Chromium only.
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

    /// Sends a command of Chromium's own protocol.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn cdp(&self, command: &str, parameters: Value) -> anyhow::Result<Value> {
        let cdp = DriverCommand::post("goog/cdp/execute", &json!({"cmd": command, "params": parameters}));
        self.client.issue_cmd(cdp).await.with_context(|| format!("{command} failed"))
    }

    /// Goes from the frame in view to the page around it all.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn leave_frames(&self) -> anyhow::Result<()> {
        self.client.issue_cmd(DriverCommand::post("frame", &json!({"id": null}))).await?;
        Ok(())
    }

    /// The console's messages since the last call. Chromium only.
    ///
    /// # Errors
    /// The browser gives none.
    pub async fn console(&self) -> anyhow::Result<Vec<String>> {
        let log = DriverCommand::post("se/log", &json!({"type": "browser"}));
        let entries = self.client.issue_cmd(log).await?;
        let entries = entries.as_array().cloned().unwrap_or_default();
        Ok(entries.iter().filter_map(|entry| entry.get("message")?.as_str()).map(ToOwned::to_owned).collect())
    }

    /// The role and the name that the browser computes for the first element that a selector names.
    ///
    /// # Errors
    /// There is no such element.
    pub async fn computed(&self, selector: &str) -> anyhow::Result<(String, String)> {
        let element = self.client.find(Locator::Css(selector)).await?.element_id().to_string();
        let ask = async |what: &str| {
            let computed = DriverCommand { path: format!("element/{element}/{what}"), body: None };
            let given = self.client.issue_cmd(computed).await?;
            given.as_str().map(ToOwned::to_owned).with_context(|| format!("{selector} has no {what}"))
        };
        Ok((ask("computedrole").await?, ask("computedlabel").await?))
    }

    /// A picture of the window, as PNG.
    ///
    /// # Errors
    /// The browser gives none.
    pub async fn screenshot(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// Ends the browser.
    ///
    /// # Errors
    /// It does not end.
    pub async fn end(mut self) -> anyhow::Result<()> {
        self.shut().await
    }

    /// Ends Chromium and gives every address that it asked for, from its own network log.
    ///
    /// # Errors
    /// The log can't be read, or it is another browser.
    pub async fn close(mut self) -> anyhow::Result<Vec<String>> {
        self.shut().await?;
        requested(self.folder.path())
    }

    async fn shut(&mut self) -> anyhow::Result<()> {
        self.is_open = false;
        self.client.clone().close().await?;
        self.driver.kill().await
    }
}

impl Drop for Browser {
    /// Ends what a failed test left open: a driver that is killed may leave its browser behind, so the browser goes first.
    fn drop(&mut self) {
        if self.is_open {
            let _ = delete_session(self.driver.port, &self.session);
        }
    }
}

/// Has the driver end its browser, without the asynchronous client, whose runtime may be going down.
fn delete_session(port: u16, session: &str) -> std::io::Result<()> {
    let mut driver = TcpStream::connect(("127.0.0.1", port))?;
    driver.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(driver, "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    // The answer comes when the browser is gone.
    driver.read_exact(&mut [0])
}

/// A command that the client has no method for: one that sends something, or one that asks.
#[derive(Debug)]
struct DriverCommand {
    path: String,
    body: Option<String>,
}

impl DriverCommand {
    fn post(path: &str, body: &Value) -> Self {
        Self { path: path.to_owned(), body: Some(body.to_string()) }
    }
}

impl WebDriverCompatibleCommand for DriverCommand {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let method = if self.body.is_some() { http::Method::POST } else { http::Method::GET };
        (method, self.body.clone())
    }
}
