//! The sealed document's content security policy: nothing but its own scripts and styles, by their hashes.

use anyhow::{Result, ensure};

use crate::bundle::Bundles;
use crate::hashes;

/// The policy for a document with these inline scripts and styles.
pub(crate) fn of(bundles: &Bundles) -> String {
    let [early, main, css] = [&bundles.early, &bundles.main, &bundles.css].map(|text| hashes::policy_source(text));
    format!(
        "default-src 'none'; script-src '{early}' '{main}' 'wasm-unsafe-eval'; style-src '{css}'; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// Fails unless the policy of a finished document allows each inline script and style in it, and no other.
pub(crate) fn check(document: &str) -> Result<()> {
    let policy = between(document, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let policy = policy.first().copied().unwrap_or_default();
    ensure!(
        policy.starts_with("default-src 'none';"),
        "the document has no policy that begins with default-src 'none'"
    );
    let inline = [between(document, "<script>", "</script>"), between(document, "<style>", "</style>")].concat();
    let found: Vec<String> = inline.iter().map(|text| format!("'{}'", hashes::policy_source(text))).collect();
    let allowed = policy.split([' ', ';']).filter(|word| word.starts_with("'sha256-"));
    ensure!(
        allowed.eq(found.iter().map(String::as_str)),
        "the policy's hashes are not those of the scripts and styles"
    );
    Ok(())
}

/// The texts between these two marks, in order.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split_once(end)).map(|(inside, _)| inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(script: &str) -> String {
        let bundles = Bundles { early: "early()".into(), main: "main()".into(), css: "p{}".into() };
        let policy = of(&bundles);
        format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><style>p{{}}</style>\
             <script>early()</script><script type=\"text/plain\">data</script><script>{script}</script>"
        )
    }

    #[test]
    fn a_policy_allows_what_the_document_holds() {
        check(&document("main()")).unwrap();
    }

    #[test]
    fn one_changed_character_is_found() {
        assert!(check(&document("main( )")).is_err());
        assert!(check("<script>main()</script>").is_err());
    }
}
