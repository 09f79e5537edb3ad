//! Placeholders in texts.

use quiz_engine::filled;

#[test]
fn every_placeholder_with_a_value_is_filled_in_as_often_as_it_stands() {
    let values = [("clinic", "Elm"), ("tel", "+1 555")];
    assert_eq!(filled("Call {clinic}: {tel}. {clinic}!", &values), "Call Elm: +1 555. Elm!");
    assert_eq!(filled("Nothing to fill in.", &values), "Nothing to fill in.");
    assert_eq!(filled("", &values), "");
}

#[test]
fn what_has_no_value_stays_and_values_are_not_looked_through() {
    let values = [("clinic", "{tel}"), ("tel", "no")];
    assert_eq!(filled("{clinic} {other} {tel}", &values), "{tel} {other} no");
    assert_eq!(filled("{ {{tel}} {tel", &values), "{ {no} {tel");
    assert_eq!(filled("¿{tel}?", &values), "¿no?");
}
