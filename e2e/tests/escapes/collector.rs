//! Where attempts arrive that got out.

use std::net::{TcpListener, UdpSocket};
use std::sync::{Arc, Mutex};

use e2e::Server;

/// A server, a port that only takes connections, and one that takes datagrams.
pub(crate) struct Collector {
    server: Server,
    connections: TcpListener,
    datagrams: UdpSocket,
    others: Arc<Mutex<Vec<&'static str>>>,
}

impl Collector {
    pub(crate) fn start() -> Self {
        let connections = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        connections.set_nonblocking(true).unwrap();
        let datagrams = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
        datagrams.set_nonblocking(true).unwrap();
        let server = Server::of(std::env::temp_dir().join("nothing-to-serve")).unwrap();
        Self { server, connections, datagrams, others: Arc::default() }
    }

    /// The constants that the attempts begin with.
    pub(crate) fn addresses(&self) -> String {
        let [connections, datagrams] =
            [self.connections.local_addr(), self.datagrams.local_addr()].map(|address| address.unwrap());
        format!(
            "const COLLECTOR = \"{}\"; const CONNECTIONS = \"http://{connections}/\"; \
             const DATAGRAMS = \"udp://{datagrams}/\";",
            self.server.address("").trim_end_matches('/')
        )
    }

    /// The attempts of which something arrived, by their slugs.
    pub(crate) fn arrived(&self) -> Vec<String> {
        let mut others = self.others.lock().unwrap();
        if self.connections.accept().is_ok() {
            others.push("link-preconnect");
        }
        if self.datagrams.recv(&mut [0; 2000]).is_ok() {
            others.push("WebTransport");
        }
        let asked = self.server.requests();
        // A form adds a question mark.
        let asked =
            asked.iter().filter_map(|path| path.strip_prefix("/leak/")?.split('?').next()).map(ToOwned::to_owned);
        asked.chain(others.iter().map(|&one| one.to_owned())).collect()
    }
}
