//! Verifies signed requests: the server's side of Signature Version 4.
//!
//! For whoever receives signed requests: a store, a gateway that re-signs with keys of its own, an emulator, a local disk behind
//! the URLs of a bucket, or a service that accepts tokens. Presigned URLs, `Authorization` headers and, with the feature `post`,
//! forms are verified, of S3 and of every other service.
//!
//! ```
//! # use std::time::Duration;
//! # use presign::s3::GetObject;
//! # use presign::Presigner;
//! use presign::sigv4::Service;
//! use presign::verify::{ErrorResponse, ReceivedRequest, ServedHost, Verifier, VerifyPolicy};
//! use presign::{Credentials, Region};
//!
//! // Once, at the start: what this server accepts.
//! let policy = VerifyPolicy::new(Region::new("eu-west-1")?, Service::s3(), ServedHost::new("s3.example.com")?);
//! let verifier = Verifier::new(policy);
//! let key = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
//! # let presigner = Presigner::builder()
//! #     .credentials(key.clone())
//! #     .region("eu-west-1")
//! #     .endpoint("https://s3.example.com")
//! #     .bucket("user-media")
//! #     .build()?;
//! # let signed = presigner.presign(GetObject::new("a b.png"), Duration::from_secs(60))?;
//! # let target = signed.url().strip_prefix("https://s3.example.com").unwrap();
//!
//! // For each request: `from_http` takes the parts of an `http::Request`.
//! let request = ReceivedRequest::new("GET", target, "s3.example.com").header("accept", "*/*");
//! match verifier.verify(&request, |id| (id == key.access_key_id()).then(|| key.clone())) {
//!     Ok(verified) => {
//!         // It is known now who signed what. Whether they may is your decision, and only `verified` may go into it.
//!         assert_eq!(verified.access_key_id(), "AKIAIOSFODNN7EXAMPLE");
//!         assert_eq!(verified.key().as_deref(), Some("a b.png"));
//!         # return Ok(());
//!     }
//!     Err(error) => {
//!         println!("refused: {error}"); // for your log
//!         let response = ErrorResponse::access_denied(); // the same for all strangers
//!         assert_eq!(response.status(), 403);
//!     }
//! }
//! # panic!("it verifies");
//! # Ok::<(), presign::Error>(())
//! ```
//!
//! # What is checked
//!
//! | rule | error | file in `src/verify` |
//! |---|---|---|
//! | one mechanism: the query, one `Authorization` header, or a form | [`NotSigned`], [`SeveralMechanisms`], [`SignatureVersion2`], [`UnsupportedScheme`], [`AuthorizationHeader`] | `claim` |
//! | all six parameters of the query, none twice in any case | [`Missing`], [`Repeated`] | `claim` |
//! | algorithm, credential, date and expiry have their form | [`Algorithm`], [`Credential`], [`Date`], [`Expires`], [`ExpiresTooShort`], [`ExpiresTooLong`] | `claim` |
//! | the scope is of the day of the signature, and of a region and a service of the policy | [`ScopeDate`], [`Region`], [`Service`] | `claim`, `policy` |
//! | the host is served here, and is the one of the `Host` header | [`Host`] | `host`, `signed_headers` |
//! | the list of signed headers is sorted and has `host`; each is in the request | [`SignedHeaders`], [`SignedHeaderMissing`], [`HeaderValue`] | `signed_headers` |
//! | each `x-amz-` header is signed, and is not a parameter with another value | [`HeadersNotSigned`], [`HeaderAndParameter`] | `signed_headers` |
//! | the payload hash is one that the service takes, and not that of chunks | [`ContentSha256`], [`StreamingPayload`], [`PayloadUnknown`] | `payload` |
//! | the signature is that of the secret, compared in constant time | [`UnknownAccessKey`], [`SignatureDoesNotMatch`] | `verifier` |
//! | the session token is that of the credentials, which have not expired | [`SessionToken`], [`CredentialsExpired`] | `verifier` |
//! | the time is neither in the future nor past the expiry | [`NotYetValid`], [`Expired`], [`TimeTooSkewed`] | `verifier` |
//! | the body has the hash that was signed | [`PayloadMismatch`] | `payload` |
//! | a form goes to the bucket of its policy, which permits each field | [`Policy`], [`FormBucket`], [`FormKey`], [`FormTooLarge`], [`NotAForm`] | `form` |
//! | the request is a possible one, and not too large | [`Method`], [`Target`], [`Encoding`], [`PathEncoding`], [`TargetTooLong`], [`HeadersTooLarge`], [`TooMany`] | `received`, `query`, `verifier` |
//!
//! Unknown access key ids take the same work as known ones, so that the time of a response does not tell which exist.
//!
//! # Where the specification leaves room
//!
//! | question | decision | setting |
//! |---|---|---|
//! | a plus sign in the query | is a plus sign | [`plus_is_space`](VerifyPolicy::plus_is_space) |
//! | an empty pair in the query, as in `a=1&&b=2` | is not a parameter | |
//! | a path of S3 with other escapes than the signer's (`%c3`, a bare `(`, `%2F`) | is decoded and encoded again, as the signer must have done | [`path_as_sent`](VerifyPolicy::path_as_sent) |
//! | a default port that was signed and is not sent, or the reverse | both are tried | |
//! | a host that was sent in other letters than it was signed | does not match | |
//! | an unsigned `x-amz-content-sha256` | its value is the payload line, so the signature covers it anyway | |
//! | an `Authorization` header for S3 without `x-amz-content-sha256` | is refused | |
//! | the second in which a URL expires | is its last valid one | [`last_second`](VerifyPolicy::last_second) |
//! | a form with a signature in its query or headers | is refused | |
//! | the date of a form | must not be in the future; its policy says how long it is valid | |
//! | a session token for a directory bucket | is accepted by either of its names, but not by both | |
//! | a header value of several lines (obsolete folding) | has spaces instead | |
//! | a signature in upper-case digits | does not match | |
//! | an access key id with a slash | is read up to the last four parts; [`Credentials`](crate::Credentials) refuse one, because it may be a secret in the wrong place | |
//!
//! # What the caller has to do
//!
//! - Give the request as it arrived. Frameworks decode, normalize and merge; what they made of a request has another signature.
//! - Act only on the [`VerifiedRequest`] or [`VerifiedForm`], and on nothing of the request that is not there.
//! - Compare the body with [`VerifiedRequest::payload`], and the size of a file with [`VerifiedForm::size_check`].
//! - Decide whether this key may do this. A signature proves only who asks.
//! - Respond to strangers with [`ErrorResponse::access_denied`] whatever the error is.
//!
//! Source: [Authenticating requests: using query parameters](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html),
//! [Authenticating requests: using the Authorization header](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html).
//!
//! [`Algorithm`]: VerifyError::Algorithm
//! [`AuthorizationHeader`]: VerifyError::AuthorizationHeader
//! [`ContentSha256`]: VerifyError::ContentSha256
//! [`Credential`]: VerifyError::Credential
//! [`CredentialsExpired`]: VerifyError::CredentialsExpired
//! [`Date`]: VerifyError::Date
//! [`Encoding`]: VerifyError::Encoding
//! [`Expired`]: VerifyError::Expired
//! [`Expires`]: VerifyError::Expires
//! [`ExpiresTooLong`]: VerifyError::ExpiresTooLong
//! [`ExpiresTooShort`]: VerifyError::ExpiresTooShort
//! [`FormBucket`]: VerifyError::FormBucket
//! [`FormKey`]: VerifyError::FormKey
//! [`FormTooLarge`]: VerifyError::FormTooLarge
//! [`HeaderAndParameter`]: VerifyError::HeaderAndParameter
//! [`HeaderValue`]: VerifyError::HeaderValue
//! [`HeadersNotSigned`]: VerifyError::HeadersNotSigned
//! [`HeadersTooLarge`]: VerifyError::HeadersTooLarge
//! [`Host`]: VerifyError::Host
//! [`Method`]: VerifyError::Method
//! [`Missing`]: VerifyError::Missing
//! [`NotAForm`]: VerifyError::NotAForm
//! [`NotSigned`]: VerifyError::NotSigned
//! [`NotYetValid`]: VerifyError::NotYetValid
//! [`PathEncoding`]: VerifyError::PathEncoding
//! [`PayloadMismatch`]: VerifyError::PayloadMismatch
//! [`PayloadUnknown`]: VerifyError::PayloadUnknown
//! [`Policy`]: VerifyError::Policy
//! [`Region`]: VerifyError::Region
//! [`Repeated`]: VerifyError::Repeated
//! [`ScopeDate`]: VerifyError::ScopeDate
//! [`Service`]: VerifyError::Service
//! [`SessionToken`]: VerifyError::SessionToken
//! [`SeveralMechanisms`]: VerifyError::SeveralMechanisms
//! [`SignatureDoesNotMatch`]: VerifyError::SignatureDoesNotMatch
//! [`SignatureVersion2`]: VerifyError::SignatureVersion2
//! [`SignedHeaderMissing`]: VerifyError::SignedHeaderMissing
//! [`SignedHeaders`]: VerifyError::SignedHeaders
//! [`StreamingPayload`]: VerifyError::StreamingPayload
//! [`Target`]: VerifyError::Target
//! [`TargetTooLong`]: VerifyError::TargetTooLong
//! [`TimeTooSkewed`]: VerifyError::TimeTooSkewed
//! [`TooMany`]: VerifyError::TooMany
//! [`UnknownAccessKey`]: VerifyError::UnknownAccessKey
//! [`UnsupportedScheme`]: VerifyError::UnsupportedScheme

mod claim;
mod error;
#[cfg(feature = "post")]
mod form;
mod host;
#[cfg(feature = "std")]
mod kept_keys;
mod mechanism;
mod payload;
mod policy;
mod query;
mod received;
mod response;
mod signed_headers;
mod signed_text;
mod verified;
mod verifier;

pub use error::VerifyError;
#[cfg(feature = "post")]
pub use form::{ReceivedForm, SizeCheck, VerifiedForm};
pub use host::ServedHost;
pub use mechanism::Mechanism;
pub use payload::{PayloadCheck, VerifiedPayload};
pub use policy::{LastSecond, VerifyPolicy};
pub use received::{ReceivedPayload, ReceivedRequest};
pub use response::ErrorResponse;
pub use verified::VerifiedRequest;
pub use verifier::Verifier;
