//! Changes in a TOML file that leave its comments and its order as they are.

use anyhow::{Context, Result};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

/// Reads a file of TOML.
pub(super) fn parse(text: &str) -> Result<DocumentMut> {
    text.parse().context("not valid TOML; `cargo quiz check` tells where")
}

/// The table that a text of TOML is.
pub(super) fn table(text: &str) -> Result<Table> {
    let mut table = parse(text)?.into_table();
    forget_places(&mut table);
    Ok(table)
}

/// A table keeps its place in the text that it was read from, which is none in another.
fn forget_places(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        if let Item::Table(inner) = item {
            forget_places(inner);
        }
    }
}

/// The ids of an array of tables, in order.
pub(super) fn ids(document: &DocumentMut, key: &str) -> Vec<String> {
    let tables = document.get(key).and_then(Item::as_array_of_tables);
    let id = |table: &Table| Some(table.get("id")?.as_str()?.to_owned());
    tables.into_iter().flatten().filter_map(id).collect()
}

/// Puts a table into an array of tables, at this place in it.
pub(super) fn insert(document: &mut DocumentMut, key: &str, place: usize, mut table: Table) -> Result<()> {
    table.decor_mut().set_prefix("\n");
    let tables = document.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let tables = tables.as_array_of_tables_mut().with_context(|| format!("`{key}` is no array of tables"))?;
    tables.insert(place, table);
    Ok(())
}

/// Puts a table under a key of its own, behind another table, or at the end.
pub(super) fn insert_behind(document: &mut DocumentMut, before: Option<&str>, key: &str, mut table: Table) {
    let before = before.and_then(|before| document.get(before)).and_then(Item::as_table);
    let last = before.and_then(last_place).or_else(|| last_place(document.as_table()));
    table.set_position(last);
    table.decor_mut().set_prefix("\n");
    document.insert(key, Item::Table(table));
}

/// The place of the last table in this one.
fn last_place(table: &Table) -> Option<isize> {
    let inner = table.iter().filter_map(|(_, item)| last_place(item.as_table()?));
    inner.chain(table.position()).max()
}

/// Changes every text in a table, and in all that is in it.
pub(super) fn change_texts(table: &mut Table, change: &impl Fn(&str) -> String) {
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => change_texts(inner, change),
            Item::Value(value) => change_text(value, change),
            _ => {}
        }
    }
}

fn change_text(value: &mut Value, change: &impl Fn(&str) -> String) {
    if let Value::Array(values) = value {
        values.iter_mut().for_each(|value| change_text(value, change));
    }
    let Some(text) = value.as_str().map(change) else { return };
    let decor = value.decor().clone();
    *value = Value::from(text);
    *value.decor_mut() = decor;
}
