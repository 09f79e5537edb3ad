//! A copy of the document with a small script of the test's own in it.
//!
//! Chromium can be told to run a script before all others; Firefox and WebKit can't, and run those of WebDriver apart
//! from the page's. This one is the page's own.

use anyhow::{Context, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The document with a script that runs as the first of its body. The document's policy allows this very script
/// besides, and is otherwise left as it is.
///
/// What the script puts on `window` can be read by [`Visitor::run`](crate::Visitor::run).
///
/// # Errors
/// The document has no policy for scripts or no body, or the script would end early.
pub fn with_probe(document: &str, script: &str) -> anyhow::Result<String> {
    ensure!(!script.contains("</script"), "the script would end in the middle");
    let hash = BASE64_STANDARD.encode(Sha256::digest(script));
    let (head, body) = document.split_once("<body>").context("the document has a body")?;
    let (before, after) = head.split_once("script-src ").context("the document has a policy for scripts")?;
    Ok(format!("{before}script-src 'sha256-{hash}' {after}<body><script>{script}</script>{body}"))
}

#[cfg(test)]
mod tests {
    use super::with_probe;

    #[test]
    fn the_script_comes_first_and_the_policy_allows_it() {
        let document = "<meta content=\"default-src 'none'; script-src 'sha256-own'; x\"><body><script>own()</script>";
        // The hash is that of the example of CSP level 3, §8.1.
        let expected = "<meta content=\"default-src 'none'; script-src \
            'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc=' 'sha256-own'; x\">\
            <body><script>doSomething();</script><script>own()</script>";
        assert_eq!(with_probe(document, "doSomething();").unwrap(), expected);
    }

    #[test]
    fn a_document_or_a_script_that_does_not_fit_is_an_error() {
        assert!(with_probe("<body>", "f()").is_err());
        assert!(with_probe("script-src 'none'", "f()").is_err());
        assert!(with_probe("script-src 'none'<body>", "'</script>'").is_err());
    }
}
