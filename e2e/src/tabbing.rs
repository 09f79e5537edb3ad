//! A round with the Tab key: it comes to every control that is seen, to nothing else, and leaves again.

use anyhow::Result;
use serde_json::Value;

use crate::fault::Fault;
use crate::world::World;
use crate::{Browser, Key, Keyboard};

/// What Tab must come to, in order, numbered by a mark that the document does not see. Of radios with one name it comes
/// to the chosen one; where none is, to whichever had the focus last, so that each stands for all.
const STOPS: &str = "(() => {
  globalThis.stops = measures.controls().filter((each) => {
    if (each.type !== 'radio') return true;
    const group = [...document.getElementsByName(each.name)];
    return each.checked || (!group.some((radio) => radio.checked) && group[0] === each);
  });
  globalThis.before = document.activeElement;
  // The way begins at the very start, wherever the focus was: where an element with the focus is taken away, browsers
  // go on from its place.
  const start = document.createElement('span');
  start.tabIndex = -1;
  measures.scope().prepend(start);
  start.focus({preventScroll: true});
  start.remove();
  return stops.map(measures.place);
})()";

/// More than any frame on a page around has to press on its first screen.
const MOST_IN_FRAMES: usize = 40;

/// Where the focus is: the number of the stop, or what is wrong with it; `out` where it has left.
const HERE: &str = "(() => {
  const here = document.activeElement;
  if (!document.hasFocus() || !here || here === document.body || here === document.documentElement) return ['out'];
  // What is in a frame is the affair of its document, which is looked at where it is in view itself.
  if (here.localName === 'iframe' || here.shadowRoot) return ['in a frame', measures.place(here), []];
  const isSame = (stop) => stop === here || (here.type === 'radio' && stop.type === 'radio' && stop.name === here.name);
  const at = stops.findIndex(isSame);
  const faults = measures.reach(here).length ? measures.ring(here) : [['focus-hidden', measures.place(here), 'it has the focus and is not seen']];
  return [at, measures.place(here), faults];
})()";

/// Gives the focus back to what had it.
const RETURN: &str =
    "(before && before !== document.body ? before.focus({preventScroll: true}) : document.activeElement?.blur(), 0)";

/// Goes round and gives what is wrong.
pub(crate) async fn round(browser: &Browser, world: &World<'_>) -> Result<Vec<Fault>> {
    let keyboard = Keyboard::of(&browser.client);
    let stops = world.run(STOPS).await?;
    let stops: Vec<String> = serde_json::from_value(stops)?;
    let mut reached = vec![false; stops.len()];
    let mut faults = Vec::new();
    let (mut has_left, mut last) = (false, String::new());
    // Once round, and some more for what does not belong and for what is in a frame.
    for _ in 0..=stops.len() + 5 + MOST_IN_FRAMES {
        keyboard.press(Key::Tab).await?;
        let here = world.run(HERE).await?;
        let Some(place) = here.get(1).and_then(Value::as_str) else {
            has_left = true;
            break;
        };
        place.clone_into(&mut last);
        if here.get(0).is_some_and(|at| at == "in a frame") {
            continue;
        }
        faults.extend(Fault::list(here.get(2).unwrap_or(&Value::Null)));
        let at = here.get(0).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
        match at.and_then(|at| reached.get_mut(at)) {
            // Round again, as in a modal dialog: it has left the last one.
            Some(true) if at == Some(0) => {
                has_left = true;
                break;
            }
            Some(true) => {
                faults.push(Fault::new("keyboard-trap", place, "Tab comes back to it instead of going on"));
                break;
            }
            Some(stop) => *stop = true,
            None => faults.push(Fault::new("tab-order", place, "Tab comes to it and it is no control that is seen")),
        }
    }
    world.run(RETURN).await?;
    if !has_left && !faults.iter().any(|fault| fault.rule == "keyboard-trap") {
        faults.push(Fault::new("keyboard-trap", last, "Tab does not leave"));
    }
    let missed = stops.iter().zip(&reached).filter(|(_, is_reached)| !**is_reached);
    faults.extend(missed.map(|(place, _)| Fault::new("unreached", place, "Tab does not come to it")));
    Ok(faults)
}
