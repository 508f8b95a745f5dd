//! An ordinary HTTP client. It takes a presigned request as `presigned.to_http(body)`.

use ureq::http::{Request, Response};
use ureq::{Agent, AsSendBody, Proxy};

/// A client that hides nothing: a status such as 403 is an answer, and a redirect is not followed, because it would
/// repeat the request at a host that the signature is not for.
#[must_use]
pub fn agent(proxy: Option<Proxy>) -> Agent {
    Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(proxy).build().new_agent()
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
