//! The HTTP method.

use core::fmt;
use core::str::FromStr;

use crate::Error;

/// An HTTP method, the first line of the canonical request.
///
/// A presigned URL works for its own method only: a store responds to `HEAD` with `SignatureDoesNotMatch` if the URL was
/// signed for `GET`. With the feature `serde`, a method is its name, such as `"PUT"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `PATCH`
    Patch,
    /// `OPTIONS`
    Options,
}

impl Method {
    /// Returns the method as it is written in the request line.
    ///
    /// ```
    /// assert_eq!(presign::Method::Put.as_str(), "PUT");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Patch => "PATCH",
            Self::Options => "OPTIONS",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads the name of a method, which is in upper case.
///
/// ```
/// use presign::Method;
///
/// assert_eq!("PUT".parse(), Ok(Method::Put));
/// assert!("put".parse::<Method>().is_err());
/// ```
impl FromStr for Method {
    type Err = Error;

    /// # Errors
    /// [`Error::UnknownName`]
    fn from_str(name: &str) -> Result<Self, Error> {
        match name {
            "GET" => Ok(Self::Get),
            "HEAD" => Ok(Self::Head),
            "PUT" => Ok(Self::Put),
            "POST" => Ok(Self::Post),
            "DELETE" => Ok(Self::Delete),
            "PATCH" => Ok(Self::Patch),
            "OPTIONS" => Ok(Self::Options),
            _ => Err(Error::UnknownName {
                what: "HTTP method",
                known: &["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"],
            }),
        }
    }
}
