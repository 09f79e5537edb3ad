//! The program that asks.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::driver::program;
use crate::process::printed;
use crate::{Listening, repository};

/// How many connections are held open.
pub(super) const CONNECTIONS: usize = 64;

/// What one run found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) seconds: f64,
    pub(super) requests: f64,
    /// With the headers.
    pub(super) bytes: f64,
    /// In milliseconds.
    pub(super) median: f64,
    /// What one in a hundred requests took longer than, in milliseconds.
    pub(super) slow: f64,
}

/// Asks for these paths again and again, for so long.
pub(super) fn run(server: &Listening, paths: &[String], seconds: u64) -> Result<Measured> {
    let mut wrk = Command::new(program("WRK", "wrk"));
    wrk.arg("--threads=1").arg(format!("--connections={CONNECTIONS}")).arg(format!("--duration={seconds}s"));
    wrk.arg("--script").arg(repository("e2e/src/load/visits.lua"));
    wrk.arg(server.address("/")).arg("--").args(paths);
    let printed = printed(&mut wrk, "").context("`cargo xtask load` installs wrk")?;
    read(printed.lines().last().unwrap_or_default())
}

/// The line that `visits.lua` prints.
fn read(line: &str) -> Result<Measured> {
    let found: Value = serde_json::from_str(line).with_context(|| format!("wrk printed {line:?}"))?;
    let number = |name: &str| found.get(name).and_then(Value::as_f64).with_context(|| format!("wrk told no {name}"));
    for error in ["connect", "read", "write", "status", "timeout"] {
        ensure!(number(error)? == 0.0, "{} requests failed ({error})", number(error)?);
    }
    ensure!(number("requests")? > 0.0, "nothing was asked for");
    Ok(Measured {
        seconds: number("microseconds")? / 1e6,
        requests: number("requests")?,
        bytes: number("bytes")?,
        median: number("p50")? / 1e3,
        slow: number("p99")? / 1e3,
    })
}

/// The status of what is sent, how it is encoded, and how many bytes it has.
pub(super) fn ask(address: &str) -> Result<(u16, Option<String>, u64)> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut answer = agent.get(address).header("Accept-Encoding", "gzip, deflate, br, zstd").call()?;
    let encoding = answer.headers().get("Content-Encoding").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let length = answer.body_mut().read_to_vec()?.len();
    Ok((answer.status().as_u16(), encoding, length as u64))
}

pub(super) fn version() -> Result<String> {
    // `wrk debian/4.1.0-3 [epoll] Copyright …`, and how it is used.
    let said = printed(Command::new("sh").args(["-c", "\"$0\" -v | head -1"]).arg(program("WRK", "wrk")), "")?;
    Ok(said.split_whitespace().nth(1).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(status: u32, timeout: u32) -> String {
        format!(
            "{{\"microseconds\":2000000,\"requests\":100,\"bytes\":5000,\"connect\":0,\"read\":0,\"write\":0,\
             \"status\":{status},\"timeout\":{timeout},\"p50\":1500,\"p99\":9000}}"
        )
    }

    #[test]
    fn what_wrk_found_is_read() {
        let measured = read(&line(0, 0)).unwrap();
        let numbers = [measured.seconds, measured.requests, measured.bytes, measured.median, measured.slow];
        assert_eq!(numbers.map(|number| number.to_string()), ["2", "100", "5000", "1.5", "9"]);
    }

    #[test]
    fn a_refused_or_late_request_is_an_error_and_so_is_nothing() {
        for (status, timeout) in [(1, 0), (0, 2)] {
            assert!(read(&line(status, timeout)).unwrap_err().to_string().contains("requests failed"));
        }
        assert!(read("").is_err());
    }
}
