//! Values that AWS has names for.

/// Defines an enum of the values that AWS documents; with `or other` it takes any other text too.
macro_rules! named {
    ($(#[$attribute:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// The value as it is sent.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl<'a> $crate::s3::value::IntoValue<'a> for $name {
            fn into_value(self) -> ::alloc::borrow::Cow<'a, str> {
                self.as_str().into()
            }
        }
    };
    ($(#[$attribute:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ } or other) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name<'a> {
            $($(#[$doc])* $variant,)+
            /// Any other text, for values that are newer than this list or that only another store has.
            Other(::alloc::borrow::Cow<'a, str>),
        }

        impl $name<'_> {
            /// The value as it is sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        /// The value with this name, so that equal texts are equal values.
        impl<'a> From<&'a str> for $name<'a> {
            fn from(text: &'a str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text.into()),
                }
            }
        }

        /// The value with this name, so that equal texts are equal values.
        impl From<::alloc::string::String> for $name<'_> {
            fn from(text: ::alloc::string::String) -> Self {
                match text.as_str() {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text.into()),
                }
            }
        }

        impl<'a> $crate::s3::value::IntoValue<'a> for $name<'a> {
            fn into_value(self) -> ::alloc::borrow::Cow<'a, str> {
                match self {
                    $(Self::$variant => $text.into(),)+
                    Self::Other(text) => text,
                }
            }
        }
    };
}

pub(super) use named;
