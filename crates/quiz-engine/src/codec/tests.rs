#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fmt::Debug;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;
use crate::{
    Addition, Advice, AppliesTo, Condition, ContactRule, Kind, Logic, Opt, Question, QuestionWords, Rule, SectionUse,
    SourceWords, Words,
};

fn written<T: Packed>(value: &T) -> Option<Vec<u8>> {
    let mut writer = Writer::new();
    value.write(&mut writer);
    writer.behind(0)
}

/// Reads all of the bytes.
fn whole<T: Packed>(bytes: &[u8]) -> Option<T> {
    let mut reader = Reader::new(bytes);
    assert_eq!(u32::read(&mut reader), 0);
    reader.take_texts();
    let value = T::read(&mut reader);
    reader.ended_well().then_some(value)
}

/// Reads what stands behind the number and texts, as it would be written.
fn read<T: Packed>(texts: &[u8], rest: &[u8]) -> Option<T> {
    whole(&[&[0, u8::try_from(texts.len()).unwrap()], texts, rest].concat())
}

fn assert_comes_back<T: Packed + PartialEq + Debug>(value: T) {
    let bytes = written(&value).unwrap();
    for length in 1..bytes.len() {
        assert_eq!(whole::<T>(&bytes[..length]), None, "cut to {length}");
    }
    assert_eq!(whole::<T>(&[&bytes[..], &[0]].concat()), None, "one byte more");
    assert_eq!(whole(&bytes), Some(value));
}

fn text() -> impl Strategy<Value = Text> {
    "\\PC{0,9}|[\u{2}-\u{7}\n\r\t\0]{0,3}".prop_map(Into::into)
}

fn condition() -> impl Strategy<Value = Condition> {
    let sum = || (vec(any::<u16>(), 0..4), any::<i64>(), any::<i64>(), any::<bool>());
    let leaf = prop_oneof![
        Just(Condition::Always),
        (any::<u16>(), any::<u64>()).prop_map(|(question, options)| Condition::Chosen { question, options }),
        any::<u16>().prop_map(Condition::Answered),
        sum().prop_map(|(questions, at_least, at_most, skip)| Condition::Sum { questions, at_least, at_most, skip }),
        sum().prop_map(|(questions, at_least, at_most, skip)| Condition::Mean { questions, at_least, at_most, skip }),
        any::<u16>().prop_map(Condition::Term),
    ];
    leaf.prop_recursive(6, 40, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Condition::All),
            vec(inner.clone(), 0..4).prop_map(Condition::Any),
            inner.clone().prop_map(|inner| Condition::Not(Box::new(inner))),
            (any::<u16>(), vec(inner, 0..4)).prop_map(|(count, of)| Condition::AtLeast { count, of }),
        ]
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::One),
        Just(Kind::Many),
        any::<(i32, i32)>().prop_map(|(min, max)| Kind::Scale { min, max }),
        any::<(i32, i32)>().prop_map(|(min, max)| Kind::Number { min, max }),
    ]
}

prop_compose! {
    fn question()(
        id in text(),
        kind in kind(),
        decimals in any::<u8>(),
        options in vec((text(), condition(), any::<bool>()), 0..3),
        points in vec(any::<i32>(), 0..4),
        shown in condition(),
        (optional, stays) in any::<(bool, bool)>(),
        figure in option::of(text()),
    ) -> Question {
        let options = options.into_iter().map(|(id, shown, exclusive)| Opt { id, shown, exclusive }).collect();
        Question { id, kind, decimals, options, points, shown, optional, stays, figure }
    }
}

prop_compose! {
    fn rule()(
        id in text(),
        when in condition(),
        advice in any::<u16>(),
        stop_after in option::of(any::<u16>()),
        sources in vec(any::<u16>(), 0..3),
    ) -> Rule {
        Rule { id, when, advice, stop_after, sources }
    }
}

prop_compose! {
    fn advice()(
        id in text(),
        tier in any::<u16>(),
        urgency in any::<u8>(),
        sections in vec((any::<u16>(), condition()), 0..3),
        contact in vec((any::<u16>(), condition()), 0..3),
    ) -> Advice {
        let sections = sections.into_iter().map(|(section, when)| SectionUse { section, when }).collect();
        let contact = contact.into_iter().map(|(label, when)| ContactRule { label, when }).collect();
        Advice { id, tier, urgency, sections, contact }
    }
}

prop_compose! {
    fn addition()(
        section in any::<u16>(),
        when in condition(),
        [tiers, rules, after] in prop::array::uniform3(vec(any::<u16>(), 0..3)),
    ) -> Addition {
        Addition { section, to: AppliesTo { tiers, rules }, when, after }
    }
}

prop_compose! {
    fn logic()(
        questions in vec(question(), 0..3),
        screens in vec(vec(any::<u16>(), 0..3), 0..3),
        terms in vec(condition(), 0..3),
        rules in vec(rule(), 0..3),
        advice in vec(advice(), 0..3),
        tiers in vec(text(), 0..3),
        contact_hidden in option::of(condition()),
        additions in vec(addition(), 0..3),
        seen_from in any::<u8>(),
    ) -> Logic {
        Logic { questions, screens, terms, rules, advice, tiers, seen_from, contact_hidden, additions, ..Logic::default() }
    }
}

prop_compose! {
    fn words()(
        [code, text, why, citation] in prop::array::uniform4(text()),
        right_to_left in any::<bool>(),
        options in vec(text(), 0..4),
        to_ask in vec(vec(text(), 0..3), 0..3),
        interface in vec(text(), 0..9),
    ) -> Words {
        let questions = vec![QuestionWords { text, why, options, ..QuestionWords::default() }];
        let sources = vec![SourceWords { citation, ..SourceWords::default() }];
        Words { code, right_to_left, questions, to_ask, sources, interface, ..Words::default() }
    }
}

proptest! {
    #[test]
    fn whatever_is_written_comes_back_and_nothing_less_or_more(
        logic in logic(),
        words in words(),
        numbers in any::<(u8, u16, u32)>(),
        wide in any::<(u64, i32, i64)>(),
    ) {
        assert_comes_back(logic);
        assert_comes_back(words);
        assert_comes_back(numbers.0);
        assert_comes_back(numbers.1);
        assert_comes_back(numbers.2);
        assert_comes_back(wide.0);
        assert_comes_back(wide.1);
        assert_comes_back(wide.2);
    }

    #[test]
    fn any_bytes_are_a_value_or_none_and_a_value_comes_back(bytes in vec(prop_oneof![0..12_u8, any::<u8>()], 0..90)) {
        let texts = b"a\x01b\x01\x01";
        if let Some(value) = read::<Logic>(texts, &bytes) {
            prop_assert_eq!(whole(&written(&value).unwrap()), Some(value));
        }
        if let Some(value) = read::<Vec<Condition>>(b"", &bytes) {
            prop_assert_eq!(whole(&written(&value).unwrap()), Some(value));
        }
    }
}

#[test]
fn numbers_at_their_bounds_come_back() {
    for number in [0, 127, 128, 16383, 16384, u64::MAX / 2, u64::MAX] {
        assert_comes_back(number);
    }
    for number in [0, -1, 1, -64, 64, i64::MIN, i64::MIN / 2, i64::MAX] {
        assert_comes_back(number);
    }
    for number in [i32::MIN, i32::MAX] {
        assert_comes_back(number);
    }
    assert_eq!(written(&-1_i64), Some(vec![0, 0, 1]), "small numbers take one byte, whatever their sign");
}

#[test]
fn a_number_too_great_for_its_type_is_refused() {
    let bytes = |number: u64| written(&number).unwrap().split_off(2);
    assert_eq!(read::<u8>(b"", &bytes(255)), Some(255));
    assert_eq!(read::<u8>(b"", &bytes(256)), None);
    assert_eq!(read::<u16>(b"", &bytes(1 << 16)), None);
    assert_eq!(read::<u32>(b"", &bytes(1 << 32)), None);
    assert_eq!(read::<i32>(b"", &bytes(u64::from(u32::MAX))), Some(i32::MIN));
    assert_eq!(read::<i32>(b"", &bytes(1 << 32)), None);
    let most = [255, 255, 255, 255, 255, 255, 255, 255, 255, 1];
    assert_eq!(read::<u64>(b"", &most), Some(u64::MAX));
    let more = [255, 255, 255, 255, 255, 255, 255, 255, 255, 2];
    assert_eq!(read::<u64>(b"", &more), None, "a bit too many");
    assert_eq!(read::<u64>(b"", &[128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 0]), None, "a byte too many");
    assert_eq!(read::<u64>(b"", &[128]), None, "no end");
}

#[test]
fn a_number_that_stands_for_nothing_is_refused() {
    assert_eq!(read::<bool>(b"", &[1]), Some(true));
    assert_eq!(read::<bool>(b"", &[2]), None);
    assert_eq!(read::<Option<u8>>(b"", &[2, 0]), None);
    assert_eq!(read::<Kind>(b"", &[1]), Some(Kind::Many));
    assert_eq!(read::<Kind>(b"", &[4]), None);
    assert_eq!(read::<Condition>(b"", &[9, 5]), Some(Condition::Term(5)));
    assert_eq!(read::<Condition>(b"", &[10]), None);
}

#[test]
fn a_list_longer_than_what_is_left_takes_no_memory() {
    for length in [4, 1 << 20, 1 << 40, u64::MAX] {
        let bytes = written(&length).unwrap();
        let mut reader = Reader::new(&bytes[2..]);
        let list: Vec<Logic> = Packed::read(&mut reader);
        assert!(!reader.ended_well() && list.capacity() == 0, "{length}");
    }
    // Lists in lists, each of which claims all that is left, end with the first that is wrong.
    let claims: Vec<u8> = [1, 100].repeat(100);
    let mut reader = Reader::new(&claims);
    let condition = Condition::read(&mut reader);
    let mut parts = 0;
    condition.walk(&mut |_| parts += 1);
    assert!(!reader.ended_well() && parts <= claims.len(), "{parts}");
}

#[test]
fn texts_are_all_there_all_used_and_all_utf_8() {
    let two = || read::<Vec<Text>>("ä\u{1}\u{1}".as_bytes(), &[2]);
    assert_eq!(two(), Some(vec!["ä".into(), "".into()]));
    assert_eq!(read::<Vec<Text>>(b"a\x01b\x01", &[1]), None, "a text is left over");
    assert_eq!(read::<Vec<Text>>(b"a\x01", &[2]), None, "a text is missing");
    assert_eq!(read::<Vec<Text>>(b"a\x01b", &[2]), None, "a text has no end");
    assert_eq!(read::<Vec<Text>>(b"\xff\x01", &[1]), None, "no text at all");
    assert_eq!(read::<Vec<Text>>(b"\xc3\x01", &[1]), None, "half a character");
    assert_eq!(whole::<Text>(&[0, 9, b'a', 1]), None, "more bytes of text than bytes");
}

#[test]
fn a_text_with_the_end_of_a_text_in_it_is_not_written() {
    assert_eq!(written::<Text>(&"a\u{1}b".into()), None);
}

#[test]
fn what_nests_too_deep_is_neither_written_nor_read() {
    let nested = |depth| (1..depth).fold(Condition::Always, |inner, _| Condition::Not(Box::new(inner)));
    assert_comes_back(nested(DEEPEST.into()));
    assert_eq!(written(&nested(usize::from(DEEPEST) + 1)), None);
    let deepest = [vec![3; usize::from(DEEPEST) - 1], vec![0]].concat();
    assert_eq!(read::<Condition>(b"", &deepest), Some(nested(DEEPEST.into())));
    assert_eq!(read::<Condition>(b"", &[&[3][..], &deepest].concat()), None);
    for nests in [[3].repeat(1 << 20), [1, 1].repeat(1 << 20), [4, 1, 1].repeat(1 << 20)] {
        let mut reader = Reader::new(&nests);
        let _ = Condition::read(&mut reader);
        assert!(!reader.ended_well());
    }
}
