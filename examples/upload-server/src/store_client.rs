//! The server's own requests to the store, through its own presigned URLs.

use std::time::Duration;

use presign::{Method, PresignedRequest};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};

use crate::error::ApiError;
use crate::store_answer::error_code;

/// Completing a large upload takes a store a while.
const TIME_LIMIT: Duration = Duration::from_secs(50);

/// The answers that are read are short; what is longer does not come from a store.
const MAX_ANSWER: usize = 64 * 1_024;

/// An HTTP client that hides nothing.
#[derive(Clone, Debug)]
pub(crate) struct StoreClient(Client);

impl StoreClient {
    /// For the store at this origin.
    pub(crate) fn new(origin: &str) -> Result<Self, reqwest::Error> {
        // A redirect would repeat the request at a host that the signature is not for.
        let builder = Client::builder().timeout(TIME_LIMIT).redirect(Policy::none());
        // No proxy of the environment leads to this machine.
        let builder = if origin.starts_with("http://127.0.0.1:") { builder.no_proxy() } else { builder };
        Ok(Self(builder.build()?))
    }

    /// Sends a request and returns the body of the answer, if it is a success.
    pub(crate) async fn send(&self, signed: &PresignedRequest, body: String) -> Result<String, ApiError> {
        let method = match signed.method() {
            Method::Post => reqwest::Method::POST,
            Method::Delete => reqwest::Method::DELETE,
            other => return Err(ApiError::internal(format_args!("{other} is not a method of this client"))),
        };
        let request = self.0.request(method, signed.to_url()?).body(body);
        let request = signed.headers().fold(request, |request, (name, value)| request.header(name, value));
        let (is_success, answer) = exchange(request).await?;
        // The answer to a completion has the status 200 before the store knows how it ends.
        match error_code(&answer) {
            None if is_success => Ok(answer),
            code => Err(refusal(code.as_deref().unwrap_or("no error code"))),
        }
    }
}

async fn exchange(request: RequestBuilder) -> Result<(bool, String), ApiError> {
    // The URL is a secret, and the errors of this client show it.
    let failed = |error: reqwest::Error| ApiError::store(error.without_url());
    let mut response = request.send().await.map_err(failed)?;
    let mut answer = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if answer.len() + chunk.len() > MAX_ANSWER {
            return Err(ApiError::store("its answer is too long"));
        }
        answer.extend_from_slice(&chunk);
    }
    Ok((response.status().is_success(), String::from_utf8_lossy(&answer).into_owned()))
}

/// What the client can know of a refusal: whether it was its own upload.
fn refusal(code: &str) -> ApiError {
    match code {
        "NoSuchUpload" => {
            ApiError::refused("no_such_upload", "There is no such upload: it was completed or aborted, or never begun.")
        }
        "InvalidPart" | "InvalidPartOrder" | "EntityTooSmall" => {
            ApiError::refused("parts", "The parts are not those that were uploaded.")
        }
        code => ApiError::store(format_args!("it answered {code}")),
    }
}
