//! What can be given where a text is wanted.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;

/// A string of any kind: `&str`, `String`, `Cow<str>`, `Box<str>`, `Arc<str>`, a [`Region`](crate::Region), a
/// [`ContentDisposition`](crate::s3::ContentDisposition), or a reference to one of them.
///
/// Keys, names and values take this trait. What is borrowed stays borrowed, and an owned string is not copied, except
/// `Arc<str>`, which is: give a reference to it instead. The trait is implemented for these types only.
///
/// ```
/// use std::sync::Arc;
/// use presign::s3::GetObject;
///
/// let shared: Arc<str> = "users/42/avatar.png".into();
/// let one = GetObject::new(&shared);
/// let many = ["1.png", "2.png"].iter().map(GetObject::new); // each item is a `&&str`
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a string",
    note = "`&str`, `String`, `Cow<str>`, `Box<str>`, `Arc<str>` and references to them are accepted"
)]
pub trait IntoText<'a>: sealed::Sealed {
    #[doc(hidden)]
    fn into_text(self) -> Cow<'a, str>;
}

/// A string or none, for settings that come from a configuration: whatever is [`IntoText`], and an `Option` of it.
///
/// ```
/// # use presign::{Credentials, Error, Presigner};
/// # fn presigner(credentials: Credentials) -> Result<Presigner, Error> {
/// let endpoint = std::env::var("STORE_ENDPOINT").ok();
/// Presigner::builder().credentials(credentials).region("eu-west-1").bucket("user-media").endpoint(endpoint).build()
/// # }
/// ```
pub trait IntoSetting {
    #[doc(hidden)]
    fn into_setting(self) -> Option<String>;
}

impl<'a, T: IntoText<'a>> IntoSetting for T {
    #[inline]
    fn into_setting(self) -> Option<String> {
        Some(self.into_text().into_owned())
    }
}

impl<'a, T: IntoText<'a>> IntoSetting for Option<T> {
    #[inline]
    fn into_setting(self) -> Option<String> {
        self.map(|text| text.into_text().into_owned())
    }
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

macro_rules! into_text {
    ($([$($lifetime:lifetime),*] $type:ty: $text:ident => $cow:expr;)+) => {
        $(
            impl<$($lifetime),*> sealed::Sealed for $type {}

            impl<'a, $($lifetime: 'a),*> IntoText<'a> for $type {
                #[inline]
                fn into_text(self) -> Cow<'a, str> {
                    let $text = self;
                    $cow
                }
            }
        )+
    };
}

into_text! {
    ['t] &'t str: text => Cow::Borrowed(text);
    ['r, 't] &'r &'t str: text => Cow::Borrowed(*text);
    [] String: text => Cow::Owned(text);
    ['r] &'r String: text => Cow::Borrowed(text);
    ['t] Cow<'t, str>: text => text;
    ['r, 't] &'r Cow<'t, str>: text => Cow::Borrowed(&**text);
    [] Box<str>: text => Cow::Owned(text.into_string());
    ['r] &'r Box<str>: text => Cow::Borrowed(&**text);
    [] Arc<str>: text => Cow::Owned(String::from(&*text));
    ['r] &'r Arc<str>: text => Cow::Borrowed(&**text);
}
