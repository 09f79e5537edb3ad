//! Firefox.

use std::path::Path;

use anyhow::Result;
use fantoccini::wd::Capabilities;
use serde_json::{Map, Value, json};
use tokio::process::Command;

use crate::driver::{Driver, program, tried};
use crate::proxy::Proxy;

/// Starts geckodriver on a port of its choice. The profile is made in the folder.
pub(super) async fn start_driver(folder: &Path) -> Result<Driver> {
    let start = async || {
        let mut command = Command::new(program("GECKODRIVER", "geckodriver"));
        command.args(["--host=127.0.0.1", "--port=0", "--websocket-port=0"]).arg("--profile-root").arg(folder);
        // Releases heed `services.settings.server` with this variable only.
        command.env("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1");
        Driver::that_says_its_port(&mut command, port_in).await
    };
    tried(start).await
}

fn port_in(line: &str) -> Option<u16> {
    line.rsplit_once("Listening on 127.0.0.1:")?.1.trim().parse().ok()
}

pub(super) fn capabilities(folder: &Path, proxy: Option<&Proxy>) -> Capabilities {
    let mut preferences = quiet();
    preferences.extend(proxy.map(through).unwrap_or_default());
    let options = json!({
        "binary": program("FIREFOX", "/usr/bin/firefox-esr"),
        "args": ["-headless"],
        "prefs": preferences,
        "env": {"HOME": folder},
    });
    Capabilities::from_iter([("browserName".to_owned(), json!("firefox")), ("moz:firefoxOptions".to_owned(), options)])
}

/// Switches off what geckodriver leaves on of Firefox's own requests.
fn quiet() -> Map<String, Value> {
    Map::from_iter([
        ("network.captive-portal-service.enabled".to_owned(), json!(false)),
        ("network.connectivity-service.enabled".to_owned(), json!(false)),
        ("services.settings.server".to_owned(), json!("data:,off")),
    ])
}

/// Everything through the proxy, requests to this machine as well.
fn through(proxy: &Proxy) -> Map<String, Value> {
    let (host, port) = (proxy.address().ip().to_string(), proxy.address().port());
    Map::from_iter([
        ("network.proxy.type".to_owned(), json!(1)),
        ("network.proxy.http".to_owned(), json!(host)),
        ("network.proxy.http_port".to_owned(), json!(port)),
        ("network.proxy.ssl".to_owned(), json!(host)),
        ("network.proxy.ssl_port".to_owned(), json!(port)),
        ("network.proxy.no_proxies_on".to_owned(), json!("")),
        ("network.proxy.allow_hijacking_localhost".to_owned(), json!(true)),
    ])
}
