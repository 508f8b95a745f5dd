//! An ordinary HTTP client, and how a presigned request goes through it.

use presign::PresignedRequest;
use ureq::http::{self, Request, Response};
use ureq::{Agent, AsSendBody, Proxy};

/// A client that hides nothing: a status such as 403 is an answer, and a redirect is not followed, because it would
/// repeat the request at a host that the signature is not for.
#[must_use]
pub fn agent(proxy: Option<Proxy>) -> Agent {
    Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(proxy).build().new_agent()
}

/// The request that was signed, with exactly the headers that it needs.
///
/// # Errors
/// None for a request that `presign` made: its method, URL and headers are valid.
pub fn unsent<B>(signed: &PresignedRequest, body: B) -> Result<Request<B>, http::Error> {
    let request = Request::builder().method(signed.method().as_str()).uri(signed.url());
    signed.headers().fold(request, |request, (name, value)| request.header(name, value)).body(body)
}

/// Sends a request and reads the whole answer.
///
/// # Errors
/// Those of the connection; no status is one.
pub fn send(agent: &Agent, request: Request<impl AsSendBody>) -> Result<Response<Vec<u8>>, ureq::Error> {
    let (parts, mut body) = agent.run(request)?.into_parts();
    // The client's own limit is less than the file that was uploaded may have.
    let body = body.with_config().limit(u64::MAX).read_to_vec()?;
    Ok(Response::from_parts(parts, body))
}
