//! A login by access tokens, one for each user.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use sha2::{Digest as _, Sha256};

/// Shorter tokens can be guessed.
const MIN_TOKEN_BYTES: usize = 16;

/// The users by the SHA-256 of their tokens.
///
/// A lookup by hash takes the same time for every wrong token, so that no token can be found byte by byte.
#[derive(Clone)]
pub struct Tokens(Arc<HashMap<[u8; 32], String>>);

impl Tokens {
    /// Reads `USER:TOKEN,USER:TOKEN`.
    ///
    /// The name of a user becomes a part of their keys, so it consists of letters, digits, `-` and `_`. A token has at
    /// least 16 characters of printable ASCII, without spaces and commas: `openssl rand -hex 32` makes a good one.
    ///
    /// # Errors
    /// Tells which rule was broken, without a token.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let mut names = Vec::new();
        let mut users = HashMap::new();
        for pair in text.split(',') {
            let (name, token) = pair.trim().split_once(':').ok_or("give USER:TOKEN pairs, separated by commas")?;
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            {
                return Err("the name of a user must consist of letters, digits, `-` and `_`");
            }
            if token.len() < MIN_TOKEN_BYTES || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err("a token must have at least 16 characters of printable ASCII without spaces");
            }
            if names.contains(&name) {
                return Err("a user has two tokens");
            }
            names.push(name);
            if users.insert(Sha256::digest(token).into(), name.to_owned()).is_some() {
                return Err("two users have the same token");
            }
        }
        Ok(Self(Arc::new(users)))
    }

    /// Returns the name of the user whose token a request has.
    pub(crate) fn user(&self, headers: &HeaderMap) -> Option<&str> {
        let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        let hash: [u8; 32] = Sha256::digest(token.trim()).into();
        self.0.get(&hash).map(String::as_str)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("users", &self.0.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_the_list() {
        for (list, rule) in [
            ("", "give USER:TOKEN pairs"),
            ("alice", "give USER:TOKEN pairs"),
            ("alice:0123456789abcdef,", "give USER:TOKEN pairs"),
            (":0123456789abcdef", "the name of a user"),
            ("a/b:0123456789abcdef", "the name of a user"),
            ("alice:0123456789abcde", "a token must have"),
            ("alice:0123456789 abcdef", "a token must have"),
            ("alice:0123456789abcdef,bob:0123456789abcdef", "two users"),
            ("alice:0123456789abcdef,alice:fedcba9876543210", "a user has two tokens"),
        ] {
            let error = Tokens::parse(list).unwrap_err();
            assert!(error.starts_with(rule), "{list}: {error}");
        }
        let tokens = Tokens::parse("alice:0123456789abcdef, bob:with:a:colon:in:it").unwrap();
        assert_eq!(format!("{tokens:?}"), "Tokens { users: 2 }");
    }
}
