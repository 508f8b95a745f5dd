//! Why a request was refused: by what stores return, in every form in which it reaches whoever looks for the cause.

mod bodies;
mod differences;
mod formats;
mod hostile;
mod requests;
mod table;

use std::time::Duration;

use presign::diagnose::{Cause, Diagnosis, Refusal, Signed, diagnose};
use presign::s3::{GetObject, PutObject};
use presign::sigv4::Explanation;
use presign::{Credentials, Presigner, Timestamp};
use sha2::{Digest as _, Sha256};

use crate::naive::hex;

const TOKEN: &str = "IQoJb3JpZ2luX2VjSENTINEL+token/0123456789==";
const CUSTOMER_KEY: &str = "c2VudGluZWwtY3VzdG9tZXIta2V5LW9mLTMyLWJ5dGU=";

fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn credentials() -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").expect("valid credentials")
}

fn presigner() -> Presigner {
    Presigner::builder().credentials(credentials()).region("eu-west-1").bucket("user-media").build().expect("valid")
}

/// An upload with a few signed headers.
fn put() -> Explanation {
    let put = PutObject::new("users/42/my file+1.png")
        .content_type("image/png")
        .header("accept-encoding", "identity")
        .header("cache-control", "no-store")
        .header("x-amz-meta-user", "42");
    presigner().explain_at(put, Duration::from_secs(900), now()).expect("a request")
}

/// The same with everything that must not be shown.
fn secret_put() -> Explanation {
    let credentials = credentials().with_session_token(TOKEN).expect("a token");
    let put = PutObject::new("a")
        .header("x-amz-server-side-encryption-customer-algorithm", "AES256")
        .header("x-amz-server-side-encryption-customer-key", CUSTOMER_KEY)
        .header("x-amz-server-side-encryption-customer-key-md5", "CiQ8SENTINELmd5aaaaaaa==");
    presigner().with_credentials(credentials).explain_at(put, Duration::from_secs(900), now()).expect("a request")
}

fn get() -> Explanation {
    presigner().explain_at(GetObject::new("report.pdf"), Duration::from_secs(900), now()).expect("a request")
}

/// What a store computed: its canonical request, and the string to sign of it.
struct Received {
    canonical_request: String,
    string_to_sign: String,
}

impl Received {
    /// A request that arrived as another one than was signed.
    fn new(signed: &Explanation, change: impl Fn(&str) -> String) -> Self {
        let canonical_request = change(signed.canonical_request());
        let (start, _) = signed.string_to_sign().rsplit_once('\n').expect("a hash");
        let hash = hex(&Sha256::digest(&canonical_request));
        Self { canonical_request, string_to_sign: format!("{start}\n{hash}") }
    }

    /// As Amazon S3 responds: minio#2986.
    fn aws(&self) -> String {
        let [string_to_sign, canonical_request] = [&self.string_to_sign, &self.canonical_request];
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request \
             signature we calculated does not match the signature you provided. Check your key and signing method.\
             </Message><AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId><StringToSign>{}</StringToSign>\
             <SignatureProvided>{}</SignatureProvided><StringToSignBytes>{}</StringToSignBytes><CanonicalRequest>{}\
             </CanonicalRequest><CanonicalRequestBytes>{}</CanonicalRequestBytes><RequestId>4442587FB7D0A2F9</RequestId>\
             <HostId>bG9uZw==</HostId></Error>",
            escaped(string_to_sign),
            "0".repeat(64),
            dump(string_to_sign),
            escaped(canonical_request),
            dump(canonical_request),
        )
    }
}

/// Text in XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// Hex pairs with spaces.
fn dump(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

/// What is said about a response to the upload.
fn why(signed: &Explanation, status: u16, body: &str) -> Diagnosis {
    diagnose(&Signed::from(signed), &Refusal::parse(Some(status), body))
}

/// A short body without strings.
fn error(code: &str, message: &str, fields: &str) -> String {
    format!("<Error><Code>{code}</Code><Message>{message}</Message>{fields}<RequestId>TX1</RequestId></Error>")
}

#[track_caller]
fn assert_causes(diagnosis: &Diagnosis, causes: &[Cause], name: &str) {
    assert_eq!(diagnosis.causes(), causes, "{name}: {diagnosis}");
}
