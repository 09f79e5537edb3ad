//! The quiz seen at a glance: which screen leads to which, where it ends early, and the decision tables.
//!
//! The flow is exact: an arrow is drawn where some answers lead that way, and nowhere else.

mod conditions;
mod flow;
mod svg;
mod tables;
mod text;

use crate::content::Content;
use crate::verify::{NotProvable, check_provable};
use flow::Flow;

pub(crate) use conditions::line as condition_in_one_line;

/// The flow as a drawing, in SVG; the same for the same content.
///
/// # Errors
///
/// As of [`verify`](crate::verify()): which arrows there are can't be told.
pub fn flow_as_svg(content: &Content) -> Result<String, NotProvable> {
    check_provable(&content.logic)?;
    Ok(svg::drawn(content, &Flow::of(&content.logic)))
}

/// The flow in words and the decision tables, in Markdown; the same for the same content.
///
/// # Errors
///
/// As of [`flow_as_svg`].
pub fn flow_and_tables(content: &Content) -> Result<String, NotProvable> {
    check_provable(&content.logic)?;
    let flow = text::told(content, &Flow::of(&content.logic));
    let tables = tables::tables(content);
    Ok(format!("# {} {}\n\n## Flow\n\n```text\n{flow}```\n\n{tables}", content.id, content.version))
}
