//! Any settings: what is shown is plain, what is dialled is digits, the emergency number is one of the known ones.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pars_check::host::{Given, Settings};

fuzz_target!(|given: (String, String, String, String, String)| {
    let (contact, clinic, tel, emergency, accent) = given;
    let settings = Settings::of(&Given { contact, clinic, tel, emergency, accent, is_from_page: true });
    assert!(settings.emergency.len() == 3 && settings.emergency.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(clinic) = &settings.clinic {
        assert!(
            clinic.chars().count() <= 60 && !clinic.contains(['<', '>', '/', ':', '@', '\u{202e}', '\n']),
            "{clinic:?}"
        );
        assert!(clinic.chars().filter(char::is_ascii_digit).count() <= 2, "{clinic:?}");
    }
    if let Some(tel) = &settings.tel {
        let digits = tel.dialled.strip_prefix('+').unwrap_or(&tel.dialled);
        assert!((5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()), "{tel:?}");
    }
    if let Some(accent) = &settings.accent {
        for colour in [&accent.on_light, &accent.on_dark] {
            assert!(colour.len() == 7 && colour.starts_with('#'), "{colour}");
        }
    }
});
