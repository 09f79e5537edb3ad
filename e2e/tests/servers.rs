//! The configurations of docs/hosting, run by nginx and by Caddy: what each file is sent with, and that the check works in
//! a frame and opened by itself.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use e2e::{Browser, Engine, Listening, Page, SANDBOX, Server, Site, Visitor, WebServer, case, dist, save_to, saved};
use ureq::http::Response;

/// The headers of every file of the folder.
const EVERYWHERE: [(&str, &str); 3] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

const REVALIDATED: &str = "no-cache";
const KEPT: &str = "public, max-age=31536000, immutable";

/// A file of the folder, and what it is.
struct Sent {
    name: &'static str,
    types: &'static [&'static str],
    caching: &'static str,
    is_sealed: bool,
}

const HTML: &[&str] = &["text/html; charset=utf-8"];
/// The one that the standard names, and the one that nginx has.
const SCRIPT: &[&str] = &["text/javascript; charset=utf-8", "application/javascript; charset=utf-8"];

const FILES: [Sent; 6] = [
    Sent { name: "pars-check.en.html", types: HTML, caching: REVALIDATED, is_sealed: true },
    Sent { name: "pars-check.es.html", types: HTML, caching: REVALIDATED, is_sealed: true },
    Sent { name: "pars-check.js", types: SCRIPT, caching: REVALIDATED, is_sealed: false },
    Sent { name: "pars-check-1.2.0.js", types: SCRIPT, caching: KEPT, is_sealed: false },
    Sent { name: "engine.wasm", types: &["application/wasm"], caching: REVALIDATED, is_sealed: false },
    Sent {
        name: "manifest.json",
        types: &["application/json", "application/json; charset=utf-8"],
        caching: REVALIDATED,
        is_sealed: false,
    },
];

/// What a site may send with all its pages: it would contradict the sealed files' own, or keep their scripts from running.
fn for_pages(software: WebServer) -> String {
    [("X-Frame-Options", "DENY"), ("Content-Security-Policy", "default-src 'self'")]
        .map(|(name, value)| software.header(name, value))
        .join("\n")
}

async fn serve(software: WebServer, site: &Site) -> Listening {
    let brotli = if software == WebServer::Nginx { e2e::hosting_block("nginx brotli").unwrap() } else { String::new() };
    software.serve(site.folder(), &format!("{}\n{brotli}", for_pages(software))).await.unwrap()
}

/// What is sent for a file of the folder, and its bytes as they are sent.
fn ask(server: &Listening, name: &str, header: (&str, &str)) -> (Response<()>, Vec<u8>) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let asked = agent.get(server.address(&format!("/pars-check/{name}"))).header(header.0, header.1);
    let (head, mut body) = asked.call().unwrap().into_parts();
    (Response::from_parts(head, ()), body.read_to_vec().unwrap())
}

fn header<'a>(response: &'a Response<()>, name: &str) -> Option<&'a str> {
    let mut all = response.headers().get_all(name).iter();
    let first = all.next().map(|value| value.to_str().unwrap());
    assert!(all.next().is_none(), "{name} is sent twice");
    first
}

fn assert_headers(software: WebServer, file: &Sent, response: &Response<()>) {
    let what = format!("{software:?}, {}", file.name);
    for (name, value) in EVERYWHERE {
        assert_eq!(header(response, name), Some(value), "{what}: {name}");
    }
    assert!(file.types.contains(&header(response, "Content-Type").unwrap()), "{what}: {response:?}");
    assert_eq!(header(response, "Cache-Control"), Some(file.caching), "{what}");
    let policy = format!("sandbox {SANDBOX}; frame-ancestors 'self'");
    if file.is_sealed {
        assert_eq!(header(response, "Content-Security-Policy"), Some(&*policy), "{what}: not the site's own");
    }
    let embedder = file.is_sealed.then_some("require-corp");
    assert_eq!(header(response, "Cross-Origin-Embedder-Policy"), embedder, "{what}");
    assert_eq!(header(response, "X-Frame-Options"), None, "{what}: the site sends it with its pages");
}

#[tokio::test]
async fn each_file_is_sent_with_the_headers_that_it_needs() {
    let site = Site::with_check().unwrap();
    for software in WebServer::ALL {
        let server = serve(software, &site).await;
        for file in FILES {
            let (response, body) = ask(&server, file.name, ("Accept-Encoding", "identity"));
            assert_eq!(response.status(), 200, "{software:?}, {}", file.name);
            assert_headers(software, &file, &response);
            assert_eq!(body, lying(&site, file.name), "{software:?}, {}", file.name);
        }
    }
}

#[tokio::test]
async fn what_is_missing_is_asked_for_again_also_under_a_name_with_a_version() {
    let site = Site::with_check().unwrap();
    for software in WebServer::ALL {
        let server = serve(software, &site).await;
        let (response, _) = ask(&server, "pars-check-9.9.9.js", ("Accept-Encoding", "identity"));
        assert_eq!(response.status(), 404, "{software:?}");
        let caching = header(&response, "Cache-Control").unwrap_or("no-cache");
        assert!(!caching.contains("immutable") && !caching.contains("max-age=3"), "{software:?}: {caching}");
    }
}

#[tokio::test]
async fn headers_of_a_site_that_caddy_sets_last_leave_the_folder_out_as_the_page_shows() {
    let site = Site::with_check().unwrap();
    let pages = e2e::hosting_block("caddyfile pages").unwrap();
    let server = WebServer::Caddy.serve(site.folder(), &pages).await.unwrap();
    let [sealed, ..] = FILES;
    let (response, _) = ask(&server, sealed.name, ("Accept-Encoding", "identity"));
    assert_headers(WebServer::Caddy, &sealed, &response);
    let page = ureq::get(server.address("/contact.html")).call().unwrap();
    assert_eq!(page.headers().get("X-Frame-Options").unwrap(), "DENY", "the site's own pages keep their headers");
}

fn lying(site: &Site, name: &str) -> Vec<u8> {
    fs::read(site.folder().join("pars-check").join(name)).unwrap()
}

#[tokio::test]
async fn what_lies_compressed_is_sent_so_to_whoever_can_read_it() {
    let site = Site::with_check().unwrap();
    for software in WebServer::ALL {
        let server = serve(software, &site).await;
        // The engine is not among what the page says to compress.
        for file in FILES.into_iter().filter(|file| file.name != "engine.wasm") {
            for (accepted, encoding, ending) in [("gzip, deflate, br, zstd", "br", "br"), ("gzip", "gzip", "gz")] {
                let what = format!("{software:?}, {}, {encoding}", file.name);
                let (response, body) = ask(&server, file.name, ("Accept-Encoding", accepted));
                assert_headers(software, &file, &response);
                assert_eq!(header(&response, "Content-Encoding"), Some(encoding), "{what}");
                assert_eq!(header(&response, "Vary"), Some("Accept-Encoding"), "{what}");
                assert_eq!(body, lying(&site, &format!("{}.{ending}", file.name)), "{what}");
            }
        }
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let site = Site::with_check().unwrap();
    for software in WebServer::ALL {
        let server = serve(software, &site).await;
        let name = "pars-check.en.html";
        let (first, _) = ask(&server, name, ("Accept-Encoding", "identity"));
        let tag = header(&first, "ETag").unwrap().to_owned();
        let (again, body) = ask(&server, name, ("If-None-Match", &tag));
        assert_eq!((again.status().as_u16(), body.len()), (304, 0), "{software:?}");
        // What browsers keep takes over these headers.
        assert!(header(&again, "Content-Security-Policy").unwrap().starts_with("sandbox "), "{software:?}");
        // A file in its place that is one sentence longer has another tag.
        let file = site.folder().join("pars-check").join(name);
        let before = fs::read(&file).unwrap();
        fs::write(&file, [&before[..], b"<!-- corrected -->"].concat()).unwrap();
        let (changed, body) = ask(&server, name, ("If-None-Match", &tag));
        assert_eq!((changed.status().as_u16(), body.len()), (200, before.len() + 18), "{software:?}");
        fs::write(&file, before).unwrap();
    }
}

/// Takes the check to the contact page, by way of the next question and back again.
async fn assert_works(browser: &Browser, visitor: &Visitor<'_>, contact: &str, what: &str) {
    assert_eq!(visitor.run("return self.origin").await.unwrap(), "null", "{what}: its origin is opaque");
    visitor.tick("age", "35_49").await.unwrap();
    assert_eq!(visitor.press("continue").await.unwrap().questions, ["rf_now"], "{what}");
    go_back(browser, &format!("{what}: the browser's Back")).await;
    let (seen, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
    assert_eq!(seen.outcome.as_deref(), Some("prevention"), "{what}");
    assert_prints_and_saves(browser, visitor, what).await;
    visitor.click("contact").await.unwrap();
    browser.leave_frames().await.unwrap();
    browser.client.wait().for_url(&contact.parse().unwrap()).await.unwrap();
}

/// Presses the browser's Back, which brings the first question again, and goes on in the frame if there is one.
async fn go_back(browser: &Browser, what: &str) {
    browser.client.back().await.unwrap();
    // ChromeDriver leaves the frame on every Back.
    browser.leave_frames().await.unwrap();
    let visitor = Visitor::outside(&browser.client);
    let has_frame = "return !!document.querySelector('iframe, pars-check')";
    if visitor.run(has_frame).await.unwrap() == true {
        Visitor::in_frame(&browser.client).await.unwrap();
    }
    let is_back = "return document.querySelector('fieldset[data-question]')?.dataset.question === 'age'";
    visitor.until(what, is_back).await.unwrap();
}

async fn assert_prints_and_saves(browser: &Browser, visitor: &Visitor<'_>, what: &str) {
    let folder = tempfile::tempdir().unwrap();
    save_to(browser, folder.path()).await.unwrap();
    visitor.click("save").await.unwrap();
    let (name, _) = saved(folder.path(), ".html").await.unwrap();
    assert_eq!(name, "back-self-check.html", "{what}");
    // The browser tells this when it really begins to print: a sandbox without `allow-modals` would keep it from that.
    visitor.run("addEventListener('beforeprint', () => { document.body.dataset.printed = 'yes' })").await.unwrap();
    visitor.click("print").await.unwrap();
    visitor.until(&format!("{what}: printing"), "return document.body.dataset.printed === 'yes'").await.unwrap();
}

#[tokio::test]
async fn the_check_works_in_a_frame_in_the_element_and_where_the_frame_lost_its_sandbox() {
    let site = Site::with_check().unwrap();
    for software in WebServer::ALL {
        let server = serve(software, &site).await;
        let browser = Browser::start().await.unwrap();
        for page in ["/frame.html", "/element.html", "/unsealed.html"] {
            let what = format!("{software:?}, {page}");
            browser.client.goto(&server.address(page)).await.unwrap();
            let visitor = Visitor::in_frame(&browser.client).await.unwrap();
            assert_works(&browser, &visitor, &server.address("/contact.html"), &what).await;
        }
        assert_asked_only(&browser.close().await.unwrap(), &server);
    }
}

#[tokio::test]
async fn opened_by_itself_the_file_is_opaque_and_works() {
    let site = Site::with_check().unwrap();
    for software in WebServer::ALL {
        let server = serve(software, &site).await;
        let browser = Browser::start().await.unwrap();
        let address = server.address("/pars-check/pars-check.en.html#contact=/contact.html");
        let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
        assert_works(&browser, &visitor, &server.address("/contact.html"), &format!("{software:?}, by itself")).await;
        // It is at a page of the site now, which opens the file once more and tries to read it.
        let outside = Visitor::outside(&browser.client);
        outside.run("window.opened = open('/pars-check/pars-check.en.html'); opened.opener = null").await.unwrap();
        let read = "try { opened.document; return false } catch (error) { return error.name === 'SecurityError' }";
        outside.until(&format!("{software:?}: the site can't read it"), read).await.unwrap();
        assert_asked_only(&browser.close().await.unwrap(), &server);
    }
}

#[tokio::test]
async fn opened_by_itself_the_file_is_opaque_in_firefox_and_webkit_too() {
    let site = Site::with_check().unwrap();
    let server = serve(WebServer::Nginx, &site).await;
    for engine in [Engine::Firefox, Engine::WebKit] {
        let browser = Browser::start_as(engine, None).await.unwrap();
        let address = server.address("/pars-check/pars-check.en.html#contact=/contact.html");
        let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
        assert_eq!(visitor.run("return self.origin").await.unwrap(), "null", "{engine:?}");
        let (seen, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
        assert_eq!(seen.outcome.as_deref(), Some("prevention"), "{engine:?}");
        visitor.click("contact").await.unwrap();
        browser.client.wait().for_url(&server.address("/contact.html").parse().unwrap()).await.unwrap();
        browser.end().await.unwrap();
    }
}

fn assert_asked_only(asked: &[String], server: &Listening) {
    assert!(asked.iter().any(|address| address.contains("/pars-check/pars-check.en.html")), "{asked:?}");
    let elsewhere: Vec<&String> = asked.iter().filter(|address| !address.starts_with(&server.address("/"))).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}

#[tokio::test]
async fn a_page_of_another_origin_cannot_frame_the_file() {
    let site = Site::with_check().unwrap();
    for software in WebServer::ALL {
        let server = serve(software, &site).await;
        let frame = format!(
            "<!doctype html><iframe src='{}' sandbox='{SANDBOX}' width=400 height=700></iframe>",
            server.address("/pars-check/pars-check.en.html")
        );
        let other = Server::serving(dist(), vec![Page::new("/other.html", frame)]).unwrap();
        let browser = Browser::start().await.unwrap();
        browser.client.goto(&other.address("/other.html")).await.unwrap();
        let visitor = Visitor::enter_frame(&browser.client).await.unwrap();
        visitor.until("the refusal", "return location.href.startsWith('chrome-error:')").await.unwrap();
        browser.close().await.unwrap();
    }
}

/// The page of the documentation shows what is tried here, and names each file that it tells to copy.
#[test]
fn the_page_about_hosting_names_the_files_that_lie_beside_it() {
    let folder = e2e::repository("docs/hosting");
    let page = fs::read_to_string(folder.join("README.md")).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_named = name == "README.md" || page.contains(&format!("[`{name}`]({name})"));
        assert!(is_named && Path::new(&name).extension().is_some(), "{name}");
    }
}
