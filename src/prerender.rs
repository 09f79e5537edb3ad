//! The first screen as markup, rendered natively by the very component that takes it over in the browser.

use std::rc::Rc;

use quiz_engine::{Pack, PackError};

use crate::host::{NoHost, Settings};
use crate::ui::{Early, Quiz, QuizProps};

/// Renders the first screen of a pack.
///
/// # Errors
/// The bytes are no pack.
pub fn prerender(pack: &[u8]) -> Result<String, PackError> {
    Pack::decode(pack)?;
    let bytes = pack.to_vec();
    let props = move || QuizProps {
        // Decoded once above; only an empty pack could stand in for one that decodes, and it never does.
        pack: Rc::new(Pack::decode(&bytes).unwrap_or_else(|_| unreachable!("decoded above"))),
        settings: Settings::default(),
        host: Rc::new(NoHost),
        early: Early::default(),
    };
    Ok(futures::executor::block_on(yew::ServerRenderer::<Quiz>::with_props(props).hydratable(false).render()))
}
