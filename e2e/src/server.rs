//! A server of the tests' own on loopback, which writes down every request.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use anyhow::{Context, anyhow};
use tiny_http::{Header, Request, Response};

/// A page of a test's own, and the headers that it is sent with.
#[derive(Clone, Debug)]
pub struct Page {
    path: String,
    body: String,
    headers: Vec<Header>,
}

impl Page {
    /// A page at this path.
    pub fn new(path: &str, body: impl Into<String>) -> Self {
        Self { path: path.to_owned(), body: body.into(), headers: Vec::new() }
    }

    /// A file of the repository at this path.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn of_file(path: &str, file: &str) -> anyhow::Result<Self> {
        let body = std::fs::read_to_string(crate::repository(file)).with_context(|| format!("{file} can't be read"))?;
        Ok(Self::new(path, body))
    }

    /// The same page, sent with one more header.
    ///
    /// # Errors
    /// It is no header: not ASCII, or with a line break.
    pub fn with_header(mut self, name: &str, value: &str) -> anyhow::Result<Self> {
        let header = Header::from_bytes(name, value).map_err(|()| anyhow!("{name}: {value} is no header"))?;
        self.headers.push(header);
        Ok(self)
    }
}

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// The path that was asked for.
    pub path: String,
    headers: Vec<Header>,
}

impl Received {
    fn of(request: &Request) -> Self {
        Self { path: request.url().to_owned(), headers: request.headers().to_vec() }
    }

    /// The value of a header.
    pub fn header(&self, name: &'static str) -> Option<&str> {
        self.headers.iter().find(|header| header.field.equiv(name)).map(|header| header.value.as_str())
    }
}

/// Serves a folder, and pages of the test's own, until it is dropped.
#[allow(missing_debug_implementations)] // tiny_http's server has none
pub struct Server {
    http: Arc<tiny_http::Server>,
    port: u16,
    requests: Arc<Mutex<Vec<Received>>>,
    sent: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves a folder.
    ///
    /// # Errors
    /// No port is free.
    pub fn of(folder: PathBuf) -> anyhow::Result<Self> {
        Self::serving(folder, Vec::new())
    }

    /// Serves a folder, and these pages by their paths.
    ///
    /// # Errors
    /// No port is free.
    pub fn with_pages(folder: PathBuf, pages: BTreeMap<String, String>) -> anyhow::Result<Self> {
        Self::serving(folder, pages.into_iter().map(|(path, body)| Page::new(&path, body)).collect())
    }

    /// Serves a folder, and these pages in front of it.
    ///
    /// # Errors
    /// No port is free.
    pub fn serving(folder: PathBuf, pages: Vec<Page>) -> anyhow::Result<Self> {
        Self::start(Site { folder, pages, is_compressed: false })
    }

    /// Serves a folder in which `<name>.br` lies beside each file, as what brotli made of it, and has nothing kept in
    /// caches.
    ///
    /// # Errors
    /// No port is free.
    pub fn of_compressed(folder: PathBuf) -> anyhow::Result<Self> {
        Self::start(Site { folder, pages: Vec::new(), is_compressed: true })
    }

    fn start(site: Site) -> anyhow::Result<Self> {
        let http = Arc::new(tiny_http::Server::http("127.0.0.1:0").map_err(|error| anyhow!("{error}"))?);
        let port = http.server_addr().to_ip().map_or(0, |address| address.port());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let sent = Arc::new(AtomicU64::new(0));
        let (server, log, sum) = (http.clone(), requests.clone(), sent.clone());
        let thread = std::thread::spawn(move || {
            for request in server.incoming_requests() {
                if let Ok(mut log) = log.lock() {
                    log.push(Received::of(&request));
                }
                let length = site.answer(request);
                sum.fetch_add(length as u64, Ordering::Relaxed);
            }
        });
        Ok(Self { http, port, requests, sent, thread: Some(thread) })
    }

    /// The address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The paths asked for so far.
    pub fn requests(&self) -> Vec<String> {
        self.received().into_iter().map(|request| request.path).collect()
    }

    /// How many bytes of bodies were sent so far.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// The requests so far, with their headers.
    pub fn received(&self) -> Vec<Received> {
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

/// What is served.
struct Site {
    folder: PathBuf,
    /// In front of the folder.
    pages: Vec<Page>,
    /// Whether the folder holds what brotli made of each file.
    is_compressed: bool,
}

impl Site {
    /// Answers, and gives the length of what it sends.
    fn answer(&self, request: Request) -> usize {
        let url = request.url().to_owned();
        let path = url.split(['?', '#']).next().unwrap_or("/");
        let path = if path == "/" { "/index.html" } else { path };
        let page = self.pages.iter().find(|page| page.path == path);
        let Some(body) = page.map(|page| page.body.clone().into_bytes()).or_else(|| self.read(path)) else {
            let _ = request.respond(Response::from_string("not found").with_status_code(404));
            return 0;
        };
        let length = body.len();
        let mut response = Response::from_data(body).with_header(content_type(path));
        if self.is_compressed {
            // In one piece, as a server sends what it has.
            response = response.with_chunked_threshold(usize::MAX);
            response.add_header(header("Content-Encoding", "br"));
            response.add_header(header("Cache-Control", "no-store"));
        }
        for header in page.into_iter().flat_map(|page| &page.headers) {
            response.add_header(header.clone());
        }
        let _ = request.respond(response);
        length
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let is_plain = path.split('/').all(|part| part != "..");
        let end = if self.is_compressed { ".br" } else { "" };
        let file = self.folder.join(format!("{}{end}", path.trim_start_matches('/')));
        is_plain.then(|| std::fs::read(file).ok()).flatten()
    }
}

fn content_type(path: &str) -> Header {
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    header("Content-Type", kind)
}

/// A header whose both parts stand in this file.
fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).unwrap_or_else(|()| unreachable!("a header of plain ASCII"))
}
