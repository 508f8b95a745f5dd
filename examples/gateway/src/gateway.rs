//! The gateway: verify, decide, sign anew, stream.

use std::error::Error;
use std::iter::successors;
use std::mem;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, BodyDataStream, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::header::{CONNECTION, CONTENT_LENGTH, ETAG, LOCATION, TRANSFER_ENCODING};
use axum::http::request::Parts;
use axum::http::{self, HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::{StreamExt as _, TryStreamExt as _};
use presign::sigv4::Service;
use presign::verify::{
    ReceivedForm, ReceivedPayload, ReceivedRequest, ServedHost, VerifiedForm, Verifier, VerifyPolicy,
};
use presign::{PresignedRequest, Presigner};
use reqwest::Url;
use tracing::{Instrument as _, Span, field};

use crate::Keys;
use crate::form::{Form, boundary};
use crate::refusal::Refusal;
use crate::upload::{Check, checked};
use crate::upstream::{resign, resign_form};

/// How much is read of a body that is refused. A client that is still sending when the connection closes may miss the
/// response.
const MAX_DISCARDED: usize = 16 * 1024 * 1024;

/// Verifies requests, and sends them to the store.
#[derive(Debug)]
pub struct Gateway {
    verifier: Verifier,
    keys: Keys,
    store: Presigner,
    http: reqwest::Client,
    explain: bool,
}

impl Gateway {
    /// Creates a gateway that clients reach under these hosts, such as `s3.example.com`, for a store.
    ///
    /// Buckets are in the path or in the host. Clients sign for the region of the store.
    ///
    /// # Errors
    /// If there is no host, if one is not valid, or if the HTTP client cannot be set up.
    pub fn new(hosts: &[&str], keys: Keys, store: Presigner) -> Result<Self, Box<dyn Error>> {
        let first = ServedHost::new(*hosts.first().ok_or("the gateway needs a host")?)?;
        let mut policy = VerifyPolicy::new(store.region().clone(), Service::s3(), first);
        for host in hosts {
            policy = policy.host(ServedHost::new(*host)?).host(ServedHost::with_bucket_subdomains(*host)?);
        }
        // A redirect would repeat the request at a host that the signature is not for.
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        // No proxy of the environment leads to this machine.
        let is_local = store.endpoint().is_some_and(|endpoint| endpoint.starts_with("http://127.0.0.1:"));
        let http = if is_local { http.no_proxy() } else { http }.build()?;
        Ok(Self { verifier: Verifier::new(policy), keys, store, http, explain: false })
    }

    /// Tells everybody what is wrong with a request, as AWS does: for tests.
    #[must_use]
    pub fn explain(self) -> Self {
        Self { explain: true, ..self }
    }

    /// Returns the routes: there is one.
    pub fn into_router(self) -> Router {
        Router::new().fallback(handle).with_state(Arc::new(self))
    }

    async fn respond(&self, parts: &Parts, pieces: &mut BodyDataStream) -> Result<Response, Refusal> {
        match boundary(parts) {
            Some(boundary) => self.upload_form(parts, boundary?, pieces).await,
            None => self.forward(parts, pieces).await,
        }
    }

    async fn forward(&self, parts: &Parts, pieces: &mut BodyDataStream) -> Result<Response, Refusal> {
        let is_empty = pieces.is_end_stream();
        let payload = if is_empty { ReceivedPayload::Empty } else { ReceivedPayload::NotRead };
        let received = ReceivedRequest::from_http(parts).payload(payload);
        let request = self.verifier.verify(&received, |id| self.keys.credentials(id))?;
        Span::current().record("access_key_id", request.access_key_id());
        self.keys.check(&request)?;
        let signed = resign(&self.store, &request, &parts.headers)?;
        if is_empty {
            return self.send(&signed, None, reqwest::Body::default()).await;
        }
        if !matches!(request.method(), "PUT" | "POST") {
            return Err(Refusal::new(400, "InvalidRequest", "A request with this method has no body."));
        }
        let length = content_length(&parts.headers)?;
        let check = Check::Payload(request.payload().check());
        let body = checked(take(pieces).map_err(Into::into), length, check).await?;
        self.send(&signed, Some(length), body).await
    }

    async fn upload_form(
        &self,
        parts: &Parts,
        boundary: &str,
        pieces: &mut BodyDataStream,
    ) -> Result<Response, Refusal> {
        let length = content_length(&parts.headers).map_err(Refusal::of_stranger)?;
        let form = Form::read(pieces, boundary, length).await?;
        let received = ReceivedForm::new(ReceivedRequest::from_http(parts))
            .fields(form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .file_name(&form.file_name);
        let verified = self.verifier.verify_form(&received, |id| self.keys.credentials(id))?;
        Span::current().record("access_key_id", verified.access_key_id()).record("key", verified.key());
        self.keys.check_form(&verified)?;
        let signed = resign_form(&self.store, &verified)?;
        let length = form.file_length;
        let file = Box::pin(form.into_file(take(pieces)));
        let body = checked(file, length, Check::Size(verified.size_check())).await?;
        let response = self.send(&signed, Some(length), body).await?;
        Ok(if response.status().is_success() { form_response(&verified, response.headers()) } else { response })
    }

    async fn send(
        &self,
        signed: &PresignedRequest,
        length: Option<u64>,
        body: reqwest::Body,
    ) -> Result<Response, Refusal> {
        let mut request = signed.to_http(body)?;
        if let Some(length) = length {
            request.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        let request = request.try_into().map_err(|error| failed(&error))?;
        let response = self.http.execute(request).await.map_err(|error| failed(&error))?;
        // These may quote what was signed with the key of the store.
        match response.status() {
            StatusCode::FORBIDDEN => return Err(Refusal::denied("the store refused the request of the gateway")),
            status if status.is_redirection() && status != StatusCode::NOT_MODIFIED => {
                return Err(Refusal::new(503, "ServiceUnavailable", "The bucket is at another endpoint."));
            }
            _ => {}
        }
        let mut response = http::Response::from(response).map(Body::new);
        for name in [CONNECTION, TRANSFER_ENCODING] {
            response.headers_mut().remove(name);
        }
        Ok(response)
    }
}

async fn handle(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    // Without the query, which has signatures, also if a client has encoded it into the path.
    let (method, path) = (request.method(), request.uri().path());
    let path = path.split("X-Amz-").next().unwrap_or_default();
    let span = tracing::info_span!("request", %method, path, access_key_id = field::Empty, key = field::Empty);
    let start = Instant::now();
    async {
        let (parts, body) = request.into_parts();
        let mut pieces = body.into_data_stream();
        let response = match gateway.respond(&parts, &mut pieces).await {
            Ok(response) => response,
            Err(refusal) => {
                discard(pieces).await;
                tracing::info!(%refusal, "refused");
                refusal.response(gateway.explain)
            }
        };
        tracing::info!(status = response.status().as_u16(), elapsed = ?start.elapsed(), "responded");
        response
    }
    .instrument(span)
    .await
}

fn content_length(headers: &HeaderMap) -> Result<u64, Refusal> {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    length.ok_or_else(|| Refusal::new(411, "MissingContentLength", "You must provide the Content-Length HTTP header."))
}

fn take(pieces: &mut BodyDataStream) -> BodyDataStream {
    mem::replace(pieces, Body::empty().into_data_stream())
}

/// Reads what is left of a body.
async fn discard(mut pieces: BodyDataStream) {
    let mut read = 0;
    while read < MAX_DISCARDED
        && let Some(Ok(piece)) = pieces.next().await
    {
        read += piece.len();
    }
}

/// The response to a form: what it asks for, or 204.
///
/// Source: [POST Object](https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html).
fn form_response(form: &VerifiedForm, from_store: &HeaderMap) -> Response {
    let mut response = Response::default();
    let e_tag = from_store.get(ETAG).cloned().unwrap_or(HeaderValue::from_static(""));
    *response.status_mut() = match form.field("success_action_status") {
        Some("200") => StatusCode::OK,
        Some("201") => StatusCode::CREATED,
        _ => StatusCode::NO_CONTENT,
    };
    if let Some(Ok(mut url)) = form.field("success_action_redirect").map(Url::parse) {
        let query = [("bucket", form.bucket()), ("key", form.key()), ("etag", e_tag.to_str().unwrap_or_default())];
        url.query_pairs_mut().extend_pairs(query);
        if let Ok(url) = HeaderValue::from_str(url.as_str()) {
            *response.status_mut() = StatusCode::SEE_OTHER;
            response.headers_mut().insert(LOCATION, url);
        }
    }
    response.headers_mut().insert(ETAG, e_tag);
    response
}

/// Finds out why there is no response: the body was not the one that was signed, or one of the connections broke.
fn failed(error: &reqwest::Error) -> Refusal {
    let causes = || successors(Some(error as &dyn Error), |&cause| cause.source());
    causes().find_map(|cause| cause.downcast_ref().cloned()).unwrap_or_else(|| {
        // The messages of the client have the URL, which is a secret, only in the first of them.
        let causes: Vec<_> = causes().skip(1).map(ToString::to_string).collect();
        tracing::warn!(causes = causes.join(": "), "the exchange with the store failed");
        Refusal::new(503, "ServiceUnavailable", "The exchange with the store failed.")
    })
}
