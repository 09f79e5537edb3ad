//! dump
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use e2e::{Browser, Thing, Tour};
#[tokio::test]
async fn dump() {
    let browser = Browser::start().await.unwrap();
    browser.look(e2e::Look::DESKTOP).await.unwrap();
    std::fs::create_dir_all("/tmp/readers-dump").unwrap();
    Tour::of(&browser, "en").unwrap().walk(&mut async |_visitor, name| {
        let page = Thing::of_page(&browser).await?;
        std::fs::write(format!("/tmp/readers-dump/{name}.txt"), page.lines().join("\n"))?;
        Ok(())
    }).await.unwrap();
}
