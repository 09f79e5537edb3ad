//! The web servers that the end-to-end tests run the configurations of `docs/hosting` with, and what asks them for files.
//! Only tests and measures need them.

use std::path::PathBuf;

use anyhow::Result;

use super::system_program::{SystemProgram, ensure_all};

const NGINX: SystemProgram =
    SystemProgram { variable: "NGINX", names: &["nginx", "/usr/sbin/nginx"], package: "nginx" };

/// Its module that sends what lies compressed with brotli: a file that it loads.
const NGINX_BROTLI: SystemProgram = SystemProgram {
    variable: "NGINX_BROTLI",
    names: &["/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"],
    package: "libnginx-mod-http-brotli-static",
};

const CADDY: SystemProgram = SystemProgram { variable: "CADDY", names: &["caddy"], package: "caddy" };

/// What compresses the files, as the page about hosting tells to.
const BROTLI: SystemProgram = SystemProgram { variable: "BROTLI", names: &["brotli"], package: "brotli" };

/// What asks a web server for more than browsers would.
const WRK: SystemProgram = SystemProgram { variable: "WRK", names: &["wrk"], package: "wrk" };

/// Finds or installs them, and gives each by the variable in which the end-to-end tests look for it.
pub(super) fn ensure() -> Result<Vec<(&'static str, PathBuf)>> {
    let programs = [&NGINX, &NGINX_BROTLI, &CADDY, &BROTLI];
    let found = ensure_all(programs)?;
    for (program, path) in programs.iter().zip(&found) {
        eprintln!("  {}: {}", program.package, path.display());
    }
    Ok(programs.map(|program| program.variable).into_iter().zip(found).collect())
}

/// Finds or installs the program that asks for a great deal.
pub(super) fn ensure_wrk() -> Result<(&'static str, PathBuf)> {
    let [wrk] = ensure_all([&WRK])?;
    eprintln!("  wrk: {}", wrk.display());
    Ok((WRK.variable, wrk))
}
