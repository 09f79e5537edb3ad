//! A thousand full quizzes in one page, after which it holds what it held after a hundred.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, ensure};
use e2e::{MOST_GROWTH, Soak};

#[tokio::main]
async fn main() -> ExitCode {
    e2e::ended(&run().await)
}

async fn run() -> Result<()> {
    let started = Instant::now();
    let mut soak = Soak::start().await?;
    let mut early = None;
    for count in [1, 100, 250, 500, 750, 1000] {
        soak.take_until(count).await?;
        let held = soak.held().await?;
        println!("after {count:4} quizzes, {:4.0} s: {held:?}", started.elapsed().as_secs_f64());
        if count == 100 {
            early = Some(held);
        } else if let Some(early) = &early {
            let grown = held.grown_since(early);
            ensure!(grown.is_empty(), "grown since the first hundred: {}", grown.join(", "));
        }
    }
    soak.end().await?;
    println!("No growth beyond {MOST_GROWTH} bytes of JavaScript's heap.");
    Ok(())
}
