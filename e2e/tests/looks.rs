//! Every kind of screen at phone and desktop width, light and dark. Nothing is wider than the window; the pictures go
//! to `target/screenshots/` for a person to look at.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Look, OUTCOMES, Server, Visitor, case, dist, repository};

struct Album<'a> {
    browser: &'a Browser,
    look: Look,
    name: &'static str,
}

impl Album<'_> {
    /// Checks the width and takes a picture of the window, or of the whole page where it is longer.
    async fn picture(&self, visitor: &Visitor<'_>, what: &str) {
        let width = visitor.run("return document.documentElement.scrollWidth").await.unwrap().as_u64().unwrap();
        assert!(width <= u64::from(self.look.width), "{what} is {width} wide at {}", self.look.width);
        let height = visitor.run("return document.documentElement.scrollHeight").await.unwrap().as_u64().unwrap();
        let tall = Look { height: u32::try_from(height).unwrap().clamp(self.look.height, 6000), ..self.look };
        self.browser.look(tall).await.unwrap();
        let folder = repository("target/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{}-{what}.png", self.name)), self.browser.screenshot().await.unwrap())
            .unwrap();
        self.browser.look(self.look).await.unwrap();
    }
}

async fn take_album(name: &'static str, look: Look) {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.look(look).await.unwrap();
    let album = Album { browser: &browser, look, name };
    let address = server.address("/pars-check.en.html#contact=/contact.html");
    let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
    album.picture(&visitor, "01-opening").await;
    let proof = "document.querySelector('details.proof').open = !document.querySelector('details.proof').open";
    visitor.run(proof).await.unwrap();
    album.picture(&visitor, "01-opening-proof").await;
    visitor.run(proof).await.unwrap();
    visitor.press("continue").await.unwrap();
    album.picture(&visitor, "02-error").await;
    visitor.tick("age", "18_34").await.unwrap();
    visitor.press("continue").await.unwrap();
    visitor.tick("rf_now", "none").await.unwrap();
    album.picture(&visitor, "03-question").await;
    let answers = case("V53").unwrap();
    let mut seen = visitor.see().await.unwrap();
    while !seen.is_check {
        let is_goal = seen.questions == ["goal"];
        if seen.questions == ["peg_p", "peg_e", "peg_g"] {
            album.picture(&visitor, "04-scale").await;
        }
        for question in seen.questions.iter().filter(|question| !is_goal && *question != "rf_now") {
            visitor.answer(question, &answers).await.unwrap();
        }
        seen = visitor.press(if is_goal { "skip" } else { "continue" }).await.unwrap();
    }
    album.picture(&visitor, "05-check").await;
    for (place, (id, tier)) in OUTCOMES.into_iter().enumerate() {
        // A fresh document each time; an address that differs in its fragment alone would keep the old one.
        browser.client.goto("about:blank").await.unwrap();
        let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
        let (seen, _) = visitor.take(&case(id).unwrap()).await.unwrap();
        assert_eq!(seen.outcome.as_deref(), Some(tier));
        album.picture(&visitor, &format!("{:02}-{tier}", place + 6)).await;
    }
    browser.client.goto(&server.address("/")).await.unwrap();
    Visitor::in_frame(&browser.client).await.unwrap();
    browser.leave_frames().await.unwrap();
    let page = Visitor::outside(&browser.client);
    album.picture(&page, "20-demo").await;
    browser.client.goto(&server.address("/pars-check.en.html#mode=leaflet")).await.unwrap();
    browser.client.refresh().await.unwrap();
    album.picture(&Visitor::outside(&browser.client), "21-leaflet").await;
    browser.close().await.unwrap();
}

#[tokio::test]
async fn on_a_phone() {
    take_album("phone", Look::PHONE).await;
}

#[tokio::test]
async fn on_a_desktop() {
    take_album("desktop", Look::DESKTOP).await;
}

#[tokio::test]
async fn on_a_phone_in_the_dark() {
    take_album("phone-dark", Look { is_dark: true, ..Look::PHONE }).await;
}
