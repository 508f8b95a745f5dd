//! What all operations share.

use alloc::borrow::Cow;

use crate::s3::S3Request;

/// An S3 operation that can be presigned.
///
/// The operations of this module implement it, and so does [`S3Request`]. Implement it for a type of your own to give a
/// name to a request that you make often:
///
/// ```
/// use std::borrow::Cow;
/// use presign::Method;
/// use presign::s3::{Operation, S3Request};
///
/// struct Avatar {
///     user: u64,
/// }
///
/// impl Operation for Avatar {
///     fn request(&self) -> Cow<'_, S3Request<'_>> {
///         Cow::Owned(S3Request::new(Method::Get).key(format!("users/{}/avatar.png", self.user)))
///     }
/// }
/// ```
pub trait Operation {
    /// The request that the operation stands for.
    fn request(&self) -> Cow<'_, S3Request<'_>>;
}

impl<T: Operation + ?Sized> Operation for &T {
    fn request(&self) -> Cow<'_, S3Request<'_>> {
        (**self).request()
    }
}

/// Defines an operation on an object: the type, `new`, and the setters that every operation has.
macro_rules! object_operation {
    ($(#[$attribute:meta])* $name:ident, $method:ident) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $name<'a> {
            request: $crate::s3::S3Request<'a>,
        }

        impl<'a> $name<'a> {
            /// The operation on the object with this key, given as plain text. It is percent-encoded once, by us.
            #[must_use]
            pub fn new(key: impl Into<::alloc::borrow::Cow<'a, str>>) -> Self {
                Self { request: $crate::s3::S3Request::new($crate::Method::$method).key(key) }
            }

            /// Adds a query parameter that has no setter here. A name may repeat.
            #[must_use]
            pub fn query(
                mut self,
                name: impl Into<::alloc::borrow::Cow<'a, str>>,
                value: impl Into<::alloc::borrow::Cow<'a, str>>,
            ) -> Self {
                self.request = self.request.query(name, value);
                self
            }

            /// Adds a header that has no setter here. A name may repeat: its values are signed as one, joined by commas.
            #[must_use]
            pub fn header(
                mut self,
                name: impl Into<::alloc::borrow::Cow<'a, str>>,
                value: impl Into<::alloc::borrow::Cow<'a, str>>,
            ) -> Self {
                self.request = self.request.header(name, value);
                self
            }

            /// Allows `.` and `..` segments in the key; see [`S3Request::allow_dot_segments`](crate::s3::S3Request::allow_dot_segments).
            #[must_use]
            pub fn allow_dot_segments(mut self) -> Self {
                self.request = self.request.allow_dot_segments();
                self
            }
        }

        impl $crate::s3::Operation for $name<'_> {
            fn request(&self) -> ::alloc::borrow::Cow<'_, $crate::s3::S3Request<'_>> {
                ::alloc::borrow::Cow::Borrowed(&self.request)
            }
        }
    };
}

/// Defines setters that take a text for one query parameter or one header. The last value wins.
macro_rules! setters {
    ($operation:ident: $($(#[$attribute:meta])* $kind:ident $setter:ident = $name:literal;)+) => {
        impl<'a> $operation<'a> {
            $(
                $(#[$attribute])*
                #[must_use]
                pub fn $setter(mut self, value: impl Into<::alloc::borrow::Cow<'a, str>>) -> Self {
                    self.request = $crate::s3::operation::setters!(@ $kind self.request, $name, value.into());
                    self
                }
            )+
        }
    };
    (@ query $request:expr, $name:literal, $value:expr) => { $request.set_query($name, $value) };
    (@ header $request:expr, $name:literal, $value:expr) => { $request.set_header($name, $value) };
}

pub(super) use {object_operation, setters};
