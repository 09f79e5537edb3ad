//! A program that listens on a port of this machine.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::driver::{PATIENCE, free_port};

/// How often one is started whose port was taken meanwhile.
const TRIES: usize = 5;

/// A program of one process that listens until this is dropped.
#[derive(Debug)]
pub struct Listening {
    port: u16,
    child: Child,
    /// For what it writes; gone after it.
    _folder: tempfile::TempDir,
}

impl Listening {
    /// Starts the program that is given for a port and for a folder of its own.
    ///
    /// # Errors
    /// It can't be started, or ends at once; the error holds what it said.
    pub async fn start(command: impl Fn(u16, &Path) -> Result<Command>) -> Result<Self> {
        for _ in 1..TRIES {
            if let Ok(listening) = Self::try_start(&command).await {
                return Ok(listening);
            }
        }
        Self::try_start(&command).await
    }

    async fn try_start(command: impl Fn(u16, &Path) -> Result<Command>) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let port = free_port().await?;
        let mut command = command(port, folder.path())?;
        // Into a file, so that it never blocks on a full pipe.
        let said = folder.path().join("said");
        let output = fs::File::create(&said)?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output).kill_on_drop(true);
        let name = command.as_std().get_program().to_string_lossy().into_owned();
        let child =
            command.spawn().with_context(|| format!("{name} can't be started; `cargo xtask tools` installs it"))?;
        let mut listening = Self { port, child, _folder: folder };
        let listens = listening.wait(&said);
        tokio::time::timeout(PATIENCE, listens).await.with_context(|| format!("{name} did not start"))??;
        Ok(listening)
    }

    async fn wait(&mut self, said: &Path) -> Result<()> {
        // A condition, asked again and again: there is no other way to tell.
        while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("it ended at once ({status}): {}", fs::read_to_string(said).unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }

    /// The address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}
