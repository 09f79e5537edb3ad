//! Alternatives.

use quiz_engine::Condition;

/// That one of these holds. Those that ask for options of one question become one, which the engine answers with a
/// single look at the answer.
pub(crate) fn any_of(parts: Vec<Condition>) -> Condition {
    let mut of: Vec<Condition> = Vec::new();
    for part in parts {
        match (place(&mut of, &part), part) {
            (Some(before), Condition::Chosen { options, .. }) => *before |= options,
            (_, part) => of.push(part),
        }
    }
    if of.len() == 1 { of.remove(0) } else { Condition::Any(of) }
}

/// The options of the same question that are already among them.
fn place<'a>(of: &'a mut [Condition], part: &Condition) -> Option<&'a mut u64> {
    let Condition::Chosen { question, .. } = part else { return None };
    of.iter_mut().find_map(|before| match before {
        Condition::Chosen { question: same, options } if same == question => Some(options),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(question: u16, options: u64) -> Condition {
        Condition::Chosen { question, options }
    }

    #[test]
    fn options_of_one_question_become_one_and_all_else_stays() {
        let parts = vec![chosen(1, 0b1), Condition::Term(0), chosen(2, 0b1), chosen(1, 0b100)];
        let of = vec![chosen(1, 0b101), Condition::Term(0), chosen(2, 0b1)];
        assert_eq!(any_of(parts), Condition::Any(of));
        assert_eq!(any_of(vec![chosen(1, 0b1), chosen(1, 0b10)]), chosen(1, 0b11));
    }

    #[test]
    fn what_stands_for_a_part_that_could_not_be_read_is_kept() {
        let hole = Condition::Any(Vec::new());
        assert_eq!(any_of(vec![hole.clone(), chosen(1, 0b1)]), Condition::Any(vec![hole, chosen(1, 0b1)]));
    }
}
