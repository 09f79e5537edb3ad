//! A language that nobody speaks, made of another one: longer words, from right to left. For tests only. What stays
//! readable in it was never translated; what breaks in it would break in a language to come.

use quiz_engine::{AdviceWords, ContactWords, QuestionWords, SourceWords, Text, Words};

use crate::content::Language;
use crate::figures::Caption;
use crate::guidance::Guidance;

/// Its code: Hebrew letters, in a region that is nowhere.
const CODE: &str = "he-XB";

/// For each Latin letter a Hebrew one.
const LETTERS: [char; 26] = [
    'א', 'ב', 'ג', 'ד', 'ה', 'ו', 'ז', 'ח', 'ט', 'י', 'כ', 'ל', 'מ', 'נ', 'ס', 'ע', 'פ', 'צ', 'ק', 'ר', 'ש', 'ת', 'ץ',
    'ף', 'ן', 'ם',
];

/// Makes it of a language.
pub fn pseudo(of: &Language) -> Language {
    let mut pack = of.pack.clone();
    pack.words = words(&of.pack.words);
    Language {
        code: CODE.to_owned(),
        name: text(&of.name),
        pack,
        sections: of.sections.iter().map(section).collect(),
        figures: of.figures.iter().map(|(id, figure)| (id.clone(), html(figure))).collect(),
        captions: of.captions.iter().map(|(id, words)| (id.clone(), caption(words))).collect(),
        leaflet: html(&of.leaflet),
        emergency_line: html(&of.emergency_line),
        title: text(&of.title),
        document: of.document.iter().map(|(key, phrase)| (key.clone(), text(phrase))).collect(),
    }
}

fn section(of: &Guidance) -> Guidance {
    let texts = |of: &[String]| of.iter().map(|each| text(each)).collect();
    Guidance {
        title: text(&of.title),
        html: html(&of.html),
        cited: of.cited.clone(),
        figures: of.figures.clone(),
        numbered: texts(&of.numbered),
        blocks: texts(&of.blocks),
    }
}

fn caption(of: &Caption) -> Caption {
    Caption {
        title: text(&of.title),
        description: text(&of.description),
        labels: of.labels.iter().map(|(name, label)| (name.clone(), text(label))).collect(),
    }
}

fn words(of: &Words) -> Words {
    Words {
        code: CODE.into(),
        right_to_left: true,
        decimal_mark: of.decimal_mark.clone(),
        questions: of.questions.iter().map(question).collect(),
        screens: all(&of.screens),
        advice: of.advice.iter().map(advice).collect(),
        groups: all(&of.groups),
        results: of.results.iter().map(advice).collect(),
        rules: all(&of.rules),
        tiers: all(&of.tiers),
        notes: all(&of.notes),
        contact: of
            .contact
            .iter()
            .map(|words| ContactWords { text: one(&words.text), hint: one(&words.hint) })
            .collect(),
        sections: all(&of.sections),
        to_ask: of.to_ask.iter().map(|questions| all(questions)).collect(),
        // Who wrote it, and where it stands, is the same in every language.
        sources: of
            .sources
            .iter()
            .map(|words| SourceWords { strength: one(&words.strength), ..words.clone() })
            .collect(),
        interface: all(&of.interface),
    }
}

fn advice(of: &AdviceWords) -> AdviceWords {
    AdviceWords { headline: one(&of.headline), lines: all(&of.lines) }
}

fn question(of: &QuestionWords) -> QuestionWords {
    QuestionWords {
        text: one(&of.text),
        help: one(&of.help),
        why: one(&of.why),
        short: one(&of.short),
        error: one(&of.error),
        low: one(&of.low),
        high: one(&of.high),
        unit: one(&of.unit),
        wrong: one(&of.wrong),
        options: all(&of.options),
    }
}

fn one(of: &Text) -> Text {
    text(of).into()
}

fn all(of: &[Text]) -> Vec<Text> {
    of.iter().map(one).collect()
}

/// Plain text, but for what stands in braces.
fn text(of: &str) -> String {
    outside(of, '{', '}')
}

/// Markup, but for its tags. The emergency number in it is digits, which stay as they are.
fn html(of: &str) -> String {
    // An ampersand begins a name for a character.
    let parts = of.split_inclusive('>').map(|part| match part.split_once('<') {
        Some((text, tag)) => format!("{}<{tag}", outside(text, '&', ';')),
        None => outside(part, '&', ';'),
    });
    parts.collect()
}

/// Every word but what stands between two characters, these included.
fn outside(of: &str, opens: char, closes: char) -> String {
    let mut out = String::new();
    let (mut word, mut is_kept) = (String::new(), false);
    for letter in of.chars() {
        is_kept |= letter == opens;
        if letter.is_ascii_alphabetic() && !is_kept {
            word.push(letter);
            continue;
        }
        // L5 is called so in every language.
        if letter.is_ascii_digit() {
            out.push_str(&word);
        } else {
            push_word(&mut out, &word);
        }
        word.clear();
        out.push(letter);
        is_kept &= letter != closes;
    }
    push_word(&mut out, &word);
    out
}

/// A word in the other letters, and two fifths longer.
fn push_word(out: &mut String, word: &str) {
    let letters = word.bytes().map(|letter| usize::from(letter.to_ascii_lowercase() - b'a'));
    let more = (word.len() * 2).div_ceil(5);
    out.extend(letters.cycle().take(word.len() + more).filter_map(|letter| LETTERS.get(letter)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_get_longer_and_placeholders_stay() {
        assert_eq!(text("Ab {emergency} 911."), "אבא {emergency} 911.");
        assert_eq!(text("L5, a"), "L5, אא");
    }

    #[test]
    fn tags_and_named_characters_stay() {
        assert_eq!(html("<p class=\"a\">a &amp; b</p>"), "<p class=\"a\">אא &amp; בב</p>");
    }
}
