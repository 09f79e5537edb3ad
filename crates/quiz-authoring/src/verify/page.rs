//! The report as a page to read: one HTML file that loads nothing.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::report::{Given, Lead, Ordered, Property, Reached, Report};

/// The report as one HTML file, the same for the same content.
pub fn page(report: &Report) -> String {
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { "What is proved of " (report.quiz) }
                style { (PreEscaped(include_str!("page.css"))) }
            }
            body {
                h1 { "What is proved of " (report.quiz) " " (report.version) }
                p { "Content " code { (report.hash) } ". " (verdict(report)) }
                (space(report))
                (properties(report))
                (rules(report))
                (reached("Outcomes", "tier", &report.outcomes))
                (reached("Advice", "advice", &report.advice))
                (reached("Sections", "section", &report.sections))
                @for (group, results) in &report.results.0 { (reached(&format!("Results of {group}"), "result", results)) }
                (exceptions(report))
                (missing(report))
                (tested(report))
            }
        }
    };
    document.into_string() + "\n"
}

fn verdict(report: &Report) -> Markup {
    let wrong = report.properties.iter().filter(|property| !property.holds).count();
    html! {
        @if wrong == 0 { "All " (report.properties.len()) " properties hold." }
        @else { span.no { (wrong) " of " (report.properties.len()) " properties do not hold." } }
    }
}

fn space(report: &Report) -> Markup {
    html! {
        h2 { "The space" }
        p { "A set of answers gives each question no answer or one that the engine takes. Nothing is sampled: decision \
            diagrams hold exactly the sets on which each rule decides." }
        table { tbody {
            tr { th scope="row" { "sets of answers, complete and partial, with nothing hidden answered" }
                td.number { (grouped(&report.answer_sets)) } }
            tr { th scope="row" { "of these, complete or ended early" } td.number { (grouped(&report.complete_answer_sets)) } }
            tr { th scope="row" { "with answers to hidden questions, which the engine keeps and does not count" }
                td.number { (grouped(&report.answer_sets_with_hidden)) } }
        } }
    }
}

fn properties(report: &Report) -> Markup {
    html! {
        h2 { "Proved on the pack" }
        table {
            thead { tr { th scope="col" { "property" } th scope="col" { "what it says" } th scope="col" { "holds" } } }
            tbody { @for property in &report.properties { (row(property)) } }
        }
    }
}

fn row(property: &Property) -> Markup {
    html! {
        tr {
            th scope="row" { (property.id.replace('_', " ")) @if property.declared { " (said by the content)" } }
            td {
                (property.statement)
                @if let Some(detail) = &property.detail { p.no { (detail) } }
                (witness("Answers", property.witness.as_ref(), property.leads_to.as_ref()))
                (witness("After the step", property.after.as_ref(), property.after_leads_to.as_ref()))
            }
            td { @if property.holds { "yes" } @else { span.no { "no" } } }
        }
    }
}

fn witness(what: &str, given: Option<&Given>, lead: Option<&Lead>) -> Markup {
    html! {
        @if let Some(given) = given {
            p {
                (what) ": " (answers(given))
                @if let Some(lead) = lead {
                    " lead to " (lead.tier) " by " (lead.rule) ", urgency " (lead.urgency)
                    @for (group, result) in lead.results.iter().flatten() { ", " (group) " " (result) }
                    "."
                }
            }
        }
    }
}

fn answers(given: &Given) -> Markup {
    html! { code { (serde_json::to_string(given).unwrap_or_default()) } }
}

fn rules(report: &Report) -> Markup {
    html! {
        h2 { "Rules" }
        table {
            (heads("rule", &["tier", "sets of answers", "of these, complete", "an example"]))
            tbody {
                @for (id, rule) in &report.rules.0 {
                    tr { th scope="row" { (id) } td { (rule.tier) } (cells(&rule.reached)) }
                    @for (clause, reached) in rule.clauses.iter().flat_map(|clauses| &clauses.0) {
                        tr { th scope="row" { (id) ", clause " (clause) } td { (rule.tier) } (cells(reached)) }
                    }
                }
            }
        }
    }
}

fn reached(title: &str, what: &str, all: &Ordered<Reached>) -> Markup {
    html! {
        h2 { (title) }
        table {
            (heads(what, &["sets of answers", "of these, complete", "an example"]))
            tbody { @for (name, reached) in &all.0 { tr { th scope="row" { (name) } (cells(reached)) } } }
        }
    }
}

fn heads(first: &str, others: &[&str]) -> Markup {
    html! { thead { tr { th scope="col" { (first) } @for other in others { th scope="col" { (other) } } } } }
}

fn cells(reached: &Reached) -> Markup {
    html! {
        td.number { (grouped(&reached.count)) }
        td.number { (grouped(&reached.complete)) }
        td { @if let Some(given) = &reached.witness { (answers(given)) } }
    }
}

fn exceptions(report: &Report) -> Markup {
    html! {
        h2 { "Steps that are meant to lower the urgency" }
        @if report.exceptions.is_empty() { p { "None is declared." } }
        @else {
            table {
                (heads("step", &["between", "because", "an example, before and after"]))
                tbody {
                    @for exception in &report.exceptions {
                        tr {
                            th scope="row" { (exception.step) }
                            td { @for falls in &exception.falls { (falls.from) " to " (falls.to) br; } }
                            td { (exception.because) }
                            td { @if let Some(falls) = exception.falls.first() { (answers(&falls.witness)) br; (answers(&falls.after)) } }
                        }
                    }
                }
            }
        }
    }
}

fn missing(report: &Report) -> Markup {
    html! {
        h2 { "Where a missing answer matters" }
        p { "Each rule here holds with the question shown and left open, and would not with some answer to it."
            @if !report.results.is_empty() { " Each result here is told so, and would not be." } }
        table {
            (heads("rule", &["question", "an example"]))
            tbody {
                @for matter in &report.missing_matters {
                    tr { th scope="row" { (matter.rule) } td { (matter.question) } td { (answers(&matter.witness)) } }
                }
            }
        }
    }
}

fn tested(report: &Report) -> Markup {
    html! {
        h2 { "Tested on the engine" }
        p { "These are about the engine whatever the pack. They are shown by how it is made, for its state is a map of \
            answers and all else is derived, and tried at random." }
        table {
            (heads("what", &["what it says", "test"]))
            tbody {
                @for tested in &report.tested {
                    tr { th scope="row" { (tested.id.replace('_', " ")) } td { (tested.statement) } td { code { (tested.test) } } }
                }
            }
        }
    }
}

/// A number in groups of three digits.
fn grouped(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    let mut text = String::new();
    for (place, digit) in digits.iter().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{2009}');
        }
        text.push(*digit);
    }
    text
}
