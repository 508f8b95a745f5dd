//! The server's own requests to the store, through its own presigned URLs.

use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use presign::diagnose::{Cause, Refusal, Signed, diagnose};
use presign::s3::Operation;
use presign::{PresignedRequest, Presigner, Timestamp};
use reqwest::header::RETRY_AFTER;
use reqwest::redirect::Policy;
use reqwest::{Client, Request};

use crate::error::{ApiError, chain};
use crate::store_response::error_code;

/// For one attempt. Completing a large upload takes a store a while.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// For all attempts: below the time limit of the client's own request.
const ALL_ATTEMPTS: Duration = Duration::from_secs(50);

/// How long the server's own URLs are valid. Each attempt has a new one.
const EXPIRES: Duration = Duration::from_mins(1);

const ATTEMPTS: u32 = 4;

/// A `Retry-After` above this is passed on to the client, who does not hold a connection open meanwhile.
const MAX_PAUSE: Duration = Duration::from_secs(5);

/// The longest response that is read, in bytes. Longer ones do not come from a store.
const MAX_RESPONSE: usize = 64 * 1_024;

/// Sends signed requests, and repeats those that fail for reasons that pass.
#[derive(Clone, Debug)]
pub(crate) struct StoreClient {
    presigner: Presigner,
    http: Client,
    /// Before the second attempt. Each further pause is twice as long.
    first_pause: Duration,
}

/// A response that is a success.
pub(crate) struct StoreResponse {
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// Why there is no such response.
pub(crate) enum StoreError {
    /// The store refused the request, with this status and, if there is a body, this code.
    Refused(StatusCode, Option<String>),
    /// The store could not be reached or failed, in all attempts.
    Failed(ApiError),
}

impl StoreClient {
    /// Makes a client for the store that `presigner` signs for.
    pub(crate) fn new(presigner: Presigner, endpoint: &str) -> Result<Self, reqwest::Error> {
        // A redirect would repeat the request at a host that the signature is not for.
        let builder = Client::builder().timeout(TIME_LIMIT).redirect(Policy::none());
        // No proxy of the environment leads to this machine.
        let builder = if endpoint.starts_with("http://127.0.0.1:") { builder.no_proxy() } else { builder };
        Ok(Self { presigner, http: builder.build()?, first_pause: Duration::from_millis(100) })
    }

    /// Changes the pause before the second attempt, for tests.
    pub(crate) fn with_first_pause(self, first_pause: Duration) -> Self {
        Self { first_pause, ..self }
    }

    /// Sends a request. Attempts that fail are repeated.
    pub(crate) async fn send(&self, operation: impl Operation, body: &str) -> Result<StoreResponse, StoreError> {
        tokio::time::timeout(ALL_ATTEMPTS, async {
            let mut pause = self.first_pause;
            let mut attempts = 1;
            loop {
                let (reason, retry_after) = match self.attempt(&operation, body).await {
                    Attempt::Done(result) => return result,
                    Attempt::Passing { reason, retry_after } => (reason, retry_after),
                };
                let wait = retry_after.unwrap_or(pause);
                if attempts == ATTEMPTS || wait > MAX_PAUSE {
                    return Err(StoreError::Failed(ApiError::store(reason).with_retry_after(retry_after)));
                }
                tracing::warn!(reason, ?wait, "the store failed: trying again");
                tokio::time::sleep(wait).await;
                pause *= 2;
                attempts += 1;
            }
        })
        .await
        .unwrap_or_else(|_| Err(StoreError::Failed(ApiError::store("it did not respond in time"))))
    }

    fn sign(&self, operation: impl Operation, body: &str) -> Result<(PresignedRequest, Request), ApiError> {
        let signed = self.presigner.presign(operation, EXPIRES)?;
        let request = signed.to_http(body.to_owned())?.try_into();
        let request = request.map_err(|error: reqwest::Error| ApiError::store(chain(&error.without_url())))?;
        Ok((signed, request))
    }

    async fn attempt(&self, operation: impl Operation, body: &str) -> Attempt {
        let (signed, request) = match self.sign(operation, body) {
            Ok(signed) => signed,
            Err(error) => return Attempt::Done(Err(StoreError::Failed(error))),
        };
        let (status, headers, body) = match self.exchange(request).await {
            Ok(response) => response,
            // The URL is a secret, and the errors of this client show it.
            Err(error) => {
                return Attempt::Passing { reason: chain(&error.without_url()), retry_after: None };
            }
        };
        let code = error_code(&body);
        // The response to a completion has the status 200 before the store knows how it ends.
        if status.is_success() && code.is_none() {
            return Attempt::Done(Ok(StoreResponse { headers, body }));
        }
        let is_passing = status.is_server_error()
            || status == StatusCode::TOO_MANY_REQUESTS
            || status == StatusCode::REQUEST_TIMEOUT
            || status.is_success();
        if is_passing {
            let reason = format!("it responded with {status} {}", code.as_deref().unwrap_or("and no code"));
            return Attempt::Passing { reason, retry_after: retry_after(&headers) };
        }
        log_cause(&signed, status, &body);
        Attempt::Done(Err(StoreError::Refused(status, code)))
    }

    async fn exchange(&self, request: Request) -> Result<(StatusCode, HeaderMap, String), reqwest::Error> {
        let mut response = self.http.execute(request).await?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            // What is cut off is not the XML of a store, and is reported as a response without what was expected.
            body.extend_from_slice(&chunk[..chunk.len().min(MAX_RESPONSE - body.len())]);
            if body.len() == MAX_RESPONSE {
                break;
            }
        }
        Ok((response.status(), response.headers().clone(), String::from_utf8_lossy(&body).into_owned()))
    }
}

/// Logs why the store refused a request of this server, which is a mistake in its settings or in what is between it and the
/// store. Neither side of a difference is logged: a path has the key of an object.
fn log_cause(signed: &PresignedRequest, status: StatusCode, body: &str) {
    let is_about_signature =
        matches!(status, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
    let Some(given) = Signed::from_url(signed.method().as_str(), signed.url(), signed.headers()) else { return };
    let refusal = Refusal::parse(Some(status.as_u16()), body);
    // It was signed a moment ago, so one that has expired means that a clock is wrong.
    let diagnosis = diagnose(&given, &Timestamp::now().into_iter().fold(refusal, Refusal::received_at));
    // Such as a part that was never uploaded, which is the mistake of a client.
    let is_other_request = status == StatusCode::BAD_REQUEST && diagnosis.cause() == Some(Cause::NotTheSignature);
    if !is_about_signature || is_other_request {
        return;
    }
    let causes = diagnosis.causes();
    let advice = diagnosis.experiment().or(diagnosis.cause().map(Cause::advice)).unwrap_or_default();
    let line = diagnosis.difference().map(|difference| difference.line().to_string()).unwrap_or_default();
    tracing::error!(%status, ?causes, line, advice, "the store refused a request of this server");
}

/// What one attempt ended with.
enum Attempt {
    Done(Result<StoreResponse, StoreError>),
    /// Another attempt may succeed.
    Passing {
        reason: String,
        retry_after: Option<Duration>,
    },
}

/// Reads a delay in seconds. The other form, a date, is not used by stores.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok().map(Duration::from_secs)
}

/// What the client can know of a refusal: whether it was its own upload.
impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Failed(error) => error,
            StoreError::Refused(_, Some(code)) if code == "NoSuchUpload" => Self::refused(
                "no_such_upload",
                "There is no such upload: it was completed or aborted, or never created.",
            ),
            StoreError::Refused(_, Some(code))
                if matches!(&*code, "InvalidPart" | "InvalidPartOrder" | "EntityTooSmall") =>
            {
                Self::refused("parts", "The parts are not those that were uploaded.")
            }
            StoreError::Refused(status, code) => {
                Self::store(format_args!("it responded with {status} {}", code.as_deref().unwrap_or("and no code")))
            }
        }
    }
}
