//! The software bill of materials: which crates the engine is made of and which tools made it, as CycloneDX.
//!
//! It has no time, no serial number and no path, so the same input gives the same bytes.

mod crates;

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use cyclonedx_bom::external_models::spdx::SpdxExpression;
use cyclonedx_bom::models::bom::SpecVersion;
use cyclonedx_bom::models::component::{Classification, Scope};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::hash::{Hash, HashAlgorithm, HashValue, Hashes};
use cyclonedx_bom::models::license::{LicenseChoice, Licenses};
use cyclonedx_bom::models::metadata::Metadata;
use cyclonedx_bom::models::tool::Tools;
use cyclonedx_bom::prelude::{Bom, Component, Components, Purl, Validate};

use crate::project::Project;
use crates::{Crate, Id};

/// The bill's name.
pub(crate) const NAME: &str = "sbom.cdx.json";

/// The crate that all others are needed by.
const ENGINE: &str = "pars-check";

/// What the precompiled standard library is called here; it is in the engine too and comes with the compiler.
const STANDARD_LIBRARY: &str = "rust-std";

/// The bill for the engine and these tools.
pub(crate) fn of(project: &Project, tools: &[(String, String)]) -> Result<Vec<u8>> {
    let bill = bill(crates::of(project)?, tools)?;
    let outcome = bill.validate_version(SpecVersion::V1_5);
    ensure!(outcome.passed(), "the bill of materials is not sound CycloneDX: {outcome:?}");
    let mut json = Vec::new();
    bill.output_as_json_v1_5(&mut json).context("the bill of materials can't be written")?;
    json.push(b'\n');
    Ok(json)
}

fn bill(mut crates: BTreeMap<Id, Crate>, tools: &[(String, String)]) -> Result<Bom> {
    let dependencies = crates.iter().map(|(id, each)| dependency(id, each)).collect();
    let (id, engine) = crates
        .iter()
        .find(|(id, _)| id.name == ENGINE)
        .map(|(id, _)| id.clone())
        .and_then(|id| crates.remove_entry(&id))
        .with_context(|| format!("`cargo tree` does not name {ENGINE}"))?;
    let mut engine = component(&id, &engine)?;
    engine.component_type = Classification::Application;
    let mut components = crates.iter().map(|(id, each)| component(id, each)).collect::<Result<Vec<_>>>()?;
    components.push(standard_library(tools)?);
    Ok(Bom {
        serial_number: None,
        metadata: Some(Metadata { tools: Some(used(tools)), component: Some(engine), ..Metadata::default() }),
        components: Some(Components(components)),
        dependencies: Some(Dependencies(dependencies)),
        spec_version: SpecVersion::V1_5,
        ..Bom::default()
    })
}

fn component(id: &Id, each: &Crate) -> Result<Component> {
    let mut component = Component::new(Classification::Library, &id.name, &id.version, Some(reference(id)));
    component.scope = Some(if each.is_linked { Scope::Required } else { Scope::Excluded });
    component.licenses = Some(licences(&each.licence).with_context(|| format!("the licence of {}", id.name))?);
    // The workspace's own crates are in no registry: a URL of one would lead to somebody else's crate.
    if let Some(checksum) = &each.checksum {
        component.purl = Some(Purl::new("cargo", &id.name, &id.version)?);
        component.hashes =
            Some(Hashes(vec![Hash { alg: HashAlgorithm::SHA_256, content: HashValue(checksum.clone()) }]));
    }
    Ok(component)
}

fn licences(text: &str) -> Result<Licenses> {
    Ok(Licenses(vec![LicenseChoice::Expression(SpdxExpression::parse_lax(text.to_owned())?)]))
}

fn standard_library(tools: &[(String, String)]) -> Result<Component> {
    let (_, version) = tools.iter().find(|(name, _)| name == "rustc").context("the compiler has no version")?;
    let reference = format!("{STANDARD_LIBRARY}@{version}");
    let mut component = Component::new(Classification::Library, STANDARD_LIBRARY, version, Some(reference));
    component.scope = Some(Scope::Required);
    component.licenses = Some(licences("MIT OR Apache-2.0")?);
    Ok(component)
}

fn used(tools: &[(String, String)]) -> Tools {
    let mut tools = tools.to_vec();
    tools.sort();
    let component = |(name, version): &(String, String)| {
        Component::new(Classification::Application, name, version, Some(format!("tool:{name}@{version}")))
    };
    Tools::Object { services: None, components: Some(Components(tools.iter().map(component).collect())) }
}

fn dependency(id: &Id, each: &Crate) -> Dependency {
    Dependency { dependency_ref: reference(id), dependencies: each.needs.iter().map(reference).collect() }
}

fn reference(id: &Id) -> String {
    format!("{}@{}", id.name, id.version)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;
    use crate::process;

    const TOOLS: [(&str, &str); 2] = [("trunk", "0.21.14"), ("rustc", "1.95.0")];

    fn written() -> String {
        let tools = TOOLS.map(|(name, version)| (name.to_owned(), version.to_owned()));
        String::from_utf8(of(&Project::find().unwrap(), &tools).unwrap()).unwrap()
    }

    fn read_back() -> Bom {
        Bom::parse_from_json_v1_5(written().as_bytes()).unwrap()
    }

    fn names(bill: &Bom, scope: &Scope) -> BTreeSet<String> {
        let components = bill.components.iter().flat_map(|components| &components.0);
        components
            .filter(|each| each.scope.as_ref() == Some(scope))
            .map(|each| format!("{} v{}", each.name, each.version.as_ref().unwrap()))
            .collect()
    }

    #[test]
    fn it_is_sound_cyclonedx_when_read_back() {
        let bill = read_back();
        assert!(bill.validate_version(SpecVersion::V1_5).passed());
        let mut broken = bill;
        broken.components.as_mut().unwrap().0[0].purl = Some("no purl".parse().unwrap());
        assert!(!broken.validate_version(SpecVersion::V1_5).passed(), "the validator finds nothing");
    }

    #[test]
    fn it_names_what_is_linked_and_nothing_else() {
        let tree = process::output(process::command("cargo").current_dir(Project::find().unwrap().root()).args([
            "tree",
            "--locked",
            "--package=pars-check",
            "--target=wasm32-unknown-unknown",
            "--edges=normal,no-proc-macro",
            "--prefix=none",
        ]))
        .unwrap();
        let word = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let mut linked: BTreeSet<String> = tree.lines().map(word).collect();
        linked.remove("pars-check v0.1.0");
        linked.insert("rust-std v1.95.0".to_owned());
        assert_eq!(names(&read_back(), &Scope::Required), linked);
    }

    #[test]
    fn it_has_the_locked_versions_and_names_no_crate_of_the_tests_or_the_build() {
        let lock = fs::read_to_string(Project::find().unwrap().path("Cargo.lock")).unwrap();
        let bill = read_back();
        let linked = names(&bill, &Scope::Required);
        for name in ["yew", "wasm-bindgen", "web-sys", "gloo"] {
            let at = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).unwrap().1;
            let (version, checksum) = (at.split('"').next().unwrap(), at.split("checksum = \"").nth(1).unwrap());
            assert!(linked.contains(&format!("{name} v{version}")), "{name} {version}");
            let component =
                bill.components.as_ref().unwrap().0.iter().find(|each| each.name.to_string() == name).unwrap();
            assert_eq!(component.purl.as_ref().unwrap().to_string(), format!("pkg:cargo/{name}@{version}"));
            assert!(checksum.starts_with(&component.hashes.as_ref().unwrap().0[0].content.0));
        }
        let everything: BTreeSet<String> = &linked | &names(&bill, &Scope::Excluded);
        for name in ["xtask", "e2e", "quiz-authoring", "clap", "indicatif", "tiny_http", "fantoccini", "tempfile"] {
            assert!(lock.contains(&format!("name = \"{name}\"")), "{name} is no longer used at all");
            assert!(!everything.iter().any(|each| each.starts_with(&format!("{name} v"))), "{name}");
        }
    }

    #[test]
    fn every_dependency_leads_to_a_component() {
        let bill = read_back();
        let components = bill.components.unwrap().0;
        let engine = bill.metadata.unwrap().component.unwrap();
        let known: BTreeSet<String> = components.into_iter().chain([engine]).filter_map(|each| each.bom_ref).collect();
        let dependencies = bill.dependencies.unwrap().0;
        assert!(dependencies.len() > 50, "{}", dependencies.len());
        for each in dependencies {
            assert!(known.contains(&each.dependency_ref), "{}", each.dependency_ref);
            assert!(each.dependencies.iter().all(|needed| known.contains(needed)), "{each:?}");
        }
    }

    #[test]
    fn it_holds_no_time_no_serial_number_and_no_path() {
        let text = written();
        assert_eq!(text, written());
        let bill = read_back();
        assert!(bill.serial_number.is_none() && bill.metadata.unwrap().timestamp.is_none());
        assert!(!text.contains("file:") && !text.contains(&*Project::find().unwrap().root().to_string_lossy()));
        assert!(text.contains("\"trunk\"") && text.contains("\"0.21.14\""), "the tools are named");
    }
}
