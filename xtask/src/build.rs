//! The engine: what Trunk builds, made smaller.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use walrus::Module;
use wasmparser::Parser;

use crate::answers;
use crate::audit;
use crate::engine_text;
use crate::events;
use crate::imports;
use crate::panics;
use crate::process;
use crate::project::Project;
use crate::texts;
use crate::tools::{BuildTools, Compiler};
use crate::unused;

/// What the engine may use of WebAssembly, by name: all of it in every browser that the documents are built for.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How it is made small. Small with brotli is what counts: leaving out the inlining of functions that are called once
/// makes the module 4 % larger as it is and 4 % smaller as it is sent, and the order of functions helps a little more.
const PASSES: [&str; 7] = [
    "-Oz",
    "--converge",
    // Nothing stands at the first addresses but the end of the stack, and fresh memory is zeros.
    "--low-memory-unused",
    "--zero-filled-memory",
    "--one-caller-inline-max-function-size=0",
    "--reorder-functions",
    // The names of functions stay, to tell which crate takes how much; they are taken off after that.
    "-g",
];

/// The engine's stack in bytes. It lies below everything else, so that going beyond it is a trap. A megabyte, as the
/// compiler has it, would be most of the engine's memory.
pub(crate) const STACK: u32 = 0x4_0000;

/// The file in `target/` that holds the engine with the names of its functions.
pub(crate) const NAMED: &str = "engine-with-names.wasm";

/// The engine and the JavaScript that goes with it.
pub(crate) struct Engine {
    /// The module's bytes.
    pub(crate) bytes: Vec<u8>,
    /// The same as the text in which the document holds it.
    pub(crate) text: String,
    /// wasm-bindgen's glue, with what the engine imports.
    pub(crate) glue: String,
}

/// Builds the engine.
pub(crate) fn engine(project: &Project, tools: &BuildTools) -> Result<Engine> {
    let out = project.target("trunk");
    trunk(project, tools, &out)?;
    let built = fs::read(out.join("pars-check_bg.wasm")).context("trunk left no engine")?;
    let bytes = without_names(&small(project, tools, &built)?)?;
    let text = engine_text::of(project, tools, &bytes)?;
    let glue = fs::read_to_string(out.join("pars-check.js")).context("trunk left no glue")?;
    let glue = imports::fit(&glue, &audit::imported(&bytes)?)?;
    Ok(Engine { bytes, text, glue })
}

/// The engine without what it never needs, optimized. It still has the names of its functions.
fn small(project: &Project, tools: &BuildTools, built: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(built).context("the engine is no WebAssembly module")?;
    let texts = texts::of(&module);
    panics::leave_out(&mut module)?;
    unused::leave_out(&mut module)?;
    events::leave_out(&mut module)?;
    answers::put_in_place(&mut module)?;
    imports::shorten(&mut module)?;
    let bare = project.target("engine-bare.wasm");
    fs::write(&bare, module.emit_wasm()).with_context(|| format!("{} can't be written", bare.display()))?;
    let named = project.target(NAMED);
    optimize(tools, &bare, &named, &PASSES)?;
    let mut module = fs::read(&named).context("wasm-opt left no engine")?;
    texts::blank(&mut module, &texts)?;
    fs::write(&named, module).with_context(|| format!("{} can't be written", named.display()))?;
    optimize(tools, &named, &named, &["-g", "--memory-packing"])?;
    fs::read(&named).context("wasm-opt left no engine")
}

/// A module without what no browser needs: names, and who made it.
fn without_names(module: &[u8]) -> Result<Vec<u8>> {
    let mut small = module.get(..8).context("the engine has no head")?.to_vec();
    for payload in Parser::new(0).parse_all(module) {
        if let Some((id, range)) = payload?.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let body = module.get(range).context("a section ends behind the engine")?;
            if id != 0 {
                small.push(id);
                small.extend(leb128(body.len()));
                small.extend(body);
            }
        }
    }
    Ok(small)
}

/// A length as WebAssembly writes it.
fn leb128(mut length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while length > 127 {
        bytes.push(length.to_le_bytes()[0] | 128);
        length >>= 7;
    }
    bytes.push(length.to_le_bytes()[0]);
    bytes
}

fn trunk(project: &Project, tools: &BuildTools, out: &Path) -> Result<()> {
    let mut trunk = process::command(&tools.trunk);
    trunk.args(["build", "--release", "--cargo-profile", "web", "--dist"]).arg(out);
    trunk.current_dir(project.root()).env("PATH", &tools.search_path);
    // Trunk takes NO_COLOR for a true or false of its own and stops at "1".
    trunk.env_remove("NO_COLOR");
    // For the engine alone: flags for everything would have the hook compile all of xtask again.
    trunk.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", path_flags(project, &tools.compiler)?);
    process::with_progress("building the engine (trunk)", &mut trunk)
}

/// Keeps the names of this machine's folders out of the engine, so that its bytes are the same everywhere.
fn path_flags(project: &Project, compiler: &Compiler) -> Result<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    // Where the standard library's source is installed, for editors, the compiler names it by its own folder.
    let library = (compiler.sysroot.join("lib/rustlib/src/rust"), format!("/rustc/{}", compiler.commit));
    let folders = [(project.root().to_owned(), "/pars-check".to_owned()), (home, "/cargo".to_owned()), library];
    let flags = folders.map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    let has_blank = flags.iter().any(|flag| flag.contains(char::is_whitespace));
    ensure!(
        !has_blank,
        "the checkout's, Cargo's and Rust's folders may have no blank in their names; move the checkout"
    );
    Ok(format!("{} -Clink-arg=-zstack-size={STACK}", flags.join(" ")))
}

fn optimize(tools: &BuildTools, from: &Path, to: &Path, passes: &[&str]) -> Result<()> {
    let mut wasm_opt = process::command(&tools.npm.wasm_opt);
    wasm_opt.args(passes).args(FEATURES);
    process::with_progress("making the engine small (wasm-opt)", wasm_opt.arg(from).arg("-o").arg(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_folder_of_this_machine_stays_in_the_engine() {
        let compiler = Compiler { version: "1.0.0".into(), commit: "c0ffee".into(), sysroot: "/opt/rust".into() };
        let project = Project::find().unwrap();
        let flags = path_flags(&project, &compiler).unwrap();
        assert!(flags.contains(&format!("--remap-path-prefix={}=/pars-check", project.root().display())), "{flags}");
        assert!(flags.contains("--remap-path-prefix=/opt/rust/lib/rustlib/src/rust=/rustc/c0ffee"), "{flags}");
        assert!(flags.contains("=/cargo "), "{flags}");
    }

    #[test]
    fn a_folder_with_a_blank_is_an_error_in_words() {
        let compiler = Compiler { version: "1.0.0".into(), commit: "c0ffee".into(), sysroot: "/opt/my rust".into() };
        let error = path_flags(&Project::find().unwrap(), &compiler).unwrap_err().to_string();
        assert!(error.contains("no blank in their names"), "{error}");
    }
}
