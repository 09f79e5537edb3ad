//! In which order a [`Pack`] is written. Whatever changes here is a new [`FORMAT`].

use crate::codec::packed;
use crate::condition::Condition;
use crate::logic::{
    Addition, Advice, AppliesTo, ContactRule, Emphasis, Group, Kind, Logic, Note, Opt, Question, Rule, Section,
    SectionUse,
};
use crate::pack::{FORMAT, Pack, Review};
use crate::response::Fhir;
use crate::words::{AdviceWords, ContactWords, QuestionWords, SourceWords, Words};

packed!(struct Pack { quiz, version, hash, review, fhir, logic, words } given format: FORMAT);
packed!(struct Review { reviewer, date });
packed!(struct Fhir { questionnaire, codes, screens });

packed!(struct Logic {
    questions, screens, terms, rules, groups, advice, tiers, immediate, read_out, seen_from, contact_hidden, additions,
    emphasis, notes, sections,
});
packed!(struct Question { id, kind, decimals, options, points, shown, optional, stays, figure });
packed!(enum Kind { 0: One, 1: Many, 2: Scale { min, max }, 3: Number { min, max } });
packed!(struct Opt { id, shown, exclusive });
packed!(struct Rule { id, when, advice, stop_after, sources });
packed!(struct Group { id, shown, rules });
packed!(struct Advice { id, tier, urgency, sections, contact });
packed!(struct SectionUse { section, when });
packed!(struct ContactRule { label, when });
packed!(struct AppliesTo { tiers, rules });
packed!(struct Addition { section, to, when, after });
packed!(struct Emphasis { when, sections });
packed!(struct Note { id, to, when });
packed!(struct Section { id, own, fixed, folded });

packed!(enum Condition {
    0: Always,
    1: All(of),
    2: Any(of),
    3: Not(inner),
    4: AtLeast { count, of },
    5: Chosen { question, options },
    6: Answered(question),
    7: Sum { questions, at_least, at_most, skip },
    8: Mean { questions, at_least, at_most, skip },
    9: Term(term),
});

packed!(struct Words {
    code, right_to_left, decimal_mark, questions, screens, advice, rules, groups, results, tiers, notes, contact,
    sections, to_ask, sources, interface,
});
packed!(struct QuestionWords { text, help, why, short, error, low, high, unit, wrong, options });
packed!(struct AdviceWords { headline, lines });
packed!(struct ContactWords { text, hint });
packed!(struct SourceWords { key, citation, locator, strength });
