//! What is signed, how, and the lines for it.

use maud::{Markup, html};

use super::Reader;

impl Reader<'_> {
    pub(super) fn how_to_sign(self) -> Markup {
        let content = self.content;
        html! {
            (Self::part("sign", ""))
            table { tbody {
                tr { th scope="row" { "content" } td { (content.id) } }
                tr { th scope="row" { "version" } td { (content.version) } }
                tr { th scope="row" { "hash" } td { code { (content.hash) } } }
                tr { th scope="row" { "languages" } td {
                    @for language in &content.languages { (language.name) " (" (language.code) ") " }
                } }
                tr { th scope="row" { "holds" } td {
                    (content.logic.questions.len()) " questions, " (content.logic.rules.len()) " rules, "
                    (content.logic.advice.len()) " pieces of advice, " (content.cases.len()) " cases, "
                    (content.material.sources.len()) " sources"
                } }
            } }
            (self.state())
            ol {
                li { "Read every item, in every language that you sign, and tick its box. Compare rules and figures with \
                    their sources. For each rule, ask of the changes listed with it whether each should lead there." }
                li { "Note on the paper what must change. A changed content has another hash and needs this document \
                    anew." }
                li { "Take the quiz itself on a phone, too. This document shows what it says, not how it looks." }
                li { "Sign the last page. Then this entry goes into " code { "review.toml" } ", with your name and the \
                    date, year first:" }
            }
            (self.entry())
            p { "The hash covers questions, rules, words, guidance, sources and cases, in all languages at once. From \
                then on the page names you and the date. Once any of it changes, the page says again that no clinician \
                has signed." }
        }
    }

    /// Whether somebody has signed this very content.
    fn state(self) -> Markup {
        let review = self.first().and_then(|language| language.pack.review.as_ref());
        html! {
            @match review {
                Some(review) => p.unsigned { "Signed by " (review.reviewer) ", " (review.date) "." },
                None => p.unsigned { "No clinician has signed this content." },
            }
        }
    }

    fn entry(self) -> Markup {
        html! {
            pre { "[[review]]\nreviewer = \"NAME, PROFESSION\"\ndate = \"YYYY-MM-DD\"\nhash = \"" (self.content.hash) "\"" }
        }
    }

    pub(super) fn signature(self) -> Markup {
        html! {
            (Self::part("signature", ""))
            div.sign {
                p { "I have read " (self.content.id) " " (self.content.version) ", in these languages:"
                    @for language in &self.content.languages { " ☐ " (language.name) }
                }
                p { "Hash " code { (self.content.hash) } }
                p { "☐ It may be shown to visitors as it is. ☐ Only after the changes that I noted." }
                @for line in ["Name", "Profession and licence", "Place and date", "Signature"] {
                    p { (line) ": " span.line {} }
                }
            }
        }
    }
}
