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
    ensure!(!has_style_attribute(document), "the document has an element with a `style` attribute");
    let inline = [scripts(document), between(document, "<style>", "</style>")].concat();
    let found: Vec<String> = inline.iter().map(|text| format!("'{}'", hashes::policy_source(text))).collect();
    let allowed = policy.split([' ', ';']).filter(|word| word.starts_with("'sha256-"));
    ensure!(
        allowed.eq(found.iter().map(String::as_str)),
        "the policy's hashes are not those of the scripts and styles"
    );
    Ok(())
}

/// Whether markup of the document styles an element by an attribute, which the policy would refuse.
fn has_style_attribute(document: &str) -> bool {
    let markup = document.split("<script").map(|part| part.split_once("</script>").map_or(part, |(_, markup)| markup));
    markup
        .into_iter()
        .any(|markup| markup.split('<').any(|tag| tag.split('>').next().unwrap_or("").contains(" style=")))
}

/// The scripts that a finished document runs, in order.
pub(crate) fn scripts(document: &str) -> Vec<&str> {
    between(document, "<script>", "</script>")
}

/// The texts between these two marks, in order.
pub(crate) fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split_once(end)).map(|(inside, _)| inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(script: &str) -> String {
        let bundles =
            Bundles { glue: String::new(), early: "early()".into(), main: "main()".into(), css: "p{}".into() };
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
    fn a_style_attribute_is_found_in_markup_and_nowhere_else() {
        assert!(has_style_attribute("<p>a</p><script>x</script><p class=\"a\" style=\"color: red\">"));
        assert!(!has_style_attribute("<p>in the style=of</p><script>'<p style=x>'</script><p data-x>"));
    }

    #[test]
    fn one_changed_character_is_found() {
        assert!(check(&document("main( )")).is_err());
        assert!(check("<script>main()</script>").is_err());
    }
}
