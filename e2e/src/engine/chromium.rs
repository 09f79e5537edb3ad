//! Chromium.

use std::path::Path;

use anyhow::{Context, Result};
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use tokio::process::Command;

use crate::driver::{Driver, program, tried};
use crate::proxy::Proxy;

/// Starts ChromeDriver on a port of its choice. It asks for the same port twice, for both versions of IP, and gives up
/// where another program has taken the second meanwhile: then it is started again.
pub(super) async fn start_driver() -> Result<Driver> {
    let start = async || {
        let mut command = Command::new(program("CHROMEDRIVER", "chromedriver"));
        Driver::that_says_its_port(command.arg("--port=0"), port_in).await
    };
    tried(start).await
}

fn port_in(line: &str) -> Option<u16> {
    line.strip_suffix('.')?.rsplit_once("started successfully on port ")?.1.parse().ok()
}

pub(super) fn capabilities(folder: &Path, proxy: Option<&Proxy>) -> Capabilities {
    told(&arguments(folder, proxy))
}

/// The same, with sandboxed frames in the process of the page around.
pub(crate) fn in_one_process(folder: &Path) -> Capabilities {
    let mut arguments = arguments(folder, None);
    // Of a switch that is given twice, the last alone counts.
    for features in arguments.iter_mut().filter(|argument| argument.starts_with("--disable-features=")) {
        features.push_str(",IsolateSandboxedIframes");
    }
    told(&arguments)
}

fn told(arguments: &[String]) -> Capabilities {
    let options = json!({
        "binary": program("CHROMIUM", "/usr/bin/chromium"),
        "args": arguments,
    });
    Capabilities::from_iter([
        ("browserName".to_owned(), json!("chrome")),
        ("goog:chromeOptions".to_owned(), options),
        ("goog:loggingPrefs".to_owned(), json!({"browser": "ALL"})),
        // No page of the tests takes a fraction of that to load; the driver's own bound is five minutes.
        ("timeouts".to_owned(), json!({"pageLoad": 60_000})),
    ])
}

/// Switches off what Chromium asks for by itself, such as updates, the time and signing in. What can't be switched off
/// is sent to a port that it never connects to.
const QUIET: [&str; 9] = [
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-features=NetworkTimeServiceQuerying,OptimizationHints,OptimizationGuideModelDownloading,PreconnectToSearch",
    "--gaia-url=http://127.0.0.1:9",
    "--component-updater=url-source=http://127.0.0.1:9",
];

/// Draws a page alike wherever the same fonts are: in grey at the edges of letters, whatever the screen's points are
/// like, at full places after the point, in one space of colours.
const ALIKE: [&str; 3] = ["--disable-lcd-text", "--font-render-hinting=none", "--force-color-profile=srgb"];

fn arguments(folder: &Path, proxy: Option<&Proxy>) -> Vec<String> {
    let fixed = [
        "--headless=new",
        "--no-sandbox", // the browser's own, which does not work as root
        "--disable-gpu",
        "--no-first-run",
        "--hide-scrollbars",
        "--window-size=1280,900",
    ];
    let mut all: Vec<String> = fixed.into_iter().chain(QUIET).chain(ALIKE).map(ToOwned::to_owned).collect();
    all.push(format!("--user-data-dir={}", folder.join("profile").display()));
    all.push(format!("--log-net-log={}", net_log(folder).display()));
    if let Some(proxy) = proxy {
        all.push(format!("--proxy-server=http://{}", proxy.address()));
        // Requests to this machine would go past a proxy.
        all.push("--proxy-bypass-list=<-loopback>".to_owned());
    }
    all
}

fn net_log(folder: &Path) -> std::path::PathBuf {
    folder.join("net.json")
}

/// The addresses, without their fragments, of all requests in Chromium's network log that a page made, and of
/// all to this machine. Left out are those of the browser itself (updates, the time), which name no page as initiator.
pub(crate) fn requested(folder: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(net_log(folder)).context("the browser wrote no network log")?;
    let log: Value = serde_json::from_str(&text).context("the browser's network log is cut off")?;
    let start = log.pointer("/constants/logEventTypes/URL_REQUEST_START_JOB").context("the log names its events")?;
    let events = log.pointer("/events").and_then(Value::as_array).context("the log holds events")?;
    let starts = events.iter().filter(|event| event.get("type") == Some(start));
    let requests = starts.filter_map(|event| {
        let address = event.pointer("/params/url")?.as_str()?;
        let initiator = event.pointer("/params/initiator").and_then(Value::as_str).unwrap_or("unknown");
        // Nobody's page is at that port; see QUIET.
        let is_here = address.contains("://127.0.0.1") && !address.starts_with("http://127.0.0.1:9/");
        let is_the_browsers = initiator == "not an origin" && !is_here;
        (!is_the_browsers).then(|| address.split('#').next().unwrap_or(address).to_owned())
    });
    Ok(requests.collect())
}
