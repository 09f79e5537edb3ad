//! Going to another page and coming back.

use anyhow::bail;

use crate::{Browser, Visitor};

/// A probe that writes down, each time the page is shown, whether it had been kept whole.
pub const WATCH_RETURNS: &str =
    "window.returns = []; addEventListener('pageshow', (event) => window.returns.push(event.persisted));";

/// How often a visit is made until the page was kept whole while somebody was away: Chromium now and then keeps none,
/// for reasons of its own that it does not tell a page.
const MOST_VISITS: usize = 4;

/// Makes visits until the page was kept in one of them. Each gives what it found, or nothing if it was not kept.
///
/// # Errors
/// It was never kept.
pub async fn until_kept<T>(mut visit: impl AsyncFnMut() -> Option<T>) -> anyhow::Result<T> {
    for _ in 0..MOST_VISITS {
        if let Some(found) = visit().await {
            return Ok(found);
        }
    }
    bail!("the page was not kept in {MOST_VISITS} visits")
}

impl Browser {
    /// Goes to another page and comes back, to the page as it was kept or as it is loaded again. Gives whether it was
    /// kept. The page has the probe [`WATCH_RETURNS`].
    ///
    /// # Errors
    /// The browser refuses, or the page does not come back.
    pub async fn go_and_come_back(&self, elsewhere: &str) -> anyhow::Result<bool> {
        self.client.goto(elsewhere).await?;
        self.client.back().await?;
        let visitor = Visitor::outside(&self.client);
        let is_back = "return !!window.returns && (window.returns.at(-1) === true ||
            performance.getEntriesByType('navigation')[0]?.type === 'back_forward')";
        visitor.until("the page again", is_back).await?;
        Ok(visitor.run("return window.returns.at(-1) === true").await? == true)
    }
}
