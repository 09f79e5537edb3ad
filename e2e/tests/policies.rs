//! Strict headers of the page around and of the server: the table of docs/how-to/host-policies.md, row by row.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use e2e::{Browser, Page, SANDBOX, Server, Visitor, dist, repository};
use serde_json::json;

const SCRIPT: &str = "<script type=\"module\" src=\"pars-check.js\"></script>";

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    /// Whether the header comes with the page, and not with the sealed file.
    is_pages: bool,
    header: String,
    embeddings: Vec<String>,
    is_refused: bool,
    line: String,
}

/// What is served: the headers of page and file, and how the page loads the script.
#[derive(Clone, Debug)]
struct Served {
    page: Vec<String>,
    file: Vec<String>,
    script: String,
}

fn rows() -> Vec<Row> {
    let text = std::fs::read_to_string(repository("docs/how-to/host-policies.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| page |") || line.starts_with("| file |"));
    let rows = rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [whose, header, embeddings, without, line] = cells[..] else { panic!("five cells: {line}") };
        Row {
            is_pages: whose == "page",
            header: header.trim_matches('`').to_owned(),
            embeddings: embeddings.split(", ").map(str::to_owned).collect(),
            is_refused: without == "refused",
            line: line.replace('`', ""),
        }
    });
    rows.collect()
}

/// A header's policy with these directives in place of those of the same name.
fn with_directives(header: &str, directives: &str) -> String {
    let (name, policy) = header.split_once(": ").unwrap();
    let named = |directive: &str| directive.split(' ').next().unwrap().to_owned();
    let new: Vec<&str> = directives.split("; ").collect();
    let kept = policy.split("; ").filter(|old| new.iter().all(|new| named(new) != named(old)));
    format!("{name}: {}", kept.chain(new.iter().copied()).collect::<Vec<_>>().join("; "))
}

impl Row {
    fn served(&self) -> Served {
        let (mut page, mut file) = (Vec::new(), Vec::new());
        if self.is_pages { &mut page } else { &mut file }.push(self.header.clone());
        Served { page, file, script: SCRIPT.to_owned() }
    }

    fn mended(&self) -> Served {
        let mut served = self.served();
        let headers = if self.is_pages { &mut served.page } else { &mut served.file };
        if self.line.starts_with("<script") {
            served.script.clone_from(&self.line);
        } else if let Some(of_file) = self.line.strip_prefix("file: ") {
            served.file.push(of_file.to_owned());
        } else if self.line.contains(": ") {
            *headers = vec![self.line.clone()];
        } else {
            *headers = vec![with_directives(&self.header, &self.line)];
        }
        served
    }
}

fn page(path: &str, body: String, headers: &[String]) -> Page {
    headers.iter().fold(Page::new(path, body), |page, header| {
        let (name, value) = header.split_once(": ").unwrap();
        page.with_header(name, value).unwrap()
    })
}

fn serve(served: &Served, embedding: &str) -> Server {
    let fallback = "<p id=fallback><a href=contact.html>Contact us</a></p>";
    let embedded = match embedding {
        "script" => format!("{}<pars-check>{fallback}</pars-check>", served.script),
        "frame" => format!(
            "<iframe src=pars-check.en.html sandbox='{SANDBOX}' allow='' width=500 height=600></iframe>{fallback}"
        ),
        other => panic!("no such embedding: {other}"),
    };
    let host = format!("<!doctype html><html lang=en><meta charset=utf-8><title>host</title><h1>Clinic</h1>{embedded}");
    let document = std::fs::read_to_string(dist().join("pars-check.en.html")).unwrap();
    let pages = vec![page("/host.html", host, &served.page), page("/pars-check.en.html", document, &served.file)];
    Server::serving(dist(), pages).unwrap()
}

async fn assert_page_is_whole(browser: &Browser, what: &str) {
    let shown = "const shown = (selector) => document.querySelector(selector)?.getClientRects().length > 0; \
        return [shown('h1'), shown('#fallback a')]";
    assert_eq!(Visitor::outside(&browser.client).run(shown).await.unwrap(), json!([true, true]), "{what}");
}

async fn assert_works(browser: &Browser, served: &Served, embedding: &str) {
    let what = format!("{embedding} with {served:?}");
    let site = serve(served, embedding);
    let visitor = Visitor::on_page(&browser.client, &site.address("/host.html")).await;
    let visitor = visitor.unwrap_or_else(|error| panic!("{what}: {error:#}"));
    visitor.tick("age", "35_49").await.unwrap();
    assert_eq!(visitor.press("continue").await.unwrap().questions, ["rf_now"], "{what}");
    browser.leave_frames().await.unwrap();
    assert_page_is_whole(browser, &what).await;
}

/// The frame holds the browser's own error page, or there is none because the script was refused.
async fn assert_refused(browser: &Browser, served: &Served, embedding: &str) {
    let what = format!("{embedding} with {served:?}");
    let site = serve(served, embedding);
    browser.client.goto(&site.address("/host.html")).await.unwrap();
    let outside = Visitor::outside(&browser.client);
    outside.until("the page", "return document.readyState === 'complete'").await.unwrap();
    let has_frame = "const element = document.querySelector('pars-check'); \
        return !!(element?.shadowRoot ?? document).querySelector('iframe')";
    if outside.run(has_frame).await.unwrap() == true {
        Visitor::enter_frame(&browser.client).await.unwrap();
        let refused = "return location.href.startsWith('chrome-error:')";
        outside.until(&format!("the refusal: {what}"), refused).await.unwrap();
        browser.leave_frames().await.unwrap();
    } else {
        assert_eq!(outside.run("return !customElements.get('pars-check')").await.unwrap(), true, "{what}");
    }
    assert_page_is_whole(browser, &what).await;
}

#[tokio::test]
async fn each_row_of_the_table_is_as_it_says() {
    let rows = rows();
    assert!(rows.len() >= 15, "the table of docs/how-to/host-policies.md is read: {rows:?}");
    let browser = Browser::start().await.unwrap();
    for row in rows {
        for embedding in &row.embeddings {
            if row.is_refused {
                assert_refused(&browser, &row.served(), embedding).await;
                assert_works(&browser, &row.mended(), embedding).await;
            } else {
                assert_works(&browser, &row.served(), embedding).await;
            }
        }
    }
    browser.close().await.unwrap();
}

#[test]
fn a_directive_takes_the_place_of_its_like() {
    let header = "Content-Security-Policy: script-src 'self'; frame-src https://video.example";
    assert_eq!(
        with_directives(header, "frame-src 'self'"),
        "Content-Security-Policy: script-src 'self'; frame-src 'self'"
    );
}
