//! The result: a form or a request, for a client that knows neither the store nor its signatures.

use crate::s3::PresignedPost;
use crate::{Method, PresignedRequest, SignedParts, Timestamp};

/// Permission to upload one file, as a form or as a `PUT`.
///
/// With the feature `serde` it serializes to what the code in a browser needs, the same members whatever the store:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// # use std::time::Duration;
/// # use presign::{Credentials, Presigner};
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
/// use presign::s3::{Store, Upload};
///
/// let presigner = Presigner::builder()
///     .store(Store::CLOUDFLARE_R2) // which takes no forms
///     .account("0123456789abcdef0123456789abcdef")
///     .credentials(credentials)
///     .bucket("user-media")
///     .build()?;
/// let upload = Upload::new("users/42/avatar.png", "image/png", 5_000_000).size(48_213);
/// let now = "20240315T081530Z".parse()?;
/// let mut json = serde_json::to_value(presigner.grant_upload_at(&upload, Duration::from_secs(900), now)?).unwrap();
/// assert!(json["url"].take().as_str().unwrap().starts_with("https://0123456789abcdef0123456789abcdef.r2."));
/// assert_eq!(json, serde_json::json!({
///     "method": "PUT",
///     "url": null, // taken out above
///     "headers": { "content-type": "image/png", "content-length": "48213" },
///     "fields": {},
///     "forbidden_headers": ["content-length"], // which only the browser itself can set
///     "expires_at": "2024-03-15T08:30:30Z",
/// }));
/// # }
/// # Ok::<(), presign::Error>(())
/// ```
///
/// A client in Rust reads the same JSON. It is a form if the method is `POST` and there are fields, otherwise a request.
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use presign::s3::UploadGrant;
///
/// # let json = r#"{"method":"PUT","url":"https://h/k","headers":{},"fields":{},"expires_at":"2024-03-15T08:30:30Z"}"#;
/// match serde_json::from_str(json).unwrap() {
///     UploadGrant::Form(form) => println!("{:?}", form.multipart_body("a.png", "image/png", b"...")?),
///     UploadGrant::Request(request) => println!("{} {:?}", request.method(), request.headers().collect::<Vec<_>>()),
///     _ => println!("a kind of grant that this client does not know"),
/// }
/// # }
/// # Ok::<(), presign::Error>(())
/// ```
///
/// JavaScript that sends either. `fetch` ignores the headers that it must not set, so it can be given all of them:
///
/// ```js
/// async function upload({ method, url, headers, fields }, file) {
///   if (method !== "POST") return fetch(url, { method, headers, body: file });
///   const form = new FormData();
///   for (const [name, value] of Object.entries(fields)) form.append(name, value);
///   form.append("file", file); // last: stores ignore what follows it
///   return fetch(url, { method, body: form });
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UploadGrant {
    /// A form, to be sent as `multipart/form-data`.
    Form(PresignedPost),
    /// A request with the file as its body.
    Request(PresignedRequest),
}

impl UploadGrant {
    /// `POST` for a form.
    #[must_use]
    pub const fn method(&self) -> Method {
        match self {
            Self::Form(_) => Method::Post,
            Self::Request(request) => request.method(),
        }
    }

    /// Where to send the form or the request. It is as secret as they are.
    #[must_use]
    pub fn url(&self) -> &str {
        match self {
            Self::Form(form) => form.url(),
            Self::Request(request) => request.url(),
        }
    }

    /// When the grant ends.
    #[must_use]
    pub const fn expires_at(&self) -> Timestamp {
        match self {
            Self::Form(form) => form.expires_at(),
            Self::Request(request) => request.expires_at(),
        }
    }

    /// Returns everything that the client must know: either the fields or the headers are empty.
    #[must_use]
    pub fn into_parts(self) -> SignedParts {
        match self {
            Self::Form(form) => form.into_parts(),
            Self::Request(request) => request.into_parts(),
        }
    }
}

impl From<PresignedPost> for UploadGrant {
    fn from(form: PresignedPost) -> Self {
        Self::Form(form)
    }
}

impl From<PresignedRequest> for UploadGrant {
    fn from(request: PresignedRequest) -> Self {
        Self::Request(request)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for UploadGrant {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Form(form) => form.serialize(serializer),
            Self::Request(request) => request.serialize(serializer),
        }
    }
}

/// A form if the method is `POST` and there are fields, otherwise a request.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for UploadGrant {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parts = crate::sigv4::deserialize::signed(deserializer)?;
        if parts.method == Method::Post && !parts.fields.is_empty() {
            PresignedPost::from_parts(parts).map(Self::Form)
        } else {
            PresignedRequest::from_parts(parts).map(Self::Request)
        }
    }
}
