//! Settings to bake into the documents.
//!
//! Whoever bakes wants to hear of a mistake, so what the page would leave out in silence is an error here.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use pars_check::host;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::logo::Logo;

/// Settings as they stand in the file, found sound.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// Where the contact link leads: an `https:` address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) contact: Option<String>,
    /// The clinic's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    clinic: Option<String>,
    /// The clinic's telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    tel: Option<String>,
    /// The emergency number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) emergency: Option<String>,
    /// The accent colour, as `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    accent: Option<String>,
    /// What is shown: `quiz`, which is the default, or `leaflet`, the guidance without the questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<String>,
    /// Codes of the languages that are offered on the first screen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) langs: Vec<String>,
    /// Origins that a contact address from the embedding page may have besides the document's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contact_origins: Vec<String>,
    /// The clinic's own content folder, in place of the one that is distributed; as seen from the file of settings.
    #[serde(skip_serializing)]
    pub(crate) content: Option<PathBuf>,
    /// The file of the clinic's logo, as seen from the file of settings.
    #[serde(rename = "logo", skip_serializing)]
    logo_file: Option<PathBuf>,
    #[serde(skip)]
    logo: Option<Logo>,
}

impl Settings {
    /// Reads a file of settings.
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
        let beside = file.parent().unwrap_or(Path::new(""));
        let settings = Self::parse(&text).and_then(|settings| settings.with_files(beside));
        settings.with_context(|| format!("{} has a mistake", file.display()))
    }

    /// Finds the files that the settings name, which lie beside them.
    fn with_files(mut self, beside: &Path) -> Result<Self> {
        self.content = self.content.map(|folder| beside.join(folder));
        if let Some(file) = &self.logo_file {
            self.logo = Some(Logo::read(&beside.join(file)).context("`logo`")?);
        }
        Ok(self)
    }

    /// The logo as markup, if there is one.
    pub(crate) fn logo(&self) -> Option<String> {
        Some(self.logo.as_ref()?.markup(self.clinic.as_deref()?))
    }

    /// Whether the documents hold nothing but what is distributed and short settings.
    pub(crate) fn are_plain(&self) -> bool {
        self.content.is_none() && self.logo.is_none()
    }

    fn parse(text: &str) -> Result<Self> {
        let settings: Self = toml::from_str(text)?;
        settings.check()?;
        Ok(settings)
    }

    /// Fails at the first mistake. `site/builder-settings.js` finds the same ones; `settings/cases.json` is for both.
    fn check(&self) -> Result<()> {
        self.check_addresses()?;
        self.check_shown()
    }

    /// As JSON that can stand in a data block.
    pub(crate) fn to_json(&self) -> Result<String> {
        Ok(serde_json::to_string(self)?.replace('<', "\\u003c"))
    }

    fn check_addresses(&self) -> Result<()> {
        if let Some(mode) = &self.mode {
            ensure!(["quiz", "leaflet"].contains(&mode.as_str()), "`mode` is quiz or leaflet, not `{mode}`");
        }
        if let Some(contact) = &self.contact {
            check_contact(contact).context("`contact` is not an address that a link may lead to")?;
        }
        for origin in &self.contact_origins {
            let address = https(origin).context("`contact_origins` has an entry that is no origin")?;
            ensure!(
                address.origin().ascii_serialization() == *origin,
                "`contact_origins` has `{origin}`; an origin is as https://clinic.example, with nothing after it"
            );
        }
        Ok(())
    }

    /// Compares with what the page would show.
    fn check_shown(&self) -> Result<()> {
        if self.logo_file.is_some() {
            ensure!(self.clinic.is_some(), "`logo` needs `clinic`: whoever can't see the logo reads the name");
        }
        let given = |value: &Option<String>| value.clone().unwrap_or_default();
        let shown = host::Settings::of(&host::Given {
            clinic: given(&self.clinic),
            tel: given(&self.tel),
            emergency: given(&self.emergency),
            accent: given(&self.accent),
            ..host::Given::default()
        });
        if let Some(clinic) = self.clinic.as_ref().filter(|clinic| shown.clinic.as_ref() != Some(clinic)) {
            bail!("`clinic` is `{clinic}`, of which would be shown `{}`", shown.clinic.unwrap_or_default());
        }
        if let Some(tel) = self.tel.as_ref().filter(|_| shown.tel.is_none()) {
            bail!("`tel` is `{tel}`, which is no telephone number");
        }
        if let Some(number) = self.emergency.as_ref().filter(|number| *number != shown.emergency) {
            bail!("`emergency` is `{number}`, which is not among the emergency numbers that the page knows");
        }
        if let Some(accent) = self.accent.as_ref().filter(|_| shown.accent.is_none()) {
            bail!("`accent` is `{accent}`; a colour is as #0b5c6b");
        }
        Ok(())
    }
}

/// Written otherwise than browsers write it, an address could be read as another one than was meant.
fn check_contact(address: &str) -> Result<()> {
    let url = https(address)?;
    let is_plain = url.as_str() == address || url.as_str().strip_suffix('/') == Some(address);
    ensure!(is_plain, "`{address}` is written `{url}` by browsers; write it like that");
    Ok(())
}

fn https(address: &str) -> Result<Url> {
    let url: Url = address.parse().with_context(|| format!("`{address}`"))?;
    ensure!(url.scheme() == "https", "`{address}` does not begin with https://");
    ensure!(url.username().is_empty() && url.password().is_none(), "`{address}` has a user's name in it");
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(text: &str) -> String {
        format!("{:#}", Settings::parse(text).unwrap_err())
    }

    #[test]
    fn everything_that_may_be_set_is_taken() {
        let text = "contact = \"https://clinic.example/contact?from=check\"\nclinic = \"A & B Spine\"\n\
                    tel = \"+1 555 010 0199\"\nemergency = \"112\"\naccent = \"#0b5c6b\"\nmode = \"leaflet\"\n\
                    contact_origins = [\"https://clinic.example\", \"https://clinic.example:8443\"]";
        let json = Settings::parse(text).unwrap().to_json().unwrap();
        let back: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(back["contact"], "https://clinic.example/contact?from=check");
        assert_eq!(back["mode"], "leaflet");
        assert_eq!(back["contact_origins"][1], "https://clinic.example:8443");
        assert_eq!(Settings::default().to_json().unwrap(), "{}");
    }

    #[test]
    fn json_cannot_end_its_element() {
        let settings = Settings { clinic: Some("</script><!--".into()), ..Settings::default() };
        let json = settings.to_json().unwrap();
        assert!(!json.contains('<'), "{json}");
        let back: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(back["clinic"], "</script><!--");
    }

    #[test]
    fn an_unknown_key_is_named() {
        assert!(mistake("contcat = \"https://a.example\"").contains("unknown field `contcat`"));
    }

    #[test]
    fn a_contact_leads_to_https_and_nowhere_else() {
        for address in [
            "http://a.example/",
            "javascript:alert(1)",
            "/contact",
            "https://",
            "https://u:p@a.example/",
            "https://a.example/\\x",
            "",
        ] {
            assert!(mistake(&format!("contact = '{address}'")).contains("`contact`"), "{address}");
        }
    }

    #[test]
    fn a_logo_needs_a_name_and_has_to_be_there_and_sound() {
        assert!(mistake("logo = \"logo.svg\"").contains("`logo` needs `clinic`"));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clinic.toml");
        fs::write(&file, "clinic = \"North\"\nlogo = \"logo.svg\"\ncontent = \"own\"").unwrap();
        let read = || Settings::read(&file).map_err(|error| format!("{error:#}"));
        assert!(read().unwrap_err().contains("logo.svg can't be read"));
        let logo =
            |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>");
        fs::write(folder.path().join("logo.svg"), logo("<script/>")).unwrap();
        assert!(read().unwrap_err().contains("`<script>` does not belong in a logo"));
        fs::write(folder.path().join("logo.svg"), logo("")).unwrap();
        let settings = read().unwrap();
        assert!(settings.logo().unwrap().contains("alt=\"North\""));
        assert_eq!(settings.content, Some(folder.path().join("own")));
        assert_eq!(settings.to_json().unwrap(), "{\"clinic\":\"North\"}", "files are no settings of the document");
    }

    #[test]
    fn an_origin_has_no_path() {
        for origin in
            ["https://a.example/", "https://a.example/contact", "https://a.example?x", "http://a.example", "a.example"]
        {
            assert!(mistake(&format!("contact_origins = [\"{origin}\"]")).contains("`contact_origins`"), "{origin}");
        }
    }

    #[test]
    fn what_the_page_would_leave_out_is_a_mistake() {
        for (key, value) in [("clinic", "<b>"), ("tel", "call us"), ("emergency", "1900"), ("accent", "red")] {
            let mistake = mistake(&format!("{key} = \"{value}\""));
            assert!(mistake.contains(&format!("`{key}` is `{value}`")), "{mistake}");
        }
    }
    /// Settings, and the key that the first mistake names.
    #[derive(Deserialize)]
    struct Case {
        settings: Settings,
        mistake: Option<String>,
    }

    #[test]
    fn the_cases_that_the_builder_page_is_tried_with_are_judged_the_same() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("settings/cases.json")).unwrap();
        for Case { settings, mistake } in cases {
            let found = settings.check().err().map(|error| format!("{error:#}"));
            let named = found.as_deref().and_then(|text| text.strip_prefix('`')?.split('`').next());
            assert_eq!(named, mistake.as_deref(), "{settings:?}: {found:?}");
        }
    }
}
