//! Serves the distribution on this machine, and nowhere else.

use std::fs;
use std::io::Write;
use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::dist;
use crate::project::Project;

/// Builds, then serves until it is stopped.
pub(crate) fn run(project: &Project, port: u16) -> Result<()> {
    let site = project.target("site");
    dist::run(project, &site, None)?;
    let server = Server::http((Ipv4Addr::LOCALHOST, port))
        .map_err(|error| anyhow!("the port {port} on 127.0.0.1 can't be used: {error}"))?;
    let port = server.server_addr().to_ip().map_or(port, |address| address.port());
    println!("http://127.0.0.1:{port}/");
    std::io::stdout().flush()?;
    for request in server.incoming_requests() {
        // A browser that went away is no reason to stop.
        let _ = answer(request, &site);
    }
    Ok(())
}

fn answer(request: Request, site: &Path) -> std::io::Result<()> {
    if ![Method::Get, Method::Head].contains(request.method()) {
        return request.respond(Response::empty(405));
    }
    let found = file_of(request.url(), site).and_then(|file| Some((fs::read(&file).ok()?, media_type(&file))));
    match found {
        Some((bytes, media_type)) => request.respond(with_headers(Response::from_data(bytes), media_type)),
        None => request.respond(with_headers(Response::from_string("not found\n"), PLAIN).with_status_code(404)),
    }
}

/// The file for an address, if it is one below the folder.
fn file_of(address: &str, site: &Path) -> Option<PathBuf> {
    let path = address.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let is_below = path.components().all(|part| matches!(part, Component::Normal(_)));
    is_below.then(|| site.join(path)).filter(|file| file.is_file())
}

const PLAIN: &str = "text/plain; charset=utf-8";

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("md" | "ts" | "txt") => PLAIN,
        _ => "application/octet-stream",
    }
}

fn with_headers<R: std::io::Read>(response: Response<R>, media_type: &str) -> Response<R> {
    let headers = [("Content-Type", media_type), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")];
    let headers = headers.into_iter().filter_map(|(name, value)| Header::from_bytes(name, value).ok());
    headers.fold(response, Response::with_header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_site_are_served() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        fs::create_dir_all(&site).unwrap();
        fs::write(site.join("index.html"), "").unwrap();
        fs::write(folder.path().join("secret"), "").unwrap();
        for address in ["/", "/index.html", "/index.html?x=1"] {
            assert_eq!(file_of(address, &site), Some(site.join("index.html")), "{address}");
        }
        for address in ["/../secret", "//etc/passwd", "/missing", "/.", "", "http://a.example/"] {
            assert_eq!(file_of(address, &site), None, "{address}");
        }
    }

    #[test]
    fn types_are_those_that_browsers_insist_on() {
        assert_eq!(media_type(Path::new("pars-check.js")), "text/javascript; charset=utf-8");
        assert_eq!(media_type(Path::new("engine.wasm")), "application/wasm");
        assert_eq!(media_type(Path::new("a.en.html")), "text/html; charset=utf-8");
    }
}
