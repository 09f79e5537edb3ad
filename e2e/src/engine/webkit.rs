//! WebKit: the small browser that comes with WebKitGTK, which its driver finds and starts by itself.

use std::path::Path;

use anyhow::Result;
use fantoccini::wd::Capabilities;
use serde_json::json;
use tokio::process::Command;

use crate::display::Display;
use crate::driver::{Driver, free_port, program, tried};
use crate::proxy::Proxy;

/// Starts WebKitWebDriver, which does not say its port and so is given one, with a display for its browser.
pub(super) async fn start_driver(folder: &Path) -> Result<Driver> {
    let start = async || {
        let (display, port) = (Display::start().await?, free_port().await?);
        let mut command = Command::new(program("WEBKITWEBDRIVER", "WebKitWebDriver"));
        command.arg("--host=127.0.0.1").arg(format!("--port={port}"));
        command.env("DISPLAY", &display.name).env("GDK_BACKEND", "x11");
        // The session of whoever runs the tests is left alone: its settings, its other windows.
        command.env("HOME", folder).env("DBUS_SESSION_BUS_ADDRESS", "disabled:").env("GSETTINGS_BACKEND", "memory");
        command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME").env_remove("XDG_CACHE_HOME");
        Driver::on_port(&mut command, port, display).await
    };
    tried(start).await
}

/// The proxy of the WebDriver standard would do for HTTP alone: for HTTPS the driver makes it a proxy that is itself
/// reached by HTTPS. The browser's own argument is for everything, requests to this machine as well.
pub(super) fn capabilities(proxy: Option<&Proxy>) -> Capabilities {
    let through = proxy.map(|proxy| format!("--proxy=http://{}", proxy.address()));
    let arguments: Vec<String> = ["--automation".to_owned()].into_iter().chain(through).collect();
    Capabilities::from_iter([
        ("browserName".to_owned(), json!("MiniBrowser")),
        ("webkitgtk:browserOptions".to_owned(), json!({"args": arguments})),
    ])
}
