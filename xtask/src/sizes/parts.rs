//! What a sealed document is made of.

use anyhow::{Context, Result};

use crate::engine_text::LINES;
use crate::policy::{between, scripts};

/// The parts of a sealed document by name. Together they are the whole of it, but for a few tags between them.
pub(super) fn of(document: &str, glue: &str) -> Result<Vec<(&'static str, String)>> {
    let engine = between(document, "id=\"engine\">", "</script>");
    let text = engine.first().copied().context("the document holds no engine")?;
    // The code stands in lines, the rest below them.
    let rest = text.splitn(LINES + 1, '\n').last().unwrap_or_default();
    let code = text.strip_suffix(rest).unwrap_or_default();
    let pack = between(document, "id=\"pack\">", "</script>");
    let styles = between(document, "<style>", "</style>");
    let (scripts, figures) = (scripts(document), drawings(document));
    let mut markup = document.to_owned();
    for part in [&engine, &pack, &styles, &scripts, &figures].into_iter().flatten() {
        markup = markup.replace(part, "");
    }
    Ok(vec![
        ("engine, code", code.to_owned()),
        ("engine, the rest", rest.to_owned()),
        ("scripts with the glue", scripts.concat()),
        ("of them the glue, as it is generated", glue.to_owned()),
        ("content", pack.concat()),
        ("pictures", figures.concat()),
        ("styles", styles.concat()),
        ("markup", markup),
    ])
}

/// The drawings in a document, in order.
pub(super) fn drawings(document: &str) -> Vec<&str> {
    let ending = document.split_inclusive("</svg>").filter(|part| part.ends_with("</svg>"));
    ending.filter_map(|part| part.get(part.find("<svg ")?..)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_are_taken_out_of_a_document_and_nothing_else() {
        let document = "<p>a</p><svg viewBox=\"0\"><g></g></svg><p>b</p><svg role=\"img\"></svg>";
        assert_eq!(drawings(document).concat(), "<svg viewBox=\"0\"><g></g></svg><svg role=\"img\"></svg>");
        assert_eq!(drawings("<p>the svg of</p>").concat(), "");
    }

    #[test]
    fn every_character_of_a_document_is_in_one_part() {
        let code = "1\n".repeat(LINES);
        let document = format!(
            "<style>p{{}}</style><h1>a</h1><svg viewBox=\"0\"><g/></svg><script>early()</script>\
            <script type=\"text/plain\" id=\"pack\">words</script><script>main()</script>\
            <script type=\"text/plain\" id=\"engine\">{code}around\n12</script>"
        );
        let parts = of(&document, "glue()").unwrap();
        let part = |name: &str| parts.iter().find(|(each, _)| *each == name).unwrap().1.clone();
        assert_eq!([part("engine, code"), part("engine, the rest")], [code, "around\n12".to_owned()]);
        assert_eq!([part("scripts with the glue"), part("content")], ["early()main()", "words"]);
        assert_eq!([part("styles"), part("pictures")], ["p{}", "<svg viewBox=\"0\"><g/></svg>"]);
        let sum: usize =
            parts.iter().filter(|(name, _)| !name.starts_with("of them")).map(|(_, text)| text.len()).sum();
        assert_eq!(sum, document.len());
        assert!(part("markup").starts_with("<style></style><h1>a</h1><script></script>"), "{}", part("markup"));
        assert!(of("<p>", "").is_err());
    }
}
