//! Settings of the embedding page. They are public and anybody can write a link with them, so each is checked, and
//! none can turn the page against its reader.

use std::iter;

/// Settings as they were given, by key; text may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The contact address: absolute, and already found to be of an origin that this file trusts.
    pub contact: String,
    /// The clinic's name.
    pub clinic: String,
    /// The clinic's telephone number.
    pub tel: String,
    /// The emergency number.
    pub emergency: String,
    /// The accent colour.
    pub accent: String,
    /// Whether name and telephone come from the embedding page rather than from the file itself.
    pub is_from_page: bool,
}

/// Settings that can be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Where the contact link leads.
    pub contact: Option<String>,
    /// The clinic's name.
    pub clinic: Option<String>,
    /// The clinic's telephone.
    pub tel: Option<Telephone>,
    /// The emergency number.
    pub emergency: &'static str,
    /// The accent colour.
    pub accent: Option<Accent>,
    /// Whether name and telephone come from the embedding page.
    pub is_from_page: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self::of(&Given::default())
    }
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telephone {
    /// As it is shown.
    pub shown: String,
    /// As it is dialled: digits, perhaps behind a plus.
    pub dialled: String,
}

/// An accent colour that can be read on light and on dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accent {
    /// On light backgrounds, as `#rrggbb`.
    pub on_light: String,
    /// On dark backgrounds, as `#rrggbb`.
    pub on_dark: String,
}

/// Emergency numbers that are in public use for an ambulance; any other text becomes the first. A closed list, so
/// that no link can send a frightened reader to a number of its own.
const EMERGENCY_NUMBERS: [&str; 8] = ["911", "112", "999", "000", "111", "119", "995", "108"];

/// The longest clinic's name, in characters.
const LONGEST_NAME: usize = 60;

/// The least contrast of text, by WCAG 2.2, success criterion 1.4.3, is 4.5; a margin is for [`luminance`].
const LEAST_CONTRAST: f64 = 4.8;

/// The tints of `styles/tokens.css`: the worst backgrounds on which the accent stands as text, and worse than what
/// stands on the accent.
const LIGHT: [u8; 3] = [0xf1, 0xf5, 0xf7];
const DARK: [u8; 3] = [0x25, 0x31, 0x3a];

impl Settings {
    /// Takes what is sound and leaves the rest out.
    pub fn of(given: &Given) -> Self {
        Self {
            contact: (!given.contact.is_empty()).then(|| given.contact.clone()),
            clinic: name(&given.clinic),
            tel: telephone(&given.tel),
            emergency: emergency(&given.emergency),
            accent: accent(&given.accent),
            is_from_page: given.is_from_page,
        }
    }
}

fn emergency(given: &str) -> &'static str {
    let [first, ..] = EMERGENCY_NUMBERS;
    EMERGENCY_NUMBERS.into_iter().find(|number| *number == given).unwrap_or(first)
}

fn name(given: &str) -> Option<String> {
    let plain: String = given.chars().filter(|each| is_plain(*each)).take(LONGEST_NAME).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    // A name with room for a telephone number would have room for a false emergency number too.
    let has_number = plain.chars().filter(char::is_ascii_digit).count() > 2;
    (!plain.is_empty() && !has_number).then_some(plain)
}

/// Letters, digits and the marks that names have. Left out are controls, marks that turn the direction of text,
/// invisible characters, symbols, and what an address or a markup would need.
fn is_plain(each: char) -> bool {
    match each {
        '\u{061c}' | '\u{180b}'..='\u{180f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' => false,
        '\u{c0}'..='\u{1fff}' | '\u{2c00}'..='\u{2dff}' | '\u{3041}'..='\u{d7ff}' => true,
        _ => each.is_ascii_alphanumeric() || matches!(each, ' ' | '.' | ',' | '&' | '\'' | '’' | '-' | '(' | ')'),
    }
}

fn telephone(given: &str) -> Option<Telephone> {
    let is_shown = |each: &char| each.is_ascii_digit() || matches!(each, ' ' | '+' | '(' | ')' | '.' | '-');
    let digits: String = given.chars().filter(char::is_ascii_digit).collect();
    let is_sound = given.chars().all(|each| is_shown(&each)) && (5..=15).contains(&digits.len()) && given.len() <= 30;
    let plus = if given.trim_start().starts_with('+') { "+" } else { "" };
    is_sound.then(|| Telephone { shown: given.trim().to_owned(), dialled: [plus, &digits].concat() })
}

fn accent(given: &str) -> Option<Accent> {
    let hex = given.strip_prefix('#').unwrap_or(given);
    if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(hex, 16).ok()?;
    let [_, colour @ ..] = number.to_be_bytes();
    Some(Accent { on_light: readable(colour, LIGHT, 0), on_dark: readable(colour, DARK, 255) })
}

/// The colour moved towards black or white, step by step, until it can be read on the background.
fn readable(colour: [u8; 3], background: [u8; 3], towards: u8) -> String {
    let steps = (0..=20_u16).map(|step| colour.map(|part| mix(part, towards, step)));
    let fits = |colour: &[u8; 3]| contrast(*colour, background) >= LEAST_CONTRAST;
    let [red, green, blue] = steps.into_iter().find(fits).unwrap_or([towards; 3]);
    let digit = |part: u8| char::from_digit(part.into(), 16).unwrap_or('0');
    iter::once('#')
        .chain([red, green, blue].into_iter().flat_map(|part| [digit(part >> 4), digit(part & 15)]))
        .collect()
}

fn mix(part: u8, towards: u8, step: u16) -> u8 {
    let mixed = (u16::from(part) * (20 - step) + u16::from(towards) * step) / 20;
    u8::try_from(mixed).unwrap_or(towards)
}

/// Contrast ratio as WCAG 2.2 defines it.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance, with a cubic in place of the power of WCAG: it lies within 0.004 of it, and a power function
/// would cost a visitor a kilobyte. The margin of [`LEAST_CONTRAST`] covers the difference.
fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        part * (0.012_522_878 + part * (0.682_171_111 + part * 0.305_306_011))
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(change: impl FnOnce(&mut Given)) -> Settings {
        let mut given = Given::default();
        change(&mut given);
        Settings::of(&given)
    }

    #[test]
    fn only_real_emergency_numbers_are_taken() {
        for (number, shown) in [("112", "112"), ("000", "000"), ("", "911"), ("1900555", "911"), ("911 ", "911")] {
            assert_eq!(given(|given| given.emergency = number.into()).emergency, shown, "{number}");
        }
    }

    #[test]
    fn the_leaflet_takes_the_same_emergency_numbers() {
        let list = EMERGENCY_NUMBERS.map(|number| format!("\"{number}\"")).join(", ");
        assert!(include_str!("early.js").contains(&format!("const NUMBERS = [{list}];")));
    }

    #[test]
    fn a_clinics_name_keeps_letters_of_any_script_and_loses_the_rest() {
        let clinic = |name: &str| given(|given| given.clinic = name.into()).clinic;
        assert_eq!(clinic("Clínica São João & Co."), Some("Clínica São João & Co.".into()));
        assert_eq!(clinic("整形外科"), Some("整形外科".into()));
        assert_eq!(clinic("<b>A</b>\u{202e}B\u{200b}"), Some("bAbB".into()));
        assert_eq!(clinic("https://evil.example/?x=1"), Some("httpsevil.examplex1".into()));
        assert_eq!(clinic("\u{202e}\n\t"), None);
        assert_eq!(clinic("911 is closed, call 555 instead"), None);
        assert_eq!(clinic(&"x".repeat(1_000_000)).map(|name| name.len()), Some(60));
    }

    #[test]
    fn a_telephone_number_is_digits_and_their_marks_or_nothing() {
        let tel = |number: &str| given(|given| given.tel = number.into()).tel;
        assert_eq!(tel("+1 (555) 010-0199").map(|tel| tel.dialled), Some("+15550100199".into()));
        for hostile in ["javascript:alert(1)", "12", "1234567890123456", "555*#06#", "555;ext=1", ""] {
            assert_eq!(tel(hostile), None, "{hostile}");
        }
    }

    #[test]
    fn any_accent_can_be_read_on_light_and_on_dark() {
        for colour in ["#ffff00", "000000", "#777777", "#ff0000", "#00aaff", "ffffff"] {
            let accent = given(|given| given.accent = colour.into()).accent.expect(colour);
            let parse = |hex: &str| {
                let number = u32::from_str_radix(&hex[1..], 16).unwrap();
                let [_, rgb @ ..] = number.to_be_bytes();
                rgb
            };
            assert!(exact_contrast(parse(&accent.on_light), LIGHT) >= 4.5, "{colour} {accent:?}");
            assert!(exact_contrast(parse(&accent.on_dark), DARK) >= 4.5, "{colour} {accent:?}");
        }
        for wrong in ["red", "#12", "#12345g", "#1234567", "url(x)", "＃１２３４５６"] {
            assert_eq!(given(|given| given.accent = wrong.into()).accent, None, "{wrong}");
        }
    }

    /// By the formula of WCAG 2.2.
    fn exact_contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
        let luminance = |colour: [u8; 3]| {
            let [red, green, blue] = colour.map(|part| {
                let part = f64::from(part) / 255.0;
                if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_accent_of_a_fine_grid_keeps_its_contrast() {
        for colour in 0..16 * 16 * 16_u32 {
            let [red, green, blue] =
                [colour >> 8, colour >> 4 & 15, colour & 15].map(|part| u8::try_from(part * 17).unwrap());
            let number = |hex: &str| u32::from_str_radix(&hex[1..], 16).unwrap().to_be_bytes();
            let accent = accent(&format!("{red:02x}{green:02x}{blue:02x}")).unwrap();
            let ([_, light @ ..], [_, dark @ ..]) = (number(&accent.on_light), number(&accent.on_dark));
            assert!(
                exact_contrast(light, LIGHT) >= 4.5 && exact_contrast(dark, DARK) >= 4.5,
                "{colour:03x} {accent:?}"
            );
        }
    }
}
