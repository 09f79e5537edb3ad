//! `manifest.json`: what was made, from what, by what. The same input gives the same manifest, so it has no times.

use std::collections::BTreeMap;

use anyhow::Result;
use quiz_authoring::Content;
use serde::{Deserialize, Serialize};

use crate::hashes;
use crate::released::VERSION;

/// The manifest's name.
pub(crate) const NAME: &str = "manifest.json";

/// The manifest.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Manifest {
    name: String,
    version: String,
    content: ContentEntry,
    tools: BTreeMap<String, String>,
    files: BTreeMap<String, FileEntry>,
}

#[derive(Debug, Deserialize, Serialize)]
struct ContentEntry {
    id: String,
    version: String,
    /// SHA-256 of the content folder but for the reviews.
    sha256: String,
    languages: Vec<String>,
}

#[derive(Debug, Deserialize, Serialize)]
struct FileEntry {
    bytes: usize,
    /// In hexadecimal, as `sha384sum` prints it.
    sha384: String,
    /// As an `integrity` attribute takes it.
    integrity: String,
    /// Of a document before anything was baked into it: what a baked copy is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha384_without_settings: Option<String>,
}

impl Manifest {
    /// Describes these files; `unbaked` has the documents among them as they were without settings.
    pub(crate) fn of(
        content: &Content,
        tools: &[(String, String)],
        files: &BTreeMap<String, Vec<u8>>,
        unbaked: &BTreeMap<String, Vec<u8>>,
    ) -> Self {
        let entry = |name: &String, bytes: &[u8]| FileEntry {
            bytes: bytes.len(),
            sha384: hashes::sha384(bytes),
            integrity: hashes::integrity(bytes),
            sha384_without_settings: unbaked.get(name).map(|bytes| hashes::sha384(bytes)),
        };
        Self {
            name: "pars-check".to_owned(),
            version: VERSION.to_owned(),
            content: ContentEntry {
                id: content.id.clone(),
                version: content.version.clone(),
                sha256: content.hash.clone(),
                languages: content.languages.iter().map(|language| language.code.clone()).collect(),
            },
            tools: tools.iter().cloned().collect(),
            files: files.iter().map(|(name, bytes)| (name.clone(), entry(name, bytes))).collect(),
        }
    }

    /// As it is written.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        Ok(json)
    }

    /// The files it describes.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}
