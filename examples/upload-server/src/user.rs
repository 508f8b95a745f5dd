//! Who asks. **Your login goes here.**
//!
//! [`Login::user`] reads a request and decides who sent it and which keys are theirs. Everything else follows from the
//! [`User`] that it returns: what may be signed, the settings of the page, the folder that the page proposes.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::app::App;
use crate::error::ApiError;
use crate::tokens::Tokens;
use crate::validation::Key;

/// The folder of all uploads.
const FOLDER: &str = "user-profile/";

/// How the server recognizes its users.
#[derive(Clone, Debug, Default)]
pub enum Login {
    /// Everybody is the same user. For trying out the example, and behind a proxy that lets only your users through.
    #[default]
    Nobody,
    /// Each user has an access token, which comes in the header `authorization: Bearer TOKEN`.
    Tokens(Tokens),
}

impl Login {
    /// Finds the user who sent a request. In your server, this reads the session cookie or verifies the token.
    fn user(&self, request: &Parts) -> Result<User, ApiError> {
        match self {
            Self::Nobody => Ok(User { name: None, prefix: FOLDER.into() }),
            Self::Tokens(tokens) => {
                let name = tokens.user(&request.headers).ok_or_else(ApiError::unauthenticated)?;
                // The slash at the end matters: without it, user 4 owns what belongs to user 42.
                Ok(User { prefix: format!("{FOLDER}{name}/"), name: Some(name.to_owned()) })
            }
        }
    }
}

/// The user who sent a request. A handler that takes it as an argument is for users only.
pub(crate) struct User {
    /// The name, for the page.
    pub(crate) name: Option<String>,
    /// What the keys of this user start with. It ends with a slash.
    pub(crate) prefix: String,
}

impl User {
    /// Returns the key if it is one of this user's.
    pub(crate) fn key(&self, key: String) -> Result<Key, ApiError> {
        Key::parse(&self.prefix, key)
    }
}

impl FromRequestParts<App> for User {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        app.login.user(parts)
    }
}
