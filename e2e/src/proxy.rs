//! A proxy of the tests' own on loopback. It writes down every request that a browser tries to make to anywhere, and
//! lets through only those to the test's own server.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::Server;

/// Longer heads than this are cut off.
const LONGEST_HEAD: usize = 64 * 1024;

/// The answer to all requests elsewhere. Nothing is connected to.
const REFUSED: &[u8] = b"HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/// A proxy for HTTP, and for HTTPS and sockets as far as the name of the host. It runs until it is dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// Starts one that lets requests through to this server alone.
    ///
    /// # Errors
    /// No port is free.
    pub async fn before(server: &Server) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let requests = Arc::new(Mutex::new(Vec::new()));
        let accepting = tokio::spawn(accept(listener, server.address("/"), requests.clone()));
        Ok(Self { address, requests, accepting })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What was asked for so far, each as its method and its target: `GET http://127.0.0.1:1234/page.html`,
    /// `CONNECT elsewhere.example:443`.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().map(|requests| requests.clone()).unwrap_or_default()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, allowed: String, requests: Arc<Mutex<Vec<String>>>) {
    // They end with this task, and so with the proxy.
    let mut connections = JoinSet::new();
    while let Ok((browser, _)) = listener.accept().await {
        let (allowed, requests) = (allowed.clone(), requests.clone());
        connections.spawn(async move {
            // A browser may hang up at any time.
            let _ = serve(browser, &allowed, &requests).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

/// Answers the one request of a connection.
async fn serve(mut browser: TcpStream, allowed: &str, requests: &Mutex<Vec<String>>) -> Result<()> {
    let head = read_head(&mut browser).await?;
    let Some(request) = head.lines().next() else { return Ok(()) };
    let (request, _version) = request.rsplit_once(' ').unwrap_or((request, ""));
    if let Ok(mut requests) = requests.lock() {
        requests.push(request.to_owned());
    }
    match request.strip_prefix("GET ").and_then(|target| target.strip_prefix(allowed)) {
        Some(path) => forward(&mut browser, allowed, path).await?,
        None => browser.write_all(REFUSED).await?,
    }
    Ok(browser.shutdown().await?)
}

/// The request's first line and headers. Empty if the browser only connects, as some do ahead of time.
async fn read_head(browser: &mut TcpStream) -> Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < LONGEST_HEAD && browser.read_buf(&mut head).await? > 0 {}
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Passes a request on, without its headers, and the answer back.
async fn forward(browser: &mut TcpStream, server: &str, path: &str) -> Result<()> {
    let host = server.strip_prefix("http://").and_then(|rest| rest.strip_suffix('/')).context("a server's address")?;
    let mut connection = TcpStream::connect(host).await?;
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await?;
    tokio::io::copy(&mut connection, browser).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn answer(proxy: &Proxy, request: &str) -> String {
        let mut connection = TcpStream::connect(proxy.address()).await.unwrap();
        connection.write_all(format!("{request} HTTP/1.1\r\nHost: any\r\n\r\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn every_request_is_written_down_and_only_those_to_the_server_pass() {
        let pages = [("/page.html".to_owned(), "the page".to_owned())].into();
        let server = Server::with_pages(std::env::temp_dir(), pages).unwrap();
        let proxy = Proxy::before(&server).await.unwrap();
        let page = format!("GET {}", server.address("/page.html?query"));
        let passed = answer(&proxy, &page).await;
        assert!(passed.starts_with("HTTP/1.1 200") && passed.ends_with("the page"), "{passed}");
        let post = format!("POST {}", server.address("/page.html"));
        let elsewhere =
            ["CONNECT leak.invalid:443", "GET http://leak.invalid/?answer=1", &post, "GET http://127.0.0.1:1/"];
        for request in elsewhere {
            assert!(answer(&proxy, request).await.starts_with("HTTP/1.1 502"), "{request}");
        }
        assert_eq!(proxy.requests()[1..], elsewhere);
        assert_eq!(proxy.requests()[0], page);
        assert_eq!(server.requests(), ["/page.html?query"]);
    }
}
