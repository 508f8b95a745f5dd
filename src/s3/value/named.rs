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

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// Reads the value as it is sent, in the same letter case.
        impl ::core::str::FromStr for $name {
            type Err = $crate::Error;

            /// # Errors
            /// [`Error::UnknownName`](crate::Error::UnknownName)
            fn from_str(text: &str) -> Result<Self, $crate::Error> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::Error::UnknownName { what: stringify!($name), known: &[$($text),+] }),
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

            fn known(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl ::core::fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// The value with this name, so that equal strings are equal values.
        impl<'a> From<&'a str> for $name<'a> {
            fn from(text: &'a str) -> Self {
                Self::known(text).unwrap_or_else(|| Self::Other(text.into()))
            }
        }

        /// The value with this name, so that equal strings are equal values.
        impl From<::alloc::string::String> for $name<'_> {
            fn from(text: ::alloc::string::String) -> Self {
                Self::known(&text).unwrap_or_else(|| Self::Other(text.into()))
            }
        }

        /// The value with this name: unlike `From<&str>`, it borrows nothing.
        impl ::core::str::FromStr for $name<'_> {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(::alloc::string::String::from(text).into())
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
