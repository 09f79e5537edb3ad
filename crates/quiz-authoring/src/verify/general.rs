//! What must be true of every quiz.

use biodivine_lib_bdd::Bdd;
use num_bigint::BigUint;
use quiz_engine::Pack;

use super::depends::named;
use super::prover::{Decision, Prover, Refutation};
use super::report::Property;

/// Names and statements, in the order in which they are proved.
pub(super) const GENERAL: [(&str, &str); 15] = [
    (
        "every_pack_holds_this_quiz",
        "The pack of every language, read back from its bytes, asks and decides what is proved here.",
    ),
    (
        "every_path_ends",
        "Every question that is asked offers an answer, so that each answer leads on, to one of finitely many questions behind it or to the end.",
    ),
    (
        "exactly_one_outcome",
        "Every set of answers has exactly one outcome: some rule holds on it, one alone decides, and the counts of the rules add up to the number of sets.",
    ),
    (
        "no_question_is_asked_twice",
        "Every question stands on exactly one screen, and the screens are in the order of the questions.",
    ),
    (
        "no_question_depends_on_a_later_one",
        "Whether a question is shown, what it offers, and whether the quiz ends early behind it, depends only on what was asked by then.",
    ),
    ("every_question_can_be_reached", "Every question is asked of somebody."),
    ("every_option_can_be_reached", "Every option is offered to somebody who is asked, and can be chosen."),
    (
        "every_rule_can_be_reached",
        "Every rule decides for somebody who goes all the way; none is shadowed by those before it.",
    ),
    ("every_early_stop_can_be_reached", "Every early end that a rule asks for happens to somebody."),
    ("every_outcome_can_be_reached", "Every tier and every advice is reached by somebody who goes all the way."),
    (
        "everything_shown_can_be_reached",
        "Every section, addition, order of sections, note and contact label is shown to somebody.",
    ),
    (
        "an_early_stop_hides_nothing_more_urgent",
        "Where the quiz ends early, no answers to the questions behind it would have made the advice more urgent.",
    ),
    (
        EXACTLY_ONE_RESULT,
        "Wherever a group of results is shown, exactly one of them is told: some result holds, one alone is the first, and their counts add up to the number of sets.",
    ),
    (
        EVERY_RESULT_CAN_BE_REACHED,
        "Every result of every group is told to somebody who goes all the way; none is shadowed by those before it.",
    ),
    (
        "every_step_that_lowers_is_declared",
        "Each step that can lower the urgency is declared with the content, between these tiers and with a reason; no such declaration is stale.",
    ),
];

/// What only quizzes with groups of results have to prove.
const EXACTLY_ONE_RESULT: &str = "exactly_one_result_in_each_group";
const EVERY_RESULT_CAN_BE_REACHED: &str = "every_result_can_be_reached";

type Proof = fn(&Prover<'_>) -> Option<Refutation>;

/// The proofs, in the order of [`GENERAL`] without the last, which is about what the content declares.
const PROOFS: [Proof; 14] = [
    pack_that_differs,
    dead_end,
    outcomes_that_are_not_one,
    question_asked_twice,
    question_that_looks_ahead,
    question_out_of_reach,
    option_out_of_reach,
    rule_out_of_reach,
    stop_out_of_reach,
    outcome_out_of_reach,
    text_out_of_reach,
    stop_that_hides,
    results_that_are_not_one,
    result_out_of_reach,
];

/// How many there are.
pub(super) const COUNT: usize = PROOFS.len();

/// The proof at a place of the list; none of what is about groups of results, where there are none.
pub(super) fn prove(prover: &Prover<'_>, place: usize) -> Option<Property> {
    let (proof, (id, statement)) = (PROOFS.get(place)?, GENERAL.get(place)?);
    let is_of_groups = [EXACTLY_ONE_RESULT, EVERY_RESULT_CAN_BE_REACHED].contains(id);
    if is_of_groups && prover.logic().groups.is_empty() {
        return None;
    }
    Some(prover.verdict(id, statement, proof(prover)))
}

fn pack_that_differs(prover: &Prover<'_>) -> Option<Refutation> {
    let differs = prover.content.languages.iter().find(|language| {
        let read = language.pack.encode().and_then(|bytes| Pack::decode(&bytes));
        read.ok().is_none_or(|pack| pack.logic != *prover.logic())
    });
    differs.map(|language| Refutation::plain(format!("the pack in {} differs", language.code)))
}

fn dead_end(prover: &Prover<'_>) -> Option<Refutation> {
    let model = &prover.model;
    let questions = prover.logic().questions.iter().zip(&model.facts.of).zip(&model.way.comes_to).zip(0_u16..);
    let mut stuck = questions.filter(|(((question, _), _), _)| !question.optional && !question.options.is_empty());
    stuck.find_map(|(((_, fact), comes_to), index)| {
        let nothing_offered = fact.offered.iter().fold(comes_to.clone(), |none, offered| none.and_not(offered));
        let at = model.example(&nothing_offered)?;
        let detail = format!("`{}` is asked and offers nothing to choose", prover.question_id(index));
        Some(Refutation { detail, at: Some(at), after: None })
    })
}

fn outcomes_that_are_not_one(prover: &Prover<'_>) -> Option<Refutation> {
    let (model, logic) = (&prover.model, prover.logic());
    for (rule, index) in logic.rules.iter().zip(0_u16..) {
        let advice = logic.advice.get(usize::from(rule.advice));
        if advice.and_then(|advice| logic.tiers.get(usize::from(advice.tier))).is_none() {
            return Some(Refutation::plain(format!("rule {} leads to no tier", prover.key(index))));
        }
    }
    let none = model.holds.iter().fold(model.taken.clone(), |none, holds| none.and_not(holds));
    if let Some(at) = model.example(&none) {
        return Some(Refutation { detail: "no rule holds".to_owned(), at: Some(at), after: None });
    }
    let mut decided = model.nothing.clone();
    for (decides, index) in model.decides.iter().zip(0_u16..) {
        if let Some(at) = model.example(&decided.and(decides)) {
            let detail = format!("rule {} and one before it decide", prover.key(index));
            return Some(Refutation { detail, at: Some(at), after: None });
        }
        decided = decided.or(decides);
    }
    let sum: BigUint = model.decides.iter().map(|decides| model.count(decides)).sum();
    let all = model.visible.exact_cardinality();
    (sum != all).then(|| Refutation::plain(format!("the rules decide {sum} sets of answers of {all}")))
}

fn question_asked_twice(prover: &Prover<'_>) -> Option<Refutation> {
    let logic = prover.logic();
    let asked: Vec<u16> = logic.screens.iter().flatten().copied().collect();
    let mut pairs = asked.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
    if let Some((_, again)) = pairs.find(|(first, second)| first >= second) {
        let detail = format!("`{}` stands on a screen behind its place, or on two", prover.question_id(again));
        return Some(Refutation::plain(detail));
    }
    let lost = logic.question_indices().find(|question| !asked.contains(question));
    let lost = lost.map(|question| format!("`{}` stands on no screen", prover.question_id(question)));
    let mut ids = std::collections::BTreeSet::new();
    let twice = logic.questions.iter().find(|question| !ids.insert(&question.id));
    lost.or_else(|| twice.map(|question| format!("two questions have the id `{}`", question.id))).map(Refutation::plain)
}

fn question_that_looks_ahead(prover: &Prover<'_>) -> Option<Refutation> {
    let logic = prover.logic();
    for (question, index) in logic.questions.iter().zip(0_u16..) {
        let conditions = question.options.iter().map(|option| &option.shown).chain([&question.shown]);
        let mut ahead = conditions.filter_map(|condition| named(logic, condition).last().copied());
        if let Some(later) = ahead.find(|later| *later >= index) {
            let detail =
                format!("`{}` depends on `{}`, which is not asked before it", question.id, prover.question_id(later));
            return Some(Refutation::plain(detail));
        }
    }
    for (rule, index) in logic.rules.iter().zip(0_u16..) {
        let (Some(stop), Some(last)) = (rule.stop_after, named(logic, &rule.when).last().copied()) else { continue };
        if last > stop {
            let (last, stop) = (prover.question_id(last), prover.question_id(stop));
            let detail = format!("rule {} ends the quiz after `{stop}` and depends on `{last}`", prover.key(index));
            return Some(Refutation::plain(detail));
        }
    }
    None
}

fn question_out_of_reach(prover: &Prover<'_>) -> Option<Refutation> {
    let ways = prover.model.way.comes_to.iter().zip(0_u16..);
    let mut unseen = ways.filter(|(comes_to, _)| is_empty(prover, comes_to));
    unseen.next().map(|(_, index)| Refutation::plain(format!("nobody is asked `{}`", prover.question_id(index))))
}

fn option_out_of_reach(prover: &Prover<'_>) -> Option<Refutation> {
    let model = &prover.model;
    for ((fact, comes_to), question) in
        model.facts.of.iter().zip(&model.way.comes_to).zip(prover.logic().questions.iter())
    {
        let mut chosen = fact.chosen.iter().zip(&question.options);
        if let Some((_, option)) = chosen.find(|(chosen, _)| is_empty(prover, &chosen.and(comes_to))) {
            return Some(Refutation::plain(format!("nobody can choose `{}.{}`", question.id, option.id)));
        }
    }
    None
}

fn rule_out_of_reach(prover: &Prover<'_>) -> Option<Refutation> {
    let model = &prover.model;
    let rules = model.decides.iter().zip(&model.holds).zip(0_u16..);
    let mut silent = rules.filter(|((decides, _), _)| is_empty(prover, &decides.and(&model.way.complete)));
    let ((decides, holds), index) = silent.next()?;
    let key = prover.key(index);
    if let Some(at) = model.example(decides) {
        let detail = format!("rule {key} decides only where a question is left open");
        return Some(Refutation { detail, at: Some(at), after: None });
    }
    let at = model.example(holds);
    let by = at.as_ref().and_then(|point| model.rule_at(point)).map(|rule| prover.key(rule));
    let detail = match by {
        Some(by) => format!("rule {key} never decides: here it holds, and {by} decides before it"),
        None => format!("rule {key} never holds"),
    };
    Some(Refutation { detail, at, after: None })
}

fn stop_out_of_reach(prover: &Prover<'_>) -> Option<Refutation> {
    let model = &prover.model;
    let rules = prover.logic().rules.iter().zip(&model.holds).zip(0_u16..);
    let mut unused = rules.filter_map(|((rule, holds), index)| Some((rule.stop_after?, holds, index)));
    let stops = |question: u16| model.way.stops_after.get(usize::from(question)).unwrap_or(&model.nothing);
    let (question, _, index) = unused.find(|(question, holds, _)| is_empty(prover, &stops(*question).and(holds)))?;
    let detail = format!("rule {} never ends the quiz after `{}`", prover.key(index), prover.question_id(question));
    Some(Refutation::plain(detail))
}

fn outcome_out_of_reach(prover: &Prover<'_>) -> Option<Refutation> {
    let (model, logic) = (&prover.model, prover.logic());
    let is_silent = |region: &Bdd| is_empty(prover, &region.and(&model.way.complete));
    let tiers = logic.tiers.iter().zip(0_u16..);
    let tier = tiers.filter(|(_, index)| is_silent(&model.tier(*index))).map(|(tier, _)| format!("tier {tier}"));
    let advice = logic.advice.iter().filter(|advice| is_silent(&model.decided_by(|other| other.id == advice.id)));
    let mut silent = tier.chain(advice.map(|advice| format!("advice {}", advice.id)));
    silent.next().map(|what| Refutation::plain(format!("nobody reaches the {what}")))
}

fn text_out_of_reach(prover: &Prover<'_>) -> Option<Refutation> {
    let found = shown(prover).into_iter().find(|(_, region)| is_empty(prover, region));
    found.map(|(what, _)| Refutation::plain(format!("nobody is shown {what}")))
}

/// Everything that is shown under a condition, with where it is.
fn shown(prover: &Prover<'_>) -> Vec<(String, Bdd)> {
    let (model, logic) = (&prover.model, prover.logic());
    let section = |index: u16| logic.sections.get(usize::from(index)).map(|section| &*section.id).unwrap_or_default();
    let mut all = Vec::new();
    for (shown, index) in model.shows.iter().zip(0_u16..) {
        all.push((format!("the section {}", section(index)), shown.clone()));
    }
    for advice in &logic.advice {
        let decided = model.decided_by(|other| other.id == advice.id);
        for used in &advice.sections {
            let what = format!("the section {} in {}", section(used.section), advice.id);
            all.push((what, decided.and(&model.hold(&used.when))));
        }
        let mut open = decided;
        for (label, place) in advice.contact.iter().zip(1..) {
            let used = open.and(&model.hold(&label.when));
            open = open.and_not(&used);
            let hidden = logic.contact_hidden.as_ref().map_or(model.nothing.clone(), |hidden| model.hold(hidden));
            all.push((format!("the contact label {place} of {}", advice.id), used.and_not(&hidden)));
        }
    }
    for (addition, place) in logic.additions.iter().zip(1..) {
        let what = format!("the section {} by addition {place}", section(addition.section));
        all.push((what, model.belonging(&addition.to).and(&model.hold(&addition.when))));
    }
    for note in &logic.notes {
        all.push((format!("the note {}", note.id), model.belonging(&note.to).and(&model.hold(&note.when))));
    }
    let mut open = model.taken.clone();
    for (emphasis, place) in logic.emphasis.iter().zip(1..) {
        let used = open.and(&model.hold(&emphasis.when));
        open = open.and_not(&used);
        all.push((format!("the order of sections {place}"), used));
    }
    all
}

/// At an early end, what stands behind it is taken away: that is what the visitor has answered by then.
fn stop_that_hides(prover: &Prover<'_>) -> Option<Refutation> {
    let model = &prover.model;
    for (stops, index) in model.way.stops_after.iter().zip(0_u16..) {
        let later = prover.logic().question_indices().filter(|later| *later > index);
        let later: Vec<_> = later.flat_map(|later| model.variables(later)).map(|variable| (variable, false)).collect();
        let stopped = stops.restrict(&later).and(&model.taken);
        for (_, reached) in &model.at_least {
            let hidden = stopped.and(reached).and_not(&reached.restrict(&later));
            if let Some(after) = model.example(&hidden) {
                let mut at = after.clone();
                for (variable, value) in &later {
                    at.set_value(*variable, *value);
                }
                let detail = format!(
                    "the quiz ends after `{}`, and more answers would be more urgent",
                    prover.question_id(index)
                );
                return Some(Refutation { detail, at: Some(at), after: Some(after) });
            }
        }
    }
    None
}

fn results_that_are_not_one(prover: &Prover<'_>) -> Option<Refutation> {
    let model = &prover.model;
    for (group, regions) in prover.logic().groups.iter().zip(&model.groups) {
        let none = regions.holds.iter().fold(regions.shown.and(&model.taken), |none, holds| none.and_not(holds));
        if let Some(at) = model.example(&none) {
            let detail = format!("no result of the group {} holds", group.id);
            return Some(Refutation { detail, at: Some(at), after: None });
        }
        let told: BigUint = regions.decides.iter().map(|decides| model.count(decides)).sum();
        let (any, all) = (regions.decides.iter().fold(model.nothing.clone(), |any, one| any.or(one)), &regions.shown);
        if any.xor(all).and(&model.taken).is_false() && told == model.count(all) {
            continue;
        }
        let detail =
            format!("the group {} is shown on {} sets of answers and told on {told}", group.id, model.count(all));
        return Some(Refutation::plain(detail));
    }
    None
}

fn result_out_of_reach(prover: &Prover<'_>) -> Option<Refutation> {
    let model = &prover.model;
    let decisions = prover.decisions().into_iter().filter(|decision| decision.is_result);
    let mut silent = decisions.filter(|result| is_empty(prover, &result.decides.and(&model.way.complete)));
    let Decision { key, holds, decides, .. } = silent.next()?;
    if let Some(at) = model.example(decides) {
        let detail = format!("the result {key} is told only where a question is left open");
        return Some(Refutation { detail, at: Some(at), after: None });
    }
    let at = model.example(&holds);
    let why = if at.is_some() { "here it holds, and another is told before it" } else { "it never holds" };
    Some(Refutation { detail: format!("the result {key} is never told: {why}"), at, after: None })
}

fn is_empty(prover: &Prover<'_>, region: &Bdd) -> bool {
    region.and(&prover.model.visible).is_false()
}
