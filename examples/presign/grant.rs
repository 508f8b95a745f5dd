//! A grant as JSON: everything that a client needs for one request.

use presign::PresignedRequest;
use presign::s3::PresignedPost;
use serde::{Serialize, Serializer};

use crate::failure::Failure;

#[derive(Serialize)]
pub struct Grant<'a> {
    method: &'static str,
    url: &'a str,
    headers: Pairs<'a>,
    fields: Pairs<'a>,
    expires_at: String,
}

/// An object with its members in this order.
struct Pairs<'a>(Vec<(&'a str, &'a str)>);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

impl<'a> Grant<'a> {
    pub fn of_request(signed: &'a PresignedRequest) -> Self {
        Self {
            method: signed.method().as_str(),
            url: signed.url(),
            headers: Pairs(signed.headers().collect()),
            fields: Pairs(Vec::new()),
            expires_at: signed.expires_at().to_string(),
        }
    }

    /// The client sends the fields, and then the file as `file`.
    pub fn of_form(form: &'a PresignedPost) -> Self {
        Self {
            method: "POST",
            url: form.url(),
            headers: Pairs(Vec::new()),
            fields: Pairs(form.fields().collect()),
            expires_at: form.expires_at().to_string(),
        }
    }
}

/// For people.
pub fn to_lines(value: &impl Serialize) -> Result<String, Failure> {
    let json = serde_json::to_string_pretty(value).map_err(not_json)?;
    Ok(json + "\n")
}

/// For JSON Lines.
pub fn to_line(value: &impl Serialize) -> Result<String, Failure> {
    let json = serde_json::to_string(value).map_err(not_json)?;
    Ok(json + "\n")
}

#[allow(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn not_json(error: serde_json::Error) -> Failure {
    Failure::new(format!("no JSON can be made of it: {error}"))
}
