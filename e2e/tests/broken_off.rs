//! A download that comes slowly, or breaks off with no end that the browser tells of.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::Arc;
use std::time::Duration;

use e2e::{Browser, Engine, Visitor, document, with_probe};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// The document's own looks come twenty-five times as often, so that the tests need not wait as long.
const HASTE: &str = "const later = setTimeout; window.setTimeout = (act, wait) => later(act, wait / 25)";

const DOCUMENT: &str = "/pars-check.en.html";
const SPANISH: &str = "/pars-check.es.html";

/// Pages around it, with another emergency number, and the class that the document then has.
const HOSTS: [(&str, &str, &str); 2] = [
    ("/host.html", "emergency=112&langs=en,es", "failed"),
    ("/leaflet.html", "emergency=112&mode=leaflet", "leaflet-only"),
];

/// What becomes of a connection once a part of the document was sent.
#[derive(Clone, Debug)]
enum End {
    /// It stays, and nothing more comes.
    Stalls,
    /// It is closed when the test says so, though more was announced.
    Breaks(Arc<Notify>),
    /// The rest comes bit by bit.
    GoesOn,
}

/// How much comes at once where a download goes on, and the time between: it takes many looks, and each finds more.
const BIT: usize = 10_000;
const PAUSE: Duration = Duration::from_millis(50);

async fn answer(mut stream: TcpStream, document: &[u8], sent: usize, end: End) -> std::io::Result<()> {
    let mut request = [0; 4096];
    let length = stream.read(&mut request).await?;
    let head = |length: usize| {
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\r\n")
    };
    let asks_for = |path: &str| request[..length].starts_with(format!("GET {path} ").as_bytes());
    for (path, fragment, _) in HOSTS {
        if asks_for(path) {
            let page = format!("<!doctype html><iframe sandbox='allow-scripts' src='{DOCUMENT}#{fragment}'></iframe>");
            return stream.write_all((head(page.len()) + &page).as_bytes()).await;
        }
    }
    if !asks_for(DOCUMENT) && !asks_for(SPANISH) {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").await;
    }
    stream.write_all(head(document.len()).as_bytes()).await?;
    stream.write_all(&document[..sent]).await?;
    match end {
        End::Stalls => stream.read(&mut request).await.map(drop), // until the browser goes
        End::Breaks(now) => {
            now.notified().await;
            stream.shutdown().await
        }
        End::GoesOn => {
            for bit in document[sent..].chunks(BIT) {
                tokio::time::sleep(PAUSE).await;
                stream.write_all(bit).await?;
            }
            Ok(())
        }
    }
}

/// Serves the document on loopback until the test ends, and pages with it in a frame. Gives their address.
async fn serve(document: String, sent: usize, end: End) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (document, end) = (document.clone(), end.clone());
            // A browser that goes away in the middle is no fault.
            tokio::spawn(async move { answer(stream, document.as_bytes(), sent, end).await.ok() });
        }
    });
    format!("http://127.0.0.1:{port}")
}

#[tokio::test]
async fn where_a_download_breaks_off_the_leaflet_comes_in_each_browser() {
    let whole = with_probe(&document().unwrap(), HASTE).unwrap();
    let at = |mark: &str| whole.find(mark).unwrap();
    let cuts = [("#leaflet [data-contact]", at("<script>//#")), ("#engine", at("id=\"engine\"") + 100_000)];
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        let browser = Browser::start_without_waiting(engine).await.unwrap();
        for (last, cut) in cuts {
            // In WebKit's small browser a page of its own takes the place of a document whose connection broke.
            let breaks = (engine != Engine::WebKit).then(|| Some(Arc::new(Notify::new())));
            for breaks in [None].into_iter().chain(breaks) {
                let what = format!("in {last}, breaks: {}, {engine:?}", breaks.is_some());
                let end = breaks.clone().map_or(End::Stalls, End::Breaks);
                let address = serve(whole.clone(), cut, end).await;
                browser.client.goto(&(address + DOCUMENT)).await.unwrap();
                let visitor = Visitor::outside(&browser.client);
                // What Chromium has not read by then is lost.
                let has_come = format!("return !!document.querySelector({})", json!(last));
                visitor.until(&what, &has_come).await.unwrap();
                breaks.inspect(|now| now.notify_one());
                let failed = "return document.documentElement.className === 'failed'";
                visitor.until(&what, failed).await.unwrap();
                let left = "const shown = (selector) => document.querySelector(selector).getClientRects().length > 0;
                    return [shown('.emergency-line'), shown('#leaflet'), document.querySelectorAll('input').length]";
                assert_eq!(visitor.run(left).await.unwrap(), json!([true, true, 0]), "{what}");
            }
        }
        browser.end().await.unwrap();
    }
}

#[tokio::test]
async fn where_a_download_is_slow_and_goes_on_the_questions_come_in_each_browser() {
    let whole = with_probe(&document().unwrap(), HASTE).unwrap();
    let first = whole.find("</template>").unwrap() + 20_000;
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        let browser = Browser::start_without_waiting(engine).await.unwrap();
        let address = serve(whole.clone(), first, End::GoesOn).await;
        browser.client.goto(&(address + DOCUMENT)).await.unwrap();
        let visitor = Visitor::outside(&browser.client);
        let live = "return document.documentElement?.className === 'quiz live'";
        visitor.until(&format!("the questions, {engine:?}"), live).await.unwrap();
        browser.end().await.unwrap();
    }
}

#[tokio::test]
async fn where_a_download_breaks_off_the_number_is_that_of_the_page_around_in_each_browser() {
    let whole = with_probe(&document().unwrap(), HASTE).unwrap();
    let cut = whole.find("id=\"engine\"").unwrap();
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        for (path, _, class) in HOSTS {
            // No command waits for a page, so one that was there before would still be found.
            let browser = Browser::start_without_waiting(engine).await.unwrap();
            let address = serve(whole.clone(), cut, End::Stalls).await;
            browser.client.goto(&(address + path)).await.unwrap();
            let visitor = Visitor::enter_frame(&browser.client).await.unwrap();
            let is_so = format!(
                "const numbers = [...document.querySelectorAll('.emergency-number')]
                    .map((link) => `${{link.textContent}} ${{link.getAttribute('href')}}`);
                return document.documentElement?.className === '{class}' && numbers.length > 1 &&
                    numbers.every((number) => number === '112 tel:112')"
            );
            visitor.until(&format!("the number, {path}, {engine:?}"), &is_so).await.unwrap();
            browser.end().await.unwrap();
        }
    }
}

#[tokio::test]
async fn while_a_download_goes_on_another_language_keeps_the_settings() {
    let whole = document().unwrap();
    let cut = whole.find("<script>//#").unwrap();
    let browser = Browser::start_without_waiting(Engine::Chromium).await.unwrap();
    let address = serve(whole, cut, End::Stalls).await;
    let (path, fragment, _) = HOSTS[0];
    browser.client.goto(&(address + path)).await.unwrap();
    let visitor = Visitor::enter_frame(&browser.client).await.unwrap();
    let has_come = "return !!document.querySelector('#leaflet') && document.readyState === 'loading'";
    visitor.until("the first part of the document", has_come).await.unwrap();
    visitor.run("document.querySelector('[data-language][hreflang=es]').click()").await.unwrap();
    browser.leave_frames().await.unwrap();
    let visitor = Visitor::enter_frame(&browser.client).await.unwrap();
    let is_so = format!("return location.pathname === '{SPANISH}' && location.hash === '#{fragment}'");
    visitor.until("the other language with the settings", &is_so).await.unwrap();
    browser.end().await.unwrap();
}
