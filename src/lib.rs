//! Presigned URLs for Amazon S3, for the stores that are compatible with it, and for every other AWS service.
//!
//! A presigned URL carries a signature in its query. Whoever has it can make the one request that was signed, until it
//! expires, without credentials. The usual system: a browser asks your API server for an upload, the server answers
//! with a presigned `PUT` URL, the browser sends the file to S3, and a presigned `GET` URL reads it back.
//!
//! # From credentials to URL
//!
//! ```
//! use std::time::Duration;
//! use presign::s3::{GetObject, PutObject};
//! use presign::{Credentials, Presigner};
//!
//! # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
//! // Once, at the start: every mistake in the configuration comes to light here.
//! let presigner = Presigner::builder()
//!     .credentials(credentials) // Credentials::from_env()?
//!     .region("eu-west-1")
//!     .bucket("user-media")
//!     .build()?;
//!
//! // For each upload: give the client the method, the URL and the headers.
//! let put = presigner.presign(PutObject::new("users/42/avatar.png").content_type("image/png"), Duration::from_secs(900))?;
//! assert_eq!(put.headers().collect::<Vec<_>>(), [("content-type", "image/png")]);
//!
//! // For each download: a link is enough.
//! let get = presigner.presign(GetObject::new("users/42/avatar.png"), Duration::from_secs(60))?;
//! assert!(get.url().starts_with("https://user-media.s3.eu-west-1.amazonaws.com/users/42/avatar.png?X-Amz-Algorithm="));
//! # Ok::<(), presign::Error>(())
//! ```
//!
//! Whole programs are in `examples/` of the package: `get`, `put`, `post_form`, `multipart`, `compatible_store`, `batch`
//! and `explain`. An axum handler, an upload with reqwest and credentials that expire are in `examples/web/examples/` of
//! the repository. If you come from rusty-s3, aws-sdk-s3 or `object_store`, `docs/coming-from.md` of the repository has
//! ten tasks with the code of each.
//!
//! # What the client has to do
//!
//! Use the [method](PresignedRequest::method), send the [URL](PresignedRequest::url) as it is, send all of the
//! [headers](PresignedRequest::headers) with their values, and no other header that starts with `x-amz-`, nor an
//! `Authorization` header. In a browser:
//!
//! ```js
//! await fetch(url, { method: "PUT", headers: { "content-type": "image/png" }, body: file });
//! ```
//!
//! In Rust, the feature `http` makes a request of it that HTTP clients take, for instance ureq:
//!
//! ```text
//! agent.run(put.to_http(file)?)?;
//! ```
//!
//! # Other stores
//!
//! A [`Store`](s3::Store) knows the hosts, the region to sign for and the limits of a store:
//!
//! ```
//! # use presign::{Credentials, Presigner};
//! use presign::s3::Store;
//!
//! # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
//! let presigner = Presigner::builder()
//!     .store(Store::CLOUDFLARE_R2)
//!     .account("0123456789abcdef0123456789abcdef")
//!     .credentials(credentials)
//!     .bucket("user-media")
//!     .build()?;
//! # Ok::<(), presign::Error>(())
//! ```
//!
//! Without a profile, an endpoint and a region are all it takes. Give the host that the client will use, not the one
//! inside your network: it is signed.
//!
//! ```
//! # use presign::{Credentials, Presigner};
//! # let credentials = Credentials::new("minioadmin", "minioadmin")?;
//! let presigner = Presigner::builder()
//!     .credentials(credentials)
//!     .region("us-east-1")
//!     .endpoint("http://localhost:9000")
//!     .bucket("user-media")
//!     .build()?;
//! # Ok::<(), presign::Error>(())
//! ```
//!
//! The bucket is then part of the path; [`AddressingStyle`](s3::AddressingStyle) puts it elsewhere. Recipes for every
//! store are in `docs/stores.md` of the repository.
//!
//! If a proxy or a CDN sends the store another host than the client's, or strips a path, the address that clients see is
//! [`PresignerBuilder::published_endpoint`]; `docs/proxies.md` of the repository has configurations of nginx, Caddy and
//! Traefik.
//!
//! # `SignatureDoesNotMatch`
//!
//! The store received another request than the one that was signed, or has another secret. Give the body of its response to
//! `diagnose::diagnose` of the feature `diagnose`, with the same operation, expiry and instant, which `X-Amz-Date` in the URL
//! has. It names the cause, the first line that differs, and what to do:
//!
//! ```
//! # #[cfg(feature = "diagnose")] {
//! # use std::time::Duration;
//! # use presign::{Credentials, Presigner, s3::PutObject};
//! use presign::diagnose::{Refusal, Signed, diagnose};
//!
//! # let presigner = Presigner::builder()
//! #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
//! #     .region("eu-west-1")
//! #     .bucket("user-media")
//! #     .build()?;
//! # let body = "<Error><Code>SignatureDoesNotMatch</Code></Error>";
//! let put = PutObject::new("users/42/avatar.png").content_type("image/png");
//! let explanation = presigner.explain_at(put, Duration::from_secs(900), "20240315T081530Z".parse()?)?;
//! println!("{}", diagnose(&Signed::from(&explanation), &Refusal::parse(Some(403), body)));
//! # }
//! # Ok::<(), presign::Error>(())
//! ```
//!
//! The table of all causes, each with its evidence and its remedy, is the documentation of `diagnose::Cause`, and that of the
//! module says what to do when a store returns nothing. By hand: S3's response has the `<CanonicalRequest>` and the
//! `<StringToSign>` of the request that it got; compare them, line by line, with [`sigv4::Explanation`].
//!
//! # Uploads in parts
//!
//! [`MultipartPlan`](s3::MultipartPlan) cuts an object into parts that S3 accepts, and
//! [`Presigner::upload_parts`](s3::Presigner::upload_parts) signs them.
//!
//! ```
//! use std::time::Duration;
//! use presign::s3::{CompleteMultipartUpload, CompletedPart, CreateMultipartUpload, MultipartPlan};
//! # use presign::{Credentials, Presigner};
//! # let presigner = Presigner::builder()
//! #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
//! #     .region("eu-west-1")
//! #     .bucket("user-media")
//! #     .build()?;
//!
//! let hour = Duration::from_secs(3_600);
//! // Your server starts the upload; the response has its id.
//! let create = presigner.presign(CreateMultipartUpload::new("videos/42.mp4").content_type("video/mp4"), hour)?;
//! # let upload_id = "VXBsb2FkIElE";
//!
//! // The client uploads the parts, in any order, and reports the `ETag` of each response.
//! let plan = MultipartPlan::new(20_000_000)?;
//! for item in presigner.upload_parts("videos/42.mp4", upload_id, &plan, hour) {
//!     let (part, signed) = item?;
//!     println!("{:?}: {}", part.range(), signed.url());
//! }
//!
//! // Your server completes it.
//! let complete = presigner.presign(CompleteMultipartUpload::new("videos/42.mp4", upload_id), hour)?;
//! let body = CompleteMultipartUpload::body((1..=3).map(|number| CompletedPart::new(number, "\"0cc175b9c0f1b6a8\"")))?;
//! # Ok::<(), presign::Error>(())
//! ```
//!
//! # Uploads from forms
//!
//! A presigned `PUT` cannot limit the size of a file. A form can, and it can leave the name of the file to the browser;
//! it needs the feature `post`, and a store that [takes forms](s3::Store::post_forms).
//!
//! ```
//! # #[cfg(feature = "post")] {
//! use std::time::Duration;
//! use presign::s3::PostPolicy;
//! # use presign::{Credentials, Presigner};
//! # let presigner = Presigner::builder()
//! #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
//! #     .region("eu-west-1")
//! #     .bucket("user-media")
//! #     .build()?;
//!
//! let policy = PostPolicy::with_key_prefix("users/42/")
//!     .content_type_starts_with("image/", "image/png")
//!     .content_length_range(1..=5_000_000);
//! let post = presigner.presign_post(&policy, Duration::from_secs(900))?;
//! println!("{}", post.to_html()); // or give the browser `post.url()` and `post.fields()`
//! # }
//! # Ok::<(), presign::Error>(())
//! ```
//!
//! If the store may be any, `Presigner::grant_upload` signs a form where the store takes forms and a `PUT` of the exact
//! size where it does not. The recipe, with the code for the browser, is in `docs/uploads.md` of the repository.
//!
//! # Not only S3
//!
//! [`sigv4::Signer`] signs for any service, in the query or in the `Authorization` header, and the stages behind it are
//! public. The feature `tokens` has the passwords and tokens that are presigned requests, such as that of a database in RDS;
//! `docs/tokens.md` of the repository has recipes for other services.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `std` | yes | [`Presigner::presign`] with the system's clock, [`Credentials::from_env`], [`CredentialsCell`], a signing key that is kept between calls |
//! | `url` | yes | `PresignedRequest::to_url` |
//! | `aws-credential-types` | no | [`Credentials`] from those of the AWS SDK for Rust |
//! | `diagnose` | no | the cause of a refused request: `diagnose` |
//! | `http` | no | signed requests as an `http::Request`, which reqwest, hyper and ureq take: `PresignedRequest::to_http` |
//! | `checksum` | no | checksums and keys of SSE-C, which are given as bytes and sent as base64 |
//! | `post` | no | uploads from HTML forms: `PostPolicy`; and `Upload`, which takes the way that the store knows |
//! | `verify` | no | the server's side: the module [`verify`] checks presigned URLs, `Authorization` headers and forms |
//! | `sigv4a` | no | Signature Version 4A, which Multi-Region Access Points require: [`sigv4::Signer::sigv4a`], and ARNs and aliases of such access points as a bucket |
//! | `serde` | no | `Serialize` and `Deserialize` for what is signed: `{method, url, headers, fields, forbidden_headers, expires_at}`; the settings of a [`PresignerBuilder`] from a configuration file |
//! | `tokens` | no | passwords and tokens that are presigned requests, for RDS, Aurora DSQL, ElastiCache, MemoryDB, EKS, MSK, Bedrock and IoT Core: the module `tokens` |
//! | `time` | no | conversions between [`Timestamp`] and `time::OffsetDateTime` |
//!
//! Without `std` the crate needs only `alloc`. In `wasm32-unknown-unknown` it works with and without `std`; there is no
//! clock there, so the functions that read it return [`Error::NoClock`]: `docs/wasm.md` of the repository.
//!
//! # Foreign types in the public surface
//!
//! These are all types of other crates that appear in the public API:
//!
//! | crate | feature | where | a new major version of it |
//! |---|---|---|---|
//! | `time` 0.3 | `time` | conversions of [`Timestamp`] from and to `OffsetDateTime` | gets a feature of its own |
//! | `url` 2 | `url` | the result of `PresignedRequest::to_url` | gets a feature of its own |
//! | `http` 1 | `http` | `to_http`, `header_map`, conversions of requests and of [`Method`] | gets a feature of its own |
//! | `serde` 1 | `serde` | implementations of `Serialize` and `Deserialize` | gets a feature of its own; the JSON stays |
//! | `aws-credential-types` 1 | `aws-credential-types` | a conversion into [`Credentials`] | gets a feature of its own |
//!
//! A feature for an old version is removed only in a breaking change.
//!
//! # Versions
//!
//! The crate follows Semantic Versioning. While the version is 0.x, a breaking change comes only with a new minor version.
//! New variants of enums and new members of structs that are `#[non_exhaustive]` are not breaking. A change of signatures,
//! or of the headers that clients must send, is marked **Output** in the changelog.
//!
//! The minimum supported Rust version is 1.88. It is raised only in a minor version, and the changelog says so. The feature
//! `aws-credential-types` needs the compiler that its crate needs, which may be newer.
//!
//! # What it does not do
//!
//! It sends nothing. Credentials come from you, from a [provider of yours](ProvideCredentials), or from four environment
//! variables; `docs/credentials.md` of the repository has recipes for other sources. There are no CloudFront URLs,
//! which use another algorithm.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![no_std]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;

#[cfg(feature = "aws-credential-types")]
mod aws_credential_types;
mod byte_set;
mod credentials;
#[cfg(feature = "std")]
mod credentials_cell;
mod credentials_provider;
mod decimal;
#[cfg(feature = "diagnose")]
pub mod diagnose;
mod encode;
mod endpoint;
mod error;
mod into_text;
mod method;
mod partition;
#[cfg(feature = "verify")]
mod positions;
mod region;
pub mod s3;
mod short_list;
pub mod sigv4;
mod text;
mod timestamp;
#[cfg(feature = "tokens")]
pub mod tokens;
#[cfg(feature = "verify")]
pub mod verify;

pub use credentials::Credentials;
#[cfg(feature = "std")]
pub use credentials_cell::CredentialsCell;
pub use credentials_provider::ProvideCredentials;
pub use error::{
    ArnError, CredentialsError, EndpointError, EndpointFeature, Error, ErrorKind, Field, S3Rule, TokenError,
};
pub use into_text::{IntoSetting, IntoText};
pub use method::Method;
pub use region::Region;
pub use s3::{Presigner, PresignerBuilder};
pub use sigv4::output::{PresignedRequest, SignedParts};
pub use timestamp::{AmzDate, Timestamp};

/// The example in the README is compiled and run like those of the documentation.
#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// So are the recipes.
#[cfg(all(doctest, feature = "std", feature = "serde"))]
#[doc = include_str!("../docs/stores.md")]
struct Stores;

#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../docs/proxies.md")]
struct Proxies;

#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../docs/credentials.md")]
struct CredentialsRecipes;

#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../docs/wasm.md")]
struct WebAssembly;

#[cfg(all(doctest, feature = "std", feature = "tokens"))]
#[doc = include_str!("../docs/tokens.md")]
struct TokenRecipes;

#[cfg(all(doctest, feature = "http"))]
#[doc = include_str!("../docs/coming-from.md")]
struct ComingFrom;

#[cfg(all(doctest, feature = "http", feature = "post", feature = "serde"))]
#[doc = include_str!("../docs/uploads.md")]
struct Uploads;
