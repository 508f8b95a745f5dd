//! The tour: what presigned URLs do, and what they do not let anyone do.

use std::error::Error;
use std::io::Write;
use std::time::Duration;

use presign::s3::{DeleteObject, GetObject, PutObject};
use presign::{PresignedRequest, Timestamp};
use ureq::http::{Request, StatusCode};
use ureq::{Agent, AsSendBody};

use crate::{Seen, Store, agent, send};

/// It needs percent-encoding, so a client or a store that encodes it in another way is found out.
const KEY: &str = "presign quickstart/grüße.txt";
const CONTENT_TYPE: &str = "application/octet-stream";
const OTHER_CONTENT_TYPE: &str = "text/html";
const MINUTE: Duration = Duration::from_mins(1);

/// Uploads `file`, downloads it again, tries what the store must refuse, and deletes the object. Each request is
/// written to `out` with its status. Returns the row of this run for the table of `docs/stores.md`.
///
/// # Errors
/// The first request that has another outcome than it should.
pub fn tour(store: &Store, file: &[u8], out: impl Write) -> Result<Seen, Box<dyn Error>> {
    let mut log = Log { agent: agent(store.proxy()), out, server: None };
    writeln!(log.out, "Store: {}", store.description())?;

    // Deleted in any case, so that nothing is left in the bucket when a step fails.
    let outcome = upload_and_download(store, file, &mut log).and_then(|()| refusals(store, &mut log));
    let deletion = delete(store, &mut log);
    outcome.and(deletion)?;
    let version = store.version().or(log.server.as_deref()).unwrap_or("not said");
    Seen::now(store.name(), version, "quickstart: upload, download, deletion, 4 refusals")
}

fn upload_and_download(store: &Store, file: &[u8], log: &mut Log<impl Write>) -> Result<(), Box<dyn Error>> {
    let put = store.presigner().presign(PutObject::new(KEY).content_type(CONTENT_TYPE), MINUTE)?;
    log.expect(StatusCode::OK, "upload", put.to_http(file)?)?;

    let get = store.presigner().presign(GetObject::new(KEY), MINUTE)?;
    let downloaded = log.expect(StatusCode::OK, "download", get.to_http(())?)?;
    if downloaded != file {
        return Err(format!("{} bytes were uploaded, {} others came back", file.len(), downloaded.len()).into());
    }
    writeln!(log.out, "        the same {} bytes", file.len())?;
    Ok(())
}

fn refusals(store: &Store, log: &mut Log<impl Write>) -> Result<(), Box<dyn Error>> {
    let presigner = store.presigner();

    let get = presigner.presign(GetObject::new(KEY), MINUTE)?;
    let other_key = get.url().replacen(".txt?", ".bak?", 1);
    log.expect(StatusCode::FORBIDDEN, "another key in the path", at(&other_key, &get)?)?;
    let other_signature = with_last_digit_changed(get.url());
    log.expect(StatusCode::FORBIDDEN, "another digit in the signature", at(&other_signature, &get)?)?;

    let hour_ago = Timestamp::now()?.checked_sub(60 * MINUTE)?;
    let expired = presigner.presign_at(GetObject::new(KEY), MINUTE, hour_ago)?;
    log.expect(StatusCode::FORBIDDEN, "expired 59 minutes ago", expired.to_http(())?)?;

    let put = presigner.presign(PutObject::new(KEY).content_type(CONTENT_TYPE), MINUTE)?;
    // Short, whatever the file is: a store may refuse and close the connection before it has read the body.
    let mut other_type = put.to_http(b"<script>")?;
    other_type.headers_mut().insert("content-type", OTHER_CONTENT_TYPE.parse()?);
    log.expect(StatusCode::FORBIDDEN, "upload as another Content-Type", other_type)?;
    Ok(())
}

fn delete(store: &Store, log: &mut Log<impl Write>) -> Result<(), Box<dyn Error>> {
    let delete = store.presigner().presign(DeleteObject::new(KEY), MINUTE)?;
    log.expect(StatusCode::NO_CONTENT, "deletion", delete.to_http(())?)?;
    Ok(())
}

/// The signed request, at another URL.
fn at(url: &str, signed: &PresignedRequest) -> Result<Request<()>, Box<dyn Error>> {
    let mut request = signed.to_http(())?;
    *request.uri_mut() = url.parse()?;
    Ok(request)
}

/// The signature is the last query parameter.
fn with_last_digit_changed(url: &str) -> String {
    let (rest, digit) = url.split_at(url.len() - 1);
    [rest, if digit == "0" { "1" } else { "0" }].concat()
}

/// Sends requests and writes down what came of them.
struct Log<W> {
    agent: Agent,
    out: W,
    /// What the store calls itself.
    server: Option<String>,
}

impl<W: Write> Log<W> {
    /// Sends a request; any other status is an error. Returns the body of the answer.
    fn expect(
        &mut self,
        expected: StatusCode,
        label: &str,
        request: Request<impl AsSendBody>,
    ) -> Result<Vec<u8>, Box<dyn Error>> {
        let line = format!("{:6}  {}", request.method().as_str(), request.uri());
        let answer = send(&self.agent, request).map_err(|error| format!("{label}: {error}"))?;
        writeln!(self.out, "\n{}     {label}\n{line}", answer.status().as_str())?;
        let server = answer.headers().get("server").and_then(|server| server.to_str().ok());
        self.server = server.map(str::to_owned).or(self.server.take());
        if answer.status() != expected {
            let body = String::from_utf8_lossy(answer.body());
            return Err(format!("{label}: expected {expected}, got {}: {body}", answer.status()).into());
        }
        Ok(answer.into_body())
    }
}
