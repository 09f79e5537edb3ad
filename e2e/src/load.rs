//! How many visitors a second one small server starts: the check beside others, served by nginx as `docs/hosting` says, in
//! turn, on this machine.
//!
//! `docs/scale.md` says what is measured and how; `cargo xtask load` prepares what is read here and runs it.

mod report;
mod wrk;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::bench::contenders::{Contender, make_others};
use crate::bench::machine::{machine, versions};
use crate::bench::questions::Questions;
use crate::{Browser, Listening, Server, Site, Visitor, WebServer, hosting_block};
use wrk::Measured;

pub use report::Load;

/// A page, and what its visitors ask for.
#[derive(Clone, Debug)]
struct Visit {
    name: &'static str,
    paths: Vec<String>,
}

/// Measures everybody in turn, so many times, each for so many seconds.
///
/// # Errors
/// What is measured is not there, or a request was refused or failed.
pub async fn load(runs: usize, seconds: u64) -> Result<Load> {
    let machine = machine();
    let site = Site::with_check()?;
    make_others(&Questions::read()?, site.folder())?;
    let visits = visits(&site).await?;
    let server = WebServer::Nginx.serve(site.folder(), &hosting_block("nginx brotli")?).await?;
    for visit in &visits {
        assert_is_served(&server, site.folder(), visit)?;
    }
    let mut measured: BTreeMap<&'static str, Vec<Measured>> = BTreeMap::new();
    for run in 1..=runs {
        for visit in &visits {
            let found = wrk::run(&server, &visit.paths, seconds);
            let found = found.with_context(|| format!("{} in run {run}", visit.name))?;
            eprintln!("  run {run}: {}", visit.name);
            measured.entry(visit.name).or_default().push(found);
        }
    }
    let mut versions = versions();
    versions.remove("browser");
    versions.insert("server".to_owned(), WebServer::Nginx.version()?);
    versions.insert("wrk".to_owned(), wrk::version()?);
    Ok(Load { runs, seconds, machine, versions, visits: visits.into_iter().map(Visit::into_parts).collect(), measured })
}

impl Visit {
    fn into_parts(self) -> (&'static str, Vec<String>) {
        (self.name, self.paths)
    }
}

/// What a browser asks for in each: found by opening it.
async fn visits(site: &Site) -> Result<Vec<Visit>> {
    let ours = "/element.html";
    let other = |contender: Contender| (contender.name(), format!("/{}/index.html", contender.folder()));
    let pages = [(Contender::Ours.name(), ours.to_owned()), other(Contender::SurveyJs), other(Contender::LhcForms)];
    let mut visits = Vec::new();
    for (name, page) in pages {
        let server = Server::of(site.folder().to_owned())?;
        let browser = Browser::start().await?;
        browser.client.goto(&server.address(&page)).await?;
        if page == ours {
            Visitor::in_frame(&browser.client).await?;
        }
        browser.end().await?;
        // The page of the clinic is its own; those of the others hold the questions.
        let paths: Vec<String> = server.requests().into_iter().filter(|path| path != ours).collect();
        ensure!(!paths.is_empty(), "nothing was asked for by {page}");
        visits.push(Visit { name, paths });
    }
    Ok(visits)
}

/// Every file is sent, and as what brotli made of it: else another thing would be measured.
fn assert_is_served(server: &Listening, folder: &Path, visit: &Visit) -> Result<()> {
    for path in &visit.paths {
        let (status, encoding, length) = wrk::ask(&server.address(path))?;
        let file = folder.join(format!("{}.br", path.trim_start_matches('/')));
        let expected = fs::metadata(&file).with_context(|| format!("{} is not there", file.display()))?.len();
        ensure!(
            (status, encoding.as_deref(), length) == (200, Some("br"), expected),
            "{path} is sent with status {status}, as {encoding:?}, in {length} bytes instead of {expected}"
        );
    }
    Ok(())
}
