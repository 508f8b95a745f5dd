//! Signature Version 4 for any AWS service, stage by stage.
//!
//! | stage | type | file in `src/sigv4` | AWS's steps |
//! |---|---|---|---|
//! | 1 | [`CanonicalRequest`] | `canonical/`, with a file for each line | 1, create a canonical request; 2, create a hash of it |
//! | 2 | [`StringToSign`] | `string_to_sign.rs` | 3, create a string to sign |
//! | 3 | [`SigningKey`] | `signing_key.rs` | 4, derive a signing key |
//! | 4 | [`Signature`] | `signature.rs` | 5, calculate the signature |
//! | 5 | [`Signer`] | `signer.rs` | 6, add the signature to the request: as a query (presigning) or as the `Authorization` header |
//!
//! With the feature `sigv4a`, the same stages make signatures of SigV4A: the scope has no region, a set of regions is signed in its
//! place, and the key is an asymmetric one (`asymmetric_key.rs`). [`Signer::sigv4a`](crate::sigv4::Signer) makes such a signer.
//!
//! Source: [Create a signed AWS API request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
//! The specification in 250 lines, without anything that makes it fast, is `tests/it/naive.rs` in the repository: a second
//! implementation, with which this one is compared.
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

#[cfg(feature = "sigv4a")]
mod asymmetric_key;
mod canonical;
mod context;
mod expiry;
mod hash;
mod identity;
mod key_of_algorithm;
pub(crate) mod output;
#[cfg(feature = "sigv4a")]
mod region_set;
mod request;
#[cfg(feature = "std")]
mod reuse;
mod scope;
mod service;
mod signature;
mod signer;
mod signing_key;
mod signing_region;
mod string_to_sign;

#[cfg(feature = "sigv4a")]
pub use asymmetric_key::AsymmetricSigningKey;
pub use canonical::CanonicalRequest;
pub use context::SigningContext;
pub use output::{AuthorizedRequest, Explanation};
#[cfg(feature = "sigv4a")]
pub use region_set::RegionSet;
pub use request::Request;
pub use scope::CredentialScope;
pub use service::{PathEncoding, PathNormalization, Payload, Service, SessionTokenParameter, SessionTokenPlacement};
pub use signature::Signature;
pub use signer::Signer;
pub use signing_key::SigningKey;
pub use string_to_sign::StringToSign;

#[cfg(feature = "verify")]
pub(crate) use canonical::ReceivedParts;
pub(crate) use canonical::{Path, has_dot_segment};
pub(crate) use expiry::{Expires, ExpiryRules, Validity};
#[cfg(feature = "verify")]
pub(crate) use hash::{equal_in_constant_time, equal_texts_in_constant_time};
#[cfg(feature = "verify")]
pub(crate) use key_of_algorithm::KeyOfAlgorithm;
#[cfg(feature = "serde")]
pub(crate) use output::deserialize;
#[cfg(all(feature = "post", feature = "serde"))]
pub(crate) use output::serialize;
pub(crate) use request::{
    CONTENT_SHA256, Header, HeaderName, METADATA_PREFIX, ParameterValue, Parameters, QueryParameter, Target, trim,
};
#[cfg(feature = "std")]
pub(crate) use reuse::NumberedRequest;
#[cfg(all(feature = "sigv4a", feature = "verify"))]
pub(crate) use scope::ASYMMETRIC_ALGORITHM;
#[cfg(feature = "verify")]
pub(crate) use scope::{ALGORITHM, TERMINATOR};
#[cfg(feature = "verify")]
pub(crate) use service::UNSIGNED as UNSIGNED_PAYLOAD;
pub(crate) use signer::append_presigned_url;
pub(crate) use signing_region::SigningRegion;
