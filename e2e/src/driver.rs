//! A driver: the program that takes the commands of WebDriver and starts a browser for them.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use crate::display::Display;

/// How long a program may take to start.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// How often a driver is started whose port was taken meanwhile.
const TRIES: usize = 5;

/// A driver that listens on a port of this machine until it is dropped.
#[derive(Debug)]
pub(crate) struct Driver {
    pub(crate) port: u16,
    child: Child,
    /// Ends after the driver.
    _display: Option<Display>,
}

impl Driver {
    /// Starts a driver that chooses its port and says it in a line that `port_in` understands.
    pub(crate) async fn that_says_its_port(command: &mut Command, port_in: fn(&str) -> Option<u16>) -> Result<Self> {
        let mut child = spawn(command.stdout(Stdio::piped()))?;
        let output = child.stdout.take().context("a driver without output")?;
        let mut lines = BufReader::new(output).lines();
        let said = async {
            while let Some(line) = lines.next_line().await? {
                if let Some(port) = port_in(&line) {
                    return Ok(port);
                }
            }
            bail!("the driver ended before it said its port")
        };
        let port = tokio::time::timeout(PATIENCE, said).await.context("the driver did not start")??;
        // Its output is read on, so that it never blocks on a full pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self { port, child, _display: None })
    }

    /// Starts a driver that is told its port and says nothing, on a display.
    pub(crate) async fn on_port(command: &mut Command, port: u16, display: Display) -> Result<Self> {
        let mut child = spawn(command.stdout(Stdio::null()))?;
        let listens = async {
            // A condition, asked again and again: the driver has no other way to tell.
            while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                if let Some(status) = child.try_wait()? {
                    bail!("the driver ended at once ({status})");
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            Ok(())
        };
        tokio::time::timeout(PATIENCE, listens).await.context("the driver did not start")??;
        Ok(Self { port, child, _display: Some(display) })
    }

    /// Ends the driver.
    pub(crate) async fn kill(&mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }
}

/// Starts a driver again where its port was taken meanwhile.
pub(crate) async fn tried(start: impl AsyncFn() -> Result<Driver>) -> Result<Driver> {
    for _ in 1..TRIES {
        if let Ok(driver) = start().await {
            return Ok(driver);
        }
    }
    start().await
}

/// A port of this machine that was free just now.
pub(crate) async fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?.port())
}

/// Where a program lies: as the environment says, else on the path.
pub(crate) fn program(variable: &str, name: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| PathBuf::from(name), PathBuf::from)
}

pub(crate) fn spawn(command: &mut Command) -> Result<Child> {
    let spawned = command.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).spawn();
    spawned.with_context(|| {
        let name = command.as_std().get_program().to_string_lossy().into_owned();
        format!("{name} can't be started; `cargo xtask tools` installs it")
    })
}
