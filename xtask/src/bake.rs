//! Settings baked into a sealed document: in fixed places one text takes the place of another, and nothing else changes.
//!
//! `site/builder-bake.js` does the same in a browser, and undoes it. `e2e/tests/builder/baking.rs` compares the
//! bytes of both.

use anyhow::{Context, Result, ensure};
use quiz_authoring::EMERGENCY_LINK;

use crate::hashes;
use crate::leaflet::escaped;
use crate::policy;
use crate::settings::Settings;

/// The block of settings as every document has it before anything is baked.
pub(crate) const NO_SETTINGS: &str = "<script type=\"application/json\" id=\"settings\">{}</script>";

/// Begins what the leaflet says where it knows no contact page.
pub(crate) const NO_CONTACT: &str = "<p class=\"leaflet-contact\" data-no-contact>";
const NO_CONTACT_HIDDEN: &str = "<p class=\"leaflet-contact\" data-no-contact hidden>";

/// Begins the leaflet's link to a contact page, which leads nowhere yet.
pub(crate) const CONTACT_HIDDEN: &str =
    "<p class=\"leaflet-contact\" hidden><a data-contact target=\"_top\" rel=\"noreferrer\">";

/// Begins the choice of languages while none is offered.
pub(crate) const LANGUAGES_HIDDEN: &str = "<nav class=\"languages\" hidden";
const LANGUAGES: &str = "<nav class=\"languages\"";

/// Begins the link to the file of another language, which is not offered yet.
pub(crate) fn language_hidden(code: &str) -> String {
    format!("<a data-language hidden hreflang=\"{}\"", escaped(code))
}

/// What a logo's room looks like. A document without a logo has no byte of it. The room is limited here, where the policy
/// has the hash, so that no picture can take more of it, whatever its attributes say. Drawings for paper are dark as a
/// rule, so that on dark they get a light ground.
const LOGO_STYLE: &str = "\
    .logo{max-width:calc(var(--measure) + 2*var(--space-4));padding:var(--space-4) var(--space-4) 0;margin:0 auto}\
    .logo img{display:block;max-width:min(100%,15rem);max-height:3.5rem;height:auto;object-fit:contain}\
    [data-deep=yes] .logo{display:none}\
    @media (prefers-color-scheme:dark){.logo img{max-height:calc(3.5rem + 2*var(--space-2));padding:var(--space-2);\
    border-radius:var(--radius);background:#fff}}\
    @media print{.logo{display:none}}";
const STYLES_END: &str = "</style></head>";
const POLICY_AFTER_STYLES: &str = "; base-uri 'none'; form-action 'none'; require-trusted-types-for";
const MAIN: &str = "<main><div id=\"app\" hidden>";

fn language(code: &str) -> String {
    format!("<a data-language hreflang=\"{}\"", escaped(code))
}

/// A document of this language with the settings in it.
pub(crate) fn bake(document: &str, code: &str, settings: &Settings) -> Result<String> {
    let block = NO_SETTINGS.replace("{}", &settings.to_json()?);
    let mut baked = replaced(document, NO_SETTINGS, &block)?;
    if let Some(contact) = &settings.contact {
        let link = format!(
            "<p class=\"leaflet-contact\"><a data-contact href=\"{}\" target=\"_top\" rel=\"noreferrer\">",
            escaped(contact)
        );
        baked = replaced(&replaced(&baked, NO_CONTACT, NO_CONTACT_HIDDEN)?, CONTACT_HIDDEN, &link)?;
    }
    if let Some(number) = &settings.emergency {
        baked = baked.replace(EMERGENCY_LINK, &EMERGENCY_LINK.replace("911", number));
    }
    baked = with_languages(baked, code, settings)?;
    if let Some(picture) = settings.logo() {
        baked = with_logo(&baked, &picture)?;
    }
    policy::check(&baked)?;
    Ok(baked)
}

/// The logo above the questions and the leaflet, its style, and a policy that allows both: pictures with a `data:`
/// address, which no server is asked for.
fn with_logo(document: &str, picture: &str) -> Result<String> {
    let allowed = format!(" '{}'; img-src data:{POLICY_AFTER_STYLES}", hashes::policy_source(LOGO_STYLE));
    let allowing = replaced(document, POLICY_AFTER_STYLES, &allowed)?;
    let styled = replaced(&allowing, STYLES_END, &format!("</style><style>{LOGO_STYLE}{STYLES_END}"))?;
    replaced(&styled, MAIN, &format!("<p class=\"logo\">{picture}</p>\n{MAIN}"))
}

fn with_languages(mut baked: String, own: &str, settings: &Settings) -> Result<String> {
    let others: Vec<&String> = settings.langs.iter().filter(|code| *code != own).collect();
    for code in &others {
        baked = replaced(&baked, &language_hidden(code), &language(code))
            .with_context(|| format!("`langs` has `{code}`, which is not built"))?;
    }
    if others.is_empty() { Ok(baked) } else { replaced(&baked, LANGUAGES_HIDDEN, LANGUAGES) }
}

/// The text with a part that stands in it once replaced.
fn replaced(text: &str, part: &str, by: &str) -> Result<String> {
    let found = text.matches(part).count();
    ensure!(found == 1, "the document has {found} times `{part}`, where it should be once");
    Ok(text.replacen(part, by, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hashes;

    fn document() -> String {
        format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '{}'\"><p>Call \
             {EMERGENCY_LINK}.</p>{LANGUAGES_HIDDEN} aria-label=\"x\">{} lang=\"es\">es</a></nav><p>Or \
             {EMERGENCY_LINK}.</p>{NO_CONTACT}Use the site.</p>{CONTACT_HIDDEN}Contact</a></p>{NO_SETTINGS}\
             <script>main()</script>",
            hashes::policy_source("main()"),
            language_hidden("es"),
        )
    }

    fn settings(toml: &str) -> Settings {
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn without_settings_a_document_stays_as_it_is() {
        assert_eq!(bake(&document(), "en", &Settings::default()).unwrap(), document());
    }

    #[test]
    fn the_emergency_number_stands_wherever_a_number_does() {
        let baked = bake(&document(), "en", &settings("emergency = \"112\"")).unwrap();
        assert_eq!(baked.matches("<a class=\"emergency-number\" href=\"tel:112\">112</a>").count(), 2, "{baked}");
        assert!(!baked.contains("911"), "{baked}");
    }

    #[test]
    fn the_contact_link_takes_the_place_of_the_sentence_without_one() {
        let baked = bake(&document(), "en", &settings("contact = \"https://a.example/c?a=1&b='\"")).unwrap();
        let shown = "<p class=\"leaflet-contact\"><a data-contact href=\"https://a.example/c?a=1&amp;b=&#39;\" \
                     target=\"_top\" rel=\"noreferrer\">Contact</a></p>";
        assert!(baked.contains(shown) && baked.contains("data-no-contact hidden>Use the site."), "{baked}");
    }

    #[test]
    fn a_language_is_offered_where_it_is_baked_and_its_own_never_is() {
        let baked = bake(&document(), "en", &settings("langs = [\"en\", \"es\"]")).unwrap();
        assert!(baked.contains("<nav class=\"languages\" aria-label"), "{baked}");
        assert!(baked.contains("<a data-language hreflang=\"es\" lang"), "{baked}");
        let own = bake(&document(), "en", &settings("langs = [\"en\"]")).unwrap();
        assert!(own.contains(LANGUAGES_HIDDEN), "{own}");
        let error = bake(&document(), "en", &settings("langs = [\"fr\"]")).unwrap_err();
        assert!(format!("{error:#}").contains("`langs` has `fr`, which is not built"), "{error:#}");
    }

    #[test]
    fn a_document_without_its_places_is_an_error() {
        let baked = bake(&document().replace("{}", ""), "en", &Settings::default());
        assert!(baked.unwrap_err().to_string().contains("0 times"));
    }
}
