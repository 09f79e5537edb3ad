//! The document with some of its layers switched off, in a page that listens to it.

use std::collections::BTreeMap;

use e2e::{SANDBOX, Server, dist, with_probe, without_guard, without_lockdown};

use crate::collector::Collector;

/// Which layers are on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layers {
    pub(crate) lockdown: bool,
    pub(crate) policy: bool,
    pub(crate) sandbox: bool,
}

impl Layers {
    pub(crate) const NONE: Self = Self { lockdown: false, policy: false, sandbox: false };
    pub(crate) const LOCKDOWN: Self = Self { lockdown: true, ..Self::NONE };
    pub(crate) const POLICY: Self = Self { policy: true, ..Self::NONE };
    pub(crate) const SANDBOX: Self = Self { sandbox: true, ..Self::NONE };
    pub(crate) const ALL: Self = Self { lockdown: true, policy: true, sandbox: true };
}

/// Serves the page around, and the document in it.
pub(crate) fn serve(layers: Layers, collector: &Collector) -> Server {
    let pages = BTreeMap::from([
        ("/host.html".to_owned(), host(layers)),
        ("/document.html".to_owned(), document(layers, collector)),
        ("/worker.js".to_owned(), String::new()),
    ]);
    Server::with_pages(dist(), pages).unwrap()
}

/// A page that passes on what it hears, and answers.
fn host(layers: Layers) -> String {
    let sandbox = if layers.sandbox { format!("sandbox='{SANDBOX}'") } else { String::new() };
    format!(
        "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><title>host</title><script>
        const pass = (url) => fetch(url, {{mode: 'no-cors'}}).catch(() => {{}});
        addEventListener('message', ({{data, source}}) => {{
            if (data.leak) pass(data.leak);
            const seen = [scrollY, document.activeElement.localName, history.length].join();
            if (data === 'look') source.postMessage({{seen}}, '*');
        }});
        new BroadcastChannel('leak').onmessage = ({{data}}) => pass(data);
        setInterval(() => frames[0]?.postMessage('hello', '*'), 100);
        </script><iframe src=document.html {sandbox} width=800 height=600></iframe><p style='height:3000px'>"
    )
}

/// The attempts, as one script.
fn attempts(collector: &Collector) -> String {
    let parts = [
        include_str!("../../pages/escapes/run.js"),
        include_str!("../../pages/escapes/engine.js"),
        include_str!("../../pages/escapes/requests.js"),
        include_str!("../../pages/escapes/elements.js"),
        include_str!("../../pages/escapes/links.js"),
        include_str!("../../pages/escapes/styles.js"),
        include_str!("../../pages/escapes/signals.js"),
    ];
    let engine = include_str!("../../pages/engine.js");
    format!("{engine}(() => {{ {} {} }})();", collector.addresses(), parts.join("\n"))
}

fn document(layers: Layers, collector: &Collector) -> String {
    let sealed = std::fs::read_to_string(dist().join("pars-check.en.html")).unwrap();
    let mut document = with_probe(&sealed, &attempts(collector)).unwrap();
    if !layers.sandbox {
        document = without_guard(&document).unwrap();
    }
    if !layers.lockdown {
        document = without_lockdown(&document).unwrap();
    }
    if !layers.policy {
        document = without_policy(&document);
    }
    document
}

fn without_policy(document: &str) -> String {
    let (before, after) = document.split_once("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let (_, after) = after.split_once('>').unwrap();
    format!("{before}{after}")
}
