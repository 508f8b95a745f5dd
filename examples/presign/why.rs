//! The command that explains a refusal.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use presign::diagnose::{Refusal, Signed, diagnose};

use crate::arguments::Why;
use crate::failure::Failure;
use crate::printed::Printed;

pub fn why(arguments: &Why) -> Result<Printed, Failure> {
    let signed = Signed::from_url(&arguments.method, &arguments.url, pairs(&arguments.headers));
    let signed = signed.ok_or_else(|| {
        Failure::new(
            "the URL has no complete signature: give the whole URL, in quotes, because shells cut it off at `&`",
        )
    })?;
    let body = arguments.body.as_deref().map(read).transpose()?.unwrap_or_default();
    let mut refusal = Refusal::parse(arguments.status, &body);
    if let Some(url) = &arguments.received_url {
        let method = arguments.received_method.as_ref().unwrap_or(&arguments.method);
        refusal = refusal.received_request(method, url, pairs(&arguments.received_headers));
    }
    Ok(Printed { result: format!("{}\n", diagnose(&signed, &refusal)), notes: String::new() })
}

fn pairs(headers: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

/// As much as is looked at. A response is text, whatever is in it.
fn read(file: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let most = u64::try_from(Refusal::MAX_BODY).unwrap_or(u64::MAX);
    let result = if file == Path::new("-") {
        io::stdin().take(most).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    result.map_err(|error| Failure::new(format!("the body cannot be read: {}", error.kind())))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
