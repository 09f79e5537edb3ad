//! WordPress's block editor, as a person uses it: with a mouse and a keyboard.

use anyhow::{Context, Result};
use e2e::{Browser, Look, Visitor, keep};
use fantoccini::Locator;
use serde_json::Value;

use crate::wordpress::{Post, WordPress};

/// Logs in, begins a new post, adds a block *Custom HTML*, writes into it, and publishes.
pub(crate) async fn publish(browser: &Browser, wordpress: &WordPress, role: &str, html: &str) -> Result<Post> {
    browser.look(Look::DESKTOP).await?;
    let screen = Visitor::outside(&browser.client);
    log_in(browser, wordpress, role).await?;
    begin_post(browser, &screen, wordpress).await?;
    add_block(browser, &screen).await?;
    // What is written stands in a frame of the editor's own.
    browser.client.find(Locator::Css(CANVAS)).await?.enter_frame().await?;
    browser.client.find(Locator::Css(FIELD)).await?.send_keys(html).await?;
    browser.leave_frames().await?;
    keep("wordpress-block-editor.png", &browser.screenshot().await?)?;
    press(browser, &screen, ".editor-post-publish-button__button").await?;
    press(browser, &screen, ".editor-post-publish-panel .editor-post-publish-button").await?;
    let is_published = "return wp.data.select('core/editor').isCurrentPostPublished()";
    screen.until("the post to be published", is_published).await?;
    saved(&screen).await
}

const CANVAS: &str = "iframe[name=editor-canvas]";
const FIELD: &str = ".wp-block-html textarea";

async fn log_in(browser: &Browser, wordpress: &WordPress, role: &str) -> Result<()> {
    browser.client.goto(&wordpress.address("/wp-login.php")).await?;
    for (field, text) in [("#user_login", role), ("#user_pass", wordpress.password(role))] {
        browser.client.find(Locator::Css(field)).await?.send_keys(text).await?;
    }
    browser.client.find(Locator::Css("#wp-submit")).await?.click().await?;
    let is_in = "return !!document.getElementById('wpadminbar')";
    Visitor::outside(&browser.client).until("the dashboard", is_in).await
}

async fn begin_post(browser: &Browser, screen: &Visitor<'_>, wordpress: &WordPress) -> Result<()> {
    browser.client.goto(&wordpress.address("/wp-admin/post-new.php")).await?;
    let is_ready = "return !!document.querySelector('.editor-post-publish-button__button') && \
        !!window.wp?.data?.select('core/editor')?.getCurrentPostId()";
    screen.until("the block editor", is_ready).await?;
    // It greets whoever is new with a guide.
    screen.run("wp.data.dispatch('core/preferences').set('core/edit-post', 'welcomeGuide', false)").await?;
    screen.until("the guide to go", "return !document.querySelector('.edit-post-welcome-guide')").await
}

/// By the button *Toggle block inserter*, a search, and a press on what is found.
async fn add_block(browser: &Browser, screen: &Visitor<'_>) -> Result<()> {
    press(browser, screen, ".editor-document-tools__inserter-toggle").await?;
    let search = ".block-editor-inserter__search input";
    screen.until("the search for blocks", &format!("return !!document.querySelector('{search}')")).await?;
    browser.client.find(Locator::Css(search)).await?.send_keys("Custom HTML").await?;
    // While it searches it makes the list anew.
    let is_alone = "const found = document.querySelectorAll('.block-editor-block-types-list__item'); \
        return found.length === 1 && found[0].classList.contains('editor-block-list-item-html')";
    screen.until("the block alone among those that are found", is_alone).await?;
    press(browser, screen, ".editor-block-list-item-html").await?;
    let is_there = format!("return !!document.querySelector('{CANVAS}')?.contentDocument.querySelector('{FIELD}')");
    screen.until("the block", &is_there).await
}

async fn press(browser: &Browser, screen: &Visitor<'_>, button: &str) -> Result<()> {
    let is_ready = format!(
        "const it = document.querySelector('{button}'); \
         return !!it && !it.disabled && it.getAttribute('aria-disabled') !== 'true'"
    );
    screen.until(button, &is_ready).await?;
    browser.client.find(Locator::Css(button)).await?.click().await.with_context(|| button.to_owned())
}

/// What the editor says that it has saved.
async fn saved(screen: &Visitor<'_>) -> Result<Post> {
    let saved = "const post = wp.data.select('core/editor'); return [post.getPermalink(), post.getEditedPostContent()]";
    let saved = screen.run(saved).await?;
    let text = |place: usize| saved.get(place).and_then(Value::as_str).map(str::to_owned);
    Ok(Post { address: text(0).context("its address")?, content: text(1).context("its content")? })
}
