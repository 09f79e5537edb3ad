//! A copy of the document with a small script of the test's own in it.
//!
//! Chromium can be told to run a script before all others; Firefox and WebKit can't, and run those of WebDriver apart
//! from the page's. This one is the page's own.

use anyhow::{Context, bail, ensure};
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

/// The document with one place of its own scripts edited. Its policy allows the script as it then is.
///
/// # Errors
/// The place is not in exactly one script, or the policy does not name that script.
pub fn with_edit(document: &str, from: &str, to: &str) -> anyhow::Result<String> {
    let scripts = document.split("<script>").skip(1).filter_map(|rest| Some(rest.split_once("</script>")?.0));
    let found: Vec<&str> = scripts.filter(|script| script.contains(from)).collect();
    let [script] = found[..] else { bail!("{from:?} is in {} scripts", found.len()) };
    let edited = script.replacen(from, to, 1);
    let [old, new] = [script, &edited].map(|script| BASE64_STANDARD.encode(Sha256::digest(script)));
    ensure!(document.contains(&old), "the policy does not name the script with {from:?}");
    Ok(document.replace(script, &edited).replace(&old, &new))
}

/// The document that asks its questions in any frame.
///
/// # Errors
/// `src/host/early.js` no longer looks at what it did.
pub fn without_guard(document: &str) -> anyhow::Result<String> {
    with_edit(&with_edit(document, "self.origin!==\"null\"", "false")?, "top.location.href", "\"\"")
}

/// The document without its lockdown.
///
/// # Errors
/// The second script does not call the lockdown as `src/host/boot.js` does.
pub fn without_lockdown(document: &str) -> anyhow::Result<String> {
    // `lockDown(self)` behind the listener for the whole file, under the name that the bundler gave it.
    let (_, start) = document.rsplit_once("\"DOMContentLoaded\"").context("the script waits for the whole file")?;
    let (before, _) = start.split_once("(self)").context("a call for this realm")?;
    let (_, name) = before.rsplit_once(',').context("which is one of several")?;
    ensure!((1..5).contains(&name.len()), "the call is not the lockdown's but that of {name:?}");
    with_edit(document, &format!(",{name}(self)"), ",0")
}

#[cfg(test)]
mod tests {
    use super::{with_edit, with_probe};

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

    #[test]
    fn an_edit_changes_the_script_and_its_hash() {
        let document =
            "script-src 'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='<script>doSomething();</script>";
        let edited = with_edit(document, "doSomething", "doNothing").unwrap();
        assert!(edited.ends_with("<script>doNothing();</script>") && !edited.contains("RFWPLDbv"), "{edited}");
        assert!(with_edit(document, "absent", "").is_err());
        assert!(with_edit("<script>doSomething();</script>", "doSomething", "").is_err());
    }
}
