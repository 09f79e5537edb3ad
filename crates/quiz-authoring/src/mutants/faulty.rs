//! Every quiz with one fault.

use quiz_engine::{Condition, Logic, write_number};

use super::conditions;
use super::places::Place;
use crate::content::Content;

/// A quiz with one fault.
pub(super) struct Faulty {
    pub(super) at: String,
    pub(super) change: String,
    pub(super) logic: Logic,
    /// For each of its rules which it was.
    pub(super) was: Vec<usize>,
}

/// All of them.
pub(super) fn all(content: &Content) -> Vec<Faulty> {
    let places = Place::all(&content.logic).into_iter();
    places
        .flat_map(|place| of_condition(content, place))
        .chain(other_points(content))
        .chain(swapped_rules(content))
        .chain(swapped_results(content))
        .collect()
}

fn as_it_was(logic: &Logic) -> Vec<usize> {
    (0..logic.rules.len()).collect()
}

fn of_condition(content: &Content, place: Place) -> Vec<Faulty> {
    let with = |condition| {
        let mut logic = content.logic.clone();
        if let Some(there) = place.of(&mut logic) {
            *there = condition;
        }
        logic
    };
    let Some(sound) = place.of(&mut content.logic.clone()).cloned() else { return Vec::new() };
    let faults = conditions::faulty(content, &sound).into_iter();
    let was = as_it_was(&content.logic);
    faults
        .map(|(change, condition)| Faulty { at: place.name(content), change, logic: with(condition), was: was.clone() })
        .collect()
}

/// The points of each option one more and one less, in the last decimal that they can have.
fn other_points(content: &Content) -> Vec<Faulty> {
    let mut all = Vec::new();
    for (question, asked) in content.logic.questions.iter().enumerate() {
        let written = |points: i32| write_number(points.into(), asked.decimals, ".");
        for (option, (id, points)) in asked.options.iter().zip(&asked.points).enumerate() {
            for other in [points.checked_add(1), points.checked_sub(1)].into_iter().flatten() {
                let mut logic = content.logic.clone();
                let own = logic.questions.get_mut(question).and_then(|asked| asked.points.get_mut(option));
                if let Some(own) = own {
                    *own = other;
                }
                let change =
                    format!("{}.{} counts {} in place of {}", asked.id, id.id, written(other), written(*points));
                all.push(Faulty {
                    at: format!("points of {}", asked.id),
                    change,
                    logic,
                    was: as_it_was(&content.logic),
                });
            }
        }
    }
    all
}

/// Each rule before its neighbour.
fn swapped_rules(content: &Content) -> Vec<Faulty> {
    let key = |index: u16| Place::Rule(index).name(content);
    let pairs = (0_u16..).zip(1_u16..).take(content.logic.rules.len().saturating_sub(1));
    let swapped = pairs.map(|(first, second)| {
        let (mut logic, mut was) = (content.logic.clone(), as_it_was(&content.logic));
        let [before, after] = [first, second].map(usize::from);
        logic.rules.swap(before, after);
        was.swap(before, after);
        rename(&mut logic, first, second);
        Faulty { at: key(second), change: comes_before(&key(first)), logic, was }
    });
    swapped.collect()
}

/// What belongs to one of two rules that changed places still belongs to it.
fn rename(logic: &mut Logic, first: u16, second: u16) {
    let additions = logic.additions.iter_mut().map(|addition| &mut addition.to);
    let notes = logic.notes.iter_mut().map(|note| &mut note.to);
    for rule in additions.chain(notes).flat_map(|to| &mut to.rules) {
        *rule = match *rule {
            rule if rule == first => second,
            rule if rule == second => first,
            rule => rule,
        };
    }
}

/// Each result before its neighbour. Properties name results by their places, so these stay, and the one that was first
/// now holds only where the other one does not, which is the same.
fn swapped_results(content: &Content) -> Vec<Faulty> {
    let mut all = Vec::new();
    for (group, own) in (0_u16..).zip(&content.logic.groups) {
        for ((first, second), after) in (0_u16..).zip(1_u16..).zip(own.rules.iter().skip(1)) {
            let [first, second] = [first, second].map(|result| Place::Result(group, result));
            let mut logic = content.logic.clone();
            if let Some(when) = first.of(&mut logic) {
                let not_the_other = Condition::Not(Box::new(after.when.clone()));
                *when = Condition::All(vec![when.clone(), not_the_other]);
            }
            let change = comes_before(&first.name(content));
            all.push(Faulty { at: second.name(content), change, logic, was: as_it_was(&content.logic) });
        }
    }
    all
}

fn comes_before(other: &str) -> String {
    format!("it comes before {other}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use std::path::Path;

    use quiz_engine::{Answers, Outcome};

    use super::*;
    use crate::assess::read_answers;

    fn told(logic: &Logic, answers: &Answers) -> Vec<String> {
        let results = Outcome::of(logic, answers).results.into_iter();
        let told = results.map(|result| (&logic.groups[usize::from(result.group)], usize::from(result.rule)));
        told.map(|(group, rule)| format!("{}.{}", group.id, group.rules[rule].id)).collect()
    }

    #[test]
    fn a_result_before_its_neighbour_is_told_as_if_both_had_changed_places() {
        let content = Content::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sound")).unwrap();
        let all = swapped_results(&content);
        assert_eq!(all.len(), 4, "one in a group of two, three in one of four");
        let pairs =
            (0..2).flat_map(|group| (1..content.logic.groups[group].rules.len()).map(move |place| (group, place)));
        for (faulty, (group, place)) in all.iter().zip(pairs) {
            let mut moved = content.logic.clone();
            moved.groups[group].rules.swap(place - 1, place);
            for case in &content.cases {
                let answers = read_answers(&moved, &case.answers.to_string()).unwrap();
                assert_eq!(told(&faulty.logic, &answers), told(&moved, &answers), "{} {}", faulty.at, case.id);
            }
        }
    }
}
