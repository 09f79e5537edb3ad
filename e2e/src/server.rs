//! A server of the tests' own on loopback, which writes down every request.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use anyhow::anyhow;
use tiny_http::{Header, Request, Response};

/// Pages that a test adds, by path.
type Pages = BTreeMap<String, String>;

/// Serves a folder, and pages of the test's own, until it is dropped.
#[allow(missing_debug_implementations)] // tiny_http's server has none
pub struct Server {
    http: Arc<tiny_http::Server>,
    port: u16,
    requests: Arc<Mutex<Vec<String>>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves a folder.
    ///
    /// # Errors
    /// No port is free.
    pub fn of(folder: PathBuf) -> anyhow::Result<Self> {
        Self::with_pages(folder, Pages::new())
    }

    /// Serves a folder, and these pages by their paths.
    ///
    /// # Errors
    /// No port is free.
    pub fn with_pages(folder: PathBuf, pages: Pages) -> anyhow::Result<Self> {
        let http = Arc::new(tiny_http::Server::http("127.0.0.1:0").map_err(|error| anyhow!("{error}"))?);
        let port = http.server_addr().to_ip().map_or(0, |address| address.port());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (server, log) = (http.clone(), requests.clone());
        let thread = std::thread::spawn(move || {
            for request in server.incoming_requests() {
                if let Ok(mut log) = log.lock() {
                    log.push(request.url().to_owned());
                }
                answer(request, &folder, &pages);
            }
        });
        Ok(Self { http, port, requests, thread: Some(thread) })
    }

    /// The address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The paths asked for so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().map(|log| log.clone()).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.http.unblock();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(request: Request, folder: &Path, pages: &Pages) {
    let url = request.url().to_owned();
    let path = url.split(['?', '#']).next().unwrap_or("/");
    let path = if path == "/" { "/index.html" } else { path };
    let body = pages.get(path).map(|page| page.clone().into_bytes()).or_else(|| read(folder, path));
    let _ = match body {
        Some(body) => request.respond(Response::from_data(body).with_header(content_type(path))),
        None => request.respond(Response::from_string("not found").with_status_code(404)),
    };
}

fn read(folder: &Path, path: &str) -> Option<Vec<u8>> {
    let is_plain = path.split('/').all(|part| part != "..");
    is_plain.then(|| std::fs::read(folder.join(path.trim_start_matches('/'))).ok()).flatten()
}

fn content_type(path: &str) -> Header {
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    };
    // Both parts are plain ASCII from the list above.
    Header::from_bytes("Content-Type", kind).unwrap_or_else(|()| unreachable!("a header of plain ASCII"))
}
