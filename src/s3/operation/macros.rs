//! How operations are defined: the type, and its setters.

/// Defines the type of an operation, with the setters that every operation has. `new` is missing.
macro_rules! operation {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $name<'a> {
            request: $crate::s3::S3Request<'a>,
        }

        impl<'a> $name<'a> {
            /// Adds a query parameter that has no setter here. A name may repeat.
            #[must_use]
            pub fn query(
                mut self,
                name: impl $crate::IntoText<'a>,
                value: impl $crate::IntoText<'a>,
            ) -> Self {
                self.request.add_query(name.into_text(), value.into_text());
                self
            }

            /// Adds a header that has no setter here. A name may repeat: its values are signed as one, joined by
            /// commas.
            #[must_use]
            pub fn header(
                mut self,
                name: impl $crate::IntoText<'a>,
                value: impl $crate::IntoText<'a>,
            ) -> Self {
                self.request.add_header(name.into_text(), value.into_text());
                self
            }
        }

        impl $crate::s3::Operation for $name<'_> {
            #[inline]
            fn request(&self) -> ::alloc::borrow::Cow<'_, $crate::s3::S3Request<'_>> {
                ::alloc::borrow::Cow::Borrowed(&self.request)
            }
        }
    };
}

/// Defines an operation on an object, where the key is all that it needs.
macro_rules! object_operation {
    ($(#[$attribute:meta])* $name:ident, $method:ident $(, $query:literal = $value:literal)?) => {
        $crate::s3::operation::macros::operation! { $(#[$attribute])* $name }

        impl<'a> $name<'a> {
            /// The operation on the object with this key, given as plain text. It is percent-encoded once, by us. A leading
            /// `/` is a part of the key; a key from an event notification must be [decoded](crate::s3::decode_key) first.
            #[must_use]
            #[inline]
            pub fn new(key: impl $crate::IntoText<'a>) -> Self {
                Self { request: $crate::s3::S3Request::new($crate::Method::$method)$(.query($query, $value))?.key(key) }
            }
        }

        $crate::s3::operation::macros::dot_segments! { $name }
    };
}

/// Defines an operation on a multipart upload, where the key and the upload id are all that it needs.
macro_rules! upload_operation {
    ($(#[$attribute:meta])* $name:ident, $method:ident) => {
        $crate::s3::operation::macros::operation! { $(#[$attribute])* $name }

        impl<'a> $name<'a> {
            /// The operation on the upload with this id of the object with this key. Both are given as plain text, and
            /// are percent-encoded once, by us.
            #[must_use]
            #[inline]
            pub fn new(
                key: impl $crate::IntoText<'a>,
                upload_id: impl $crate::IntoText<'a>,
            ) -> Self {
                let request = $crate::s3::S3Request::new($crate::Method::$method).key(key);
                Self { request: request.query("uploadId", upload_id) }
            }
        }

        $crate::s3::operation::macros::dot_segments! { $name }
    };
}

/// Defines an operation on the bucket itself.
macro_rules! bucket_operation {
    ($(#[$attribute:meta])* $name:ident, $method:ident $(, $query:literal = $value:literal)?) => {
        $crate::s3::operation::macros::operation! { $(#[$attribute])* $name }

        impl $name<'_> {
            /// The operation on the bucket of the presigner.
            #[must_use]
            #[inline]
            pub fn new() -> Self {
                Self { request: $crate::s3::S3Request::new($crate::Method::$method)$(.query($query, $value))? }
            }
        }

        impl Default for $name<'_> {
            fn default() -> Self {
                Self::new()
            }
        }
    };
}

/// The setter that every operation with a key has.
macro_rules! dot_segments {
    ($operation:ident) => {
        impl $operation<'_> {
            /// Allows `.` and `..` segments in the key; see
            /// [`S3Request::allow_dot_segments`](crate::s3::S3Request::allow_dot_segments).
            #[must_use]
            pub fn allow_dot_segments(mut self) -> Self {
                self.request = self.request.allow_dot_segments();
                self
            }
        }
    };
}

/// Defines setters for one query parameter or one header each. The last value wins.
///
/// In parentheses is the type that they take, if it is not a string: a type, `into` a type, a time in one of two formats,
/// or a `flag`, which is sent as `true` or `false`.
macro_rules! setters {
    ($operation:ident: $($(#[$attribute:meta])* $kind:ident $setter:ident $(($($type:tt)+))? = $name:literal;)+) => {
        impl<'a> $operation<'a> {
            $(
                $crate::s3::operation::macros::setters! {
                    @ [$(#[$attribute])*] $kind $setter ($($($type)+)?) $name
                }
            )+
        }
    };
    (@ $attributes:tt $kind:ident $setter:ident () $name:literal) => {
        $crate::s3::operation::macros::setters! {
            @@ $attributes $kind $setter (impl $crate::IntoText<'a>) $name, value, value.into_text()
        }
    };
    (@ $attributes:tt $kind:ident $setter:ident (flag) $name:literal) => {
        $crate::s3::operation::macros::setters! {
            @@ $attributes $kind $setter (bool) $name, value, if value { "true" } else { "false" }
        }
    };
    (@ $attributes:tt $kind:ident $setter:ident (http_date) $name:literal) => {
        $crate::s3::operation::macros::setters! {
            @@ $attributes $kind $setter ($crate::Timestamp) $name, value, $crate::s3::value::http_date(value)
        }
    };
    (@ $attributes:tt $kind:ident $setter:ident (iso_date) $name:literal) => {
        $crate::s3::operation::macros::setters! {
            @@ $attributes $kind $setter ($crate::Timestamp) $name, value, ::alloc::format!("{value}")
        }
    };
    (@ $attributes:tt $kind:ident $setter:ident (into $type:ty) $name:literal) => {
        $crate::s3::operation::macros::setters! {
            @@ $attributes $kind $setter (impl Into<$type>) $name, value,
            $crate::s3::value::IntoValue::into_value(value.into())
        }
    };
    (@ $attributes:tt $kind:ident $setter:ident ($type:ty) $name:literal) => {
        $crate::s3::operation::macros::setters! {
            @@ $attributes $kind $setter ($type) $name, value, value
        }
    };
    (@@ [$($attributes:tt)*] $kind:ident $setter:ident ($type:ty) $name:literal, $value:ident, $wire:expr) => {
        $($attributes)*
        #[must_use]
        pub fn $setter(mut self, $value: $type) -> Self {
            $crate::s3::operation::macros::setters!(@@@ $kind self.request, $name, $wire);
            self
        }
    };
    (@@@ query $request:expr, $name:literal, $value:expr) => { $request.set_query($name, $value) };
    (@@@ header $request:expr, $name:literal, $value:expr) => { $request.set_header($name, $value) };
}

pub(super) use {bucket_operation, dot_segments, object_operation, operation, setters, upload_operation};
