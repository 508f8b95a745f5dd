//! Signature Version 4 for any AWS service, stage by stage.
//!
//! | stage | type | AWS's name for it |
//! |---|---|---|
//! | 1 | [`CanonicalRequest`] | create a canonical request, and hash it |
//! | 2 | [`StringToSign`] | create a string to sign |
//! | 3 | [`SigningKey`] | derive a signing key |
//! | 4 | [`Signature`] | calculate the signature |
//! | 5 | [`Signer`] | add the signature to the request: as a query (presigning) or as the `Authorization` header |
//!
//! Source: [Create a signed AWS API request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
//!
//! Use [`Signer`], which goes through all five. The stages are public so that each can be compared with what a server
//! computed, and for protocols that use only some of them.
//!
//! # Example
//! A token for Amazon EKS is a presigned request to STS that carries the name of the cluster.
//!
//! ```
//! use std::time::Duration;
//! use presign::sigv4::{Request, Service, Signer};
//! use presign::{Credentials, Method, Region, Timestamp};
//!
//! let signer = Signer::new(
//!     Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?,
//!     Region::new("us-east-1")?,
//!     Service::new("sts")?,
//! );
//! let request = Request::new(Method::Get, "https://sts.us-east-1.amazonaws.com")?
//!     .query("Action", "GetCallerIdentity")
//!     .query("Version", "2011-06-15")
//!     .header("x-k8s-aws-id", "my-cluster");
//! let signed = signer.presign_at(&request, Duration::from_secs(60), Timestamp::from_unix_seconds(1_710_490_530)?)?;
//! assert!(signed.url().starts_with("https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&"));
//! assert_eq!(signed.headers().collect::<Vec<_>>(), [("x-k8s-aws-id", "my-cluster")]);
//! # Ok::<(), presign::Error>(())
//! ```

mod authorized;
mod bare_request;
mod canonical_headers;
mod canonical_query;
mod canonical_request;
mod canonical_text;
mod canonical_uri;
mod context;
#[cfg(feature = "std")]
mod day_cache;
mod expires;
mod expiry;
mod explanation;
mod hash;
mod hashed_text;
mod hex;
#[cfg(feature = "http")]
mod http;
mod identity;
mod identity_source;
mod key;
mod numbered_request;
mod payload;
mod request;
mod room;
mod scope;
mod service;
mod signature;
mod signer;
mod signing_batch;
mod signing_day;
mod signing_instant;
mod signing_second;
mod string_to_sign;
mod target;

pub use authorized::AuthorizedRequest;
pub use canonical_request::CanonicalRequest;
pub use context::SigningContext;
pub use explanation::Explanation;
pub use key::SigningKey;
pub use payload::Payload;
pub use request::Request;
pub use scope::CredentialScope;
pub use service::{PathEncoding, PathNormalization, Service, SessionTokenParameter, SessionTokenPlacement};
pub use signature::Signature;
pub use signer::Signer;
pub use string_to_sign::StringToSign;

pub(crate) use expires::Expires;
pub(crate) use expiry::ExpiryRules;
pub(crate) use numbered_request::NumberedRequest;
pub(crate) use signing_batch::SigningBatch;
pub(crate) use target::{Target, WirePath, has_dot_segment};

use signing_instant::SigningInstant;

/// The only algorithm of this module: HMAC with SHA-256 over a symmetric key.
pub(crate) const ALGORITHM: &str = "AWS4-HMAC-SHA256";
