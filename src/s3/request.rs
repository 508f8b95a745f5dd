//! An S3 request of any kind.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::error::Field;
use crate::s3::endpoint_config::EndpointConfig;
use crate::s3::key::check_key;
use crate::s3::limits;
use crate::s3::location::Location;
use crate::sigv4::{HeaderName, METADATA_PREFIX, ParameterValue, Parameters, Path, QueryParameter, Target};
use crate::{Error, IntoText, Method, PresignedRequest, Timestamp, encode};

/// Any S3 request: what the other operations are made of, and the way to one that has no type here.
///
/// ```
/// # use std::time::Duration;
/// # use presign::{Credentials, Presigner};
/// use presign::Method;
/// use presign::s3::S3Request;
/// # let presigner = Presigner::builder()
/// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
/// #     .region("eu-west-1")
/// #     .bucket("user-media")
/// #     .build()?;
///
/// let list = S3Request::new(Method::Get).query("list-type", "2").query("prefix", "users/42/");
/// let signed = presigner.presign(list, Duration::from_secs(60))?;
/// # assert!(signed.url().starts_with("https://user-media.s3.eu-west-1.amazonaws.com/?"));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct S3Request<'a> {
    method: Method,
    key: Option<Cow<'a, str>>,
    parameters: Parameters<'a>,
    dot_segments_allowed: bool,
    /// Whether it goes to the endpoint of the service, and concerns no bucket.
    is_for_service: bool,
    /// The first name of user metadata that cannot be meant.
    metadata_fault: Option<MetadataFault>,
}

/// What is wrong with a name that was given to a setter for user metadata.
#[derive(Clone, Copy, Debug)]
pub(super) enum MetadataFault {
    Empty,
    Prefix,
}

impl MetadataFault {
    /// Finds what is wrong with a name that should have no prefix. Whether it is a token is found when it is signed.
    #[inline]
    pub(super) fn of(name: &str) -> Option<Self> {
        match name.as_bytes().split_at_checked(METADATA_PREFIX.len()) {
            None if name.is_empty() => Some(Self::Empty),
            Some((start, _)) if start.eq_ignore_ascii_case(METADATA_PREFIX.as_bytes()) => Some(Self::Prefix),
            _ => None,
        }
    }
}

impl From<MetadataFault> for Error {
    fn from(fault: MetadataFault) -> Self {
        match fault {
            MetadataFault::Empty => Self::Empty(Field::MetadataName),
            MetadataFault::Prefix => Self::MetadataPrefix,
        }
    }
}

impl<'a> S3Request<'a> {
    /// A request for the bucket itself, or with [`key`](Self::key) for an object.
    #[must_use]
    #[inline]
    pub fn new(method: Method) -> Self {
        Self {
            method,
            key: None,
            parameters: Parameters::default(),
            dot_segments_allowed: false,
            is_for_service: false,
            metadata_fault: None,
        }
    }

    /// A request for the service, without a bucket.
    #[inline]
    pub(super) fn for_service(method: Method) -> Self {
        Self { is_for_service: true, ..Self::new(method) }
    }

    /// Sets the object, by its key as plain text, which is percent-encoded once, when it is signed. A leading `/` is a part of the key, so
    /// `/a.txt` is another object than `a.txt`. A key from an event notification must be decoded first:
    /// [`decode_key`](crate::s3::decode_key).
    #[must_use]
    #[inline]
    pub fn key(self, key: impl IntoText<'a>) -> Self {
        Self { key: Some(key.into_text()), ..self }
    }

    /// Adds a query parameter, as plain text. A name may repeat.
    #[must_use]
    #[inline]
    pub fn query(mut self, name: impl IntoText<'a>, value: impl IntoText<'a>) -> Self {
        self.add_query(name.into_text(), value.into_text());
        self
    }

    /// Adds a header, which is signed, so that the client has to send it. A name may repeat: its values are signed as
    /// one, joined by commas.
    ///
    /// `x-amz-content-sha256` is the payload line of the canonical request too: 64 lower-case hexadecimal digits, or
    /// `UNSIGNED-PAYLOAD`.
    #[must_use]
    #[inline]
    pub fn header(mut self, name: impl IntoText<'a>, value: impl IntoText<'a>) -> Self {
        self.add_header(name.into_text(), value.into_text());
        self
    }

    /// Allows `.` and `..` segments in the key.
    ///
    /// S3 has such objects, but browsers and most HTTP libraries resolve the segments before they send a request, and
    /// would ask for another object, whose signature this is not. The URL is right for clients that send it as it
    /// is, such as `curl --path-as-is`; [`PresignedRequest::to_url`](crate::PresignedRequest::to_url) refuses it.
    #[must_use]
    pub fn allow_dot_segments(self) -> Self {
        Self { dot_segments_allowed: true, ..self }
    }

    /// Returns the headers that the client must send, as in
    /// [`PresignedRequest::headers`](crate::PresignedRequest::headers), for use with
    /// [`presign_into`](crate::Presigner::presign_into).
    #[must_use]
    pub fn to_headers(&self) -> Vec<(String, String)> {
        let owned = |(name, value): (Cow<'_, str>, Cow<'_, str>)| (name.into_owned(), value.into_owned());
        self.parameters.sorted().wire_headers().map(owned).collect()
    }

    #[inline]
    pub(super) fn add_query(&mut self, name: Cow<'a, str>, value: Cow<'a, str>) {
        self.parameters.add_query(name, ParameterValue::Text(value));
    }

    #[inline]
    pub(super) fn add_header(&mut self, name: Cow<'a, str>, value: Cow<'a, str>) {
        self.parameters.add_header(HeaderName::new(name), ParameterValue::Text(value));
    }

    #[inline]
    pub(super) fn set_query(&mut self, name: &'static str, value: impl Into<ParameterValue<'a>>) {
        self.parameters.set_query(name, value.into());
    }

    #[inline]
    pub(super) fn set_header(&mut self, name: &'static str, value: impl Into<ParameterValue<'a>>) {
        self.parameters.set_header(name, value.into());
    }

    /// Adds user metadata by its name without the prefix.
    #[inline]
    pub(super) fn add_metadata(&mut self, name: Cow<'a, str>, value: Cow<'a, str>) {
        if self.metadata_fault.is_none() {
            self.metadata_fault = MetadataFault::of(&name);
        }
        self.parameters.add_header(HeaderName::metadata(name), ParameterValue::Text(value));
    }

    /// Adds a tag to those that `x-amz-tagging` has, encoded as a query.
    pub(super) fn tag(&mut self, key: &str, value: &str) {
        let mut tag = String::new();
        encode::query(key, &mut tag);
        tag.push('=');
        encode::query(value, &mut tag);
        match self.parameters.header_mut("x-amz-tagging") {
            Some(tags) if !tags.is_empty() => tags.to_mut().extend(["&", &*tag]),
            _ => self.set_header("x-amz-tagging", tag),
        }
    }

    /// The result, once it is signed.
    #[inline]
    pub(super) fn presigned(&self, url: String, expires_at: Timestamp) -> PresignedRequest {
        PresignedRequest::new(self.method, url, self.to_headers(), expires_at)
    }

    /// Returns the target of this request at a location, after checking the key and the parameters.
    #[inline]
    pub(super) fn target<'r>(
        &'r self,
        location: &'r Location,
        endpoints: &'r EndpointConfig,
    ) -> Result<Target<'r>, Error> {
        if let Some(fault) = self.metadata_fault {
            return Err(fault.into());
        }
        let parameters = self.parameters.sorted();
        limits::check(&parameters, self.method, self.key.is_some(), location)?;
        if self.is_for_service {
            return self.service_target(parameters, location, endpoints);
        }
        let path = match &self.key {
            Some(key) => {
                check_key(key, self.dot_segments_allowed)?;
                Path { base: &location.path_prefix, encoded: "", raw: key }
            }
            None if location.service == "s3express" && matches!(self.method, Method::Put | Method::Delete) => {
                return Err(Error::DirectoryBucketControl);
            }
            None => Path { base: location.bucket_path(), encoded: "", raw: "" },
        };
        Ok(Target { method: self.method, endpoint: &location.endpoint, path, parameters, payload: None })
    }
}

impl S3Request<'_> {
    fn service_target<'r>(
        &'r self,
        parameters: Cow<'r, Parameters<'r>>,
        location: &'r Location,
        endpoints: &'r EndpointConfig,
    ) -> Result<Target<'r>, Error> {
        // The scope would be that of another service or region, or the host that of one bucket.
        if location.service != "s3" || location.arn_region.is_some() || location.bucket.is_none() {
            return Err(Error::NoServiceEndpoint);
        }
        let is_elsewhere = |parameter: &QueryParameter<'_>| {
            parameter.name == "bucket-region" && &*parameter.value != endpoints.region.as_str()
        };
        if endpoints.endpoint.is_none() && self.parameters.query().iter().any(is_elsewhere) {
            return Err(Error::BucketRegion);
        }
        let endpoint = endpoints.service_endpoint()?;
        let base = if endpoint.base_path().is_empty() { "/" } else { endpoint.base_path() };
        let path = Path { base, encoded: "", raw: "" };
        Ok(Target { method: self.method, endpoint, path, parameters, payload: None })
    }
}
