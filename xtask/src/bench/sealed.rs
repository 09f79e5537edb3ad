//! Scripts and styles out of a document that was sealed, to seal another one with the same: nothing is built anew, and
//! what is measured is what was distributed.

use anyhow::{Context, Result, bail};

use crate::bundle::Bundles;
use crate::policy;

/// What stands in the document. The glue by itself, which only the audit reads, is not in it.
pub(super) fn bundles_of(document: &str) -> Result<Bundles> {
    let [early, main] = policy::scripts(document)[..] else { bail!("a sealed document runs two scripts") };
    let (_, rest) = document.split_once("<style>").context("a sealed document has styles")?;
    let (css, _) = rest.split_once("</style>").context("its styles end")?;
    Ok(Bundles { glue: String::new(), early: early.to_owned(), main: main.to_owned(), css: css.to_owned() })
}

/// The engine's text in the document.
pub(super) fn engine_of(document: &str) -> Result<&str> {
    let (_, rest) = document.split_once("id=\"engine\">").context("a sealed document holds an engine")?;
    let (engine, _) = rest.split_once("</script>").context("its engine ends")?;
    Ok(engine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_styles_are_found_and_data_is_not_taken_for_them() {
        let document = "<style>p{}</style><script>early()</script>\
            <script type=\"text/plain\" id=\"pack\">data</script><script>main()</script>";
        let found = bundles_of(document).unwrap();
        assert_eq!([found.css, found.early, found.main], ["p{}", "early()", "main()"]);
        assert!(bundles_of("<style></style><script></script>").is_err());
        assert_eq!(engine_of("<script id=\"engine\">text</script>").unwrap(), "text");
        assert!(engine_of(document).is_err());
    }
}
