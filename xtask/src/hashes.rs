//! Hashes in the spellings that browsers and people use.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// A source for a content security policy: `sha256-…`.
pub(crate) fn policy_source(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// A value for an `integrity` attribute: `sha384-…`.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// The hash of a package's archive, as npm writes it: `sha512-…`.
pub(crate) fn npm_integrity(bytes: &[u8]) -> String {
    format!("sha512-{}", BASE64_STANDARD.encode(Sha512::digest(bytes)))
}

/// SHA-384 in hexadecimal.
pub(crate) fn sha384(bytes: &[u8]) -> String {
    format!("{:x}", Sha384::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standards() {
        // The example of CSP level 3, §8.1, and `printf '' | sha384sum`.
        assert_eq!(policy_source("doSomething();"), "sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc=");
        assert!(sha384(b"").starts_with("38b060a751ac96384cd9327eb1b1e36a21fdb71114be0743"));
        assert!(npm_integrity(b"").starts_with("sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP"));
        assert!(integrity(b"").starts_with("sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdD"));
    }
}
