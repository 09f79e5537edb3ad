//! A display that nobody sees, for a browser that can't do without one.

use std::process::Stdio;

use anyhow::{Context, Result};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::driver::{PATIENCE, program, spawn};

/// An Xvfb of our own, which ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Display {
    /// Its name, as in `:7`.
    pub(crate) name: String,
    _xvfb: Child,
}

impl Display {
    /// Starts one under a number that no other display has. It can be reached on this machine only.
    pub(crate) async fn start() -> Result<Self> {
        let mut xvfb = Command::new(program("XVFB", "Xvfb"));
        xvfb.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]).stdout(Stdio::piped());
        let mut child = spawn(&mut xvfb)?;
        let mut lines = BufReader::new(child.stdout.take().context("Xvfb without output")?).lines();
        let number = tokio::time::timeout(PATIENCE, lines.next_line()).await.context("Xvfb did not start")??;
        let number = number.context("Xvfb ended before it said its display")?;
        Ok(Self { name: format!(":{}", number.trim()), _xvfb: child })
    }
}
