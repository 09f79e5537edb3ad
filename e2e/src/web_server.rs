//! The web servers that clinics have, with the configuration of `docs/hosting`: the very files, and the blocks of its
//! page filled in with a port and a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Program;

use anyhow::{Context, Result, ensure};
use tokio::process::Command;

use crate::driver::program;
use crate::process::printed;
use crate::{Listening, repository};

/// A web server that a clinic may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebServer {
    /// nginx, with its module for brotli.
    Nginx,
    /// Caddy.
    Caddy,
}

impl WebServer {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Nginx, Self::Caddy];

    /// Serves this folder, in which the check lies in `pars-check`. These lines stand in the block of the site beside those
    /// of `docs/hosting`.
    ///
    /// # Errors
    /// It can't be started, or refuses its configuration.
    pub async fn serve(self, root: &Path, lines: &str) -> Result<Listening> {
        Listening::start(|port, folder| self.command(folder, &self.configuration(port, root, lines)?)).await
    }

    /// A line for the block of a site that sends a header with everything.
    pub fn header(self, name: &str, value: &str) -> String {
        match self {
            Self::Nginx => format!("add_header {name} \"{value}\" always;"),
            Self::Caddy => format!("header {name} \"{value}\""),
        }
    }

    /// The version of the program that runs.
    ///
    /// # Errors
    /// It can't be run.
    pub fn version(self) -> Result<String> {
        // nginx says it where it says its errors: `nginx version: nginx/1.22.1`.
        let asked = if self == Self::Nginx { "\"$0\" -v 2>&1" } else { "\"$0\" version" };
        let said = printed(Program::new("sh").args(["-c", asked]).arg(self.program()), "")?;
        Ok(said.trim().trim_start_matches("nginx version: ").to_owned())
    }

    fn program(self) -> PathBuf {
        match self {
            Self::Nginx => program("NGINX", "/usr/sbin/nginx"),
            Self::Caddy => program("CADDY", "caddy"),
        }
    }

    fn command(self, folder: &Path, configuration: &str) -> Result<Command> {
        let file = folder.join("configuration");
        fs::write(&file, configuration)?;
        let mut command = Command::new(self.program());
        match self {
            Self::Nginx => command.arg("-p").arg(folder).arg("-c").arg(&file).args(["-e", "stderr"]),
            Self::Caddy => command.args(["run", "--adapter", "caddyfile", "--config"]).arg(&file),
        };
        // Caddy keeps what it was told last among the settings of whoever runs it.
        command.env("XDG_CONFIG_HOME", folder).env("XDG_DATA_HOME", folder);
        Ok(command)
    }

    /// The whole configuration: the block of the page, and around it what a system brings.
    fn configuration(self, port: u16, root: &Path, lines: &str) -> Result<String> {
        let root = root.to_str().context("a folder with a name in UTF-8")?;
        let file = |name: &str| repository("docs/hosting").join(name).to_string_lossy().into_owned();
        match self {
            Self::Nginx => {
                let places = [
                    ("listen 80;", &*format!("listen 127.0.0.1:{port};\n{lines}")),
                    ("/srv/www", root),
                    ("/etc/nginx/pars-check.nginx.conf", &file("pars-check.nginx.conf")),
                ];
                let module = program("NGINX_BROTLI", "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
                let whole = NGINX.replace("MODULE", &module.to_string_lossy());
                Ok(whole.replace("BLOCK", &filled_in(&hosting_block("nginx")?, &places)?))
            }
            Self::Caddy => {
                let places = [
                    ("clinic.example {", &*format!("http://127.0.0.1:{port} {{\n{lines}")),
                    ("/srv/www", root),
                    ("/etc/caddy/pars-check.caddy", &file("pars-check.caddy")),
                ];
                Ok(format!("{CADDY}{}", filled_in(&hosting_block("caddyfile")?, &places)?))
            }
        }
    }
}

/// What a system's own nginx.conf has around the block of a site. One process, so that nothing outlives it.
const NGINX: &str = "load_module MODULE;
daemon off;
master_process off;
pid nginx.pid;
events { worker_connections 2048; }
http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on;
    tcp_nopush on;
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    BLOCK
}
";

/// No port for commands, and no certificates.
const CADDY: &str = "{\n\tadmin off\n\tauto_https off\n}\n";

/// The first block of the page about hosting that is in this language.
///
/// # Errors
/// There is none.
pub fn hosting_block(language: &str) -> Result<String> {
    let page = fs::read_to_string(repository("docs/hosting/README.md")).context("docs/hosting/README.md")?;
    let found = page.split_once(&format!("```{language}\n")).and_then(|(_, rest)| rest.split_once("```"));
    Ok(found.with_context(|| format!("docs/hosting/README.md has no block of {language}"))?.0.to_owned())
}

/// A block with the places filled in that every site has of its own, each of which has to be there.
fn filled_in(block: &str, places: &[(&str, &str)]) -> Result<String> {
    places.iter().try_fold(block.to_owned(), |block, (place, own)| {
        ensure!(block.contains(place), "docs/hosting/README.md has no {place:?} in a block");
        Ok(block.replace(place, own))
    })
}
