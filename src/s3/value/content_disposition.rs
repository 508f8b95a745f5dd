//! What a browser does with an object, and under which name.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::into_text::sealed::Sealed;
use crate::{IntoText, encode};

/// A `Content-Disposition` with a file name of any characters.
///
/// Setters that take a string take it, for the header as well as for the override of the response and the field of a
/// form. Browsers use the name as it is; other clients get a name in ASCII, with `_` for what ASCII does not have.
///
/// ```
/// # use std::time::Duration;
/// # use presign::{Credentials, Presigner};
/// # let presigner = Presigner::builder()
/// #     .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
/// #     .region("eu-west-1")
/// #     .bucket("user-media")
/// #     .build()?;
/// use presign::s3::{ContentDisposition, GetObject};
///
/// let name = ContentDisposition::attachment("R\u{e9}sum\u{e9}.pdf");
/// assert_eq!(name.as_str(), "attachment; filename=\"R_sum_.pdf\"; filename*=UTF-8''R%C3%A9sum%C3%A9.pdf");
/// assert_eq!(ContentDisposition::attachment("cv.pdf").as_str(), "attachment; filename=\"cv.pdf\"");
///
/// let get = GetObject::new("uploads/42").response_content_disposition(name);
/// let signed = presigner.presign(get, Duration::from_secs(900))?;
/// # Ok::<(), presign::Error>(())
/// ```
///
/// Source: [RFC 6266](https://www.rfc-editor.org/rfc/rfc6266.html), section 4.3 and appendix D, and [RFC
/// 8187](https://www.rfc-editor.org/rfc/rfc8187.html), section 3.2.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContentDisposition(String);

impl ContentDisposition {
    /// Has a browser save the object under this name. Without a name, it derives one from the URL.
    #[must_use]
    pub fn attachment<'a>(file_name: impl IntoText<'a>) -> Self {
        Self::new("attachment", &file_name.into_text())
    }

    /// Has a browser show the object if it can, and save it under this name.
    #[must_use]
    pub fn inline<'a>(file_name: impl IntoText<'a>) -> Self {
        Self::new("inline", &file_name.into_text())
    }

    /// Returns the value of the header: printable ASCII.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn new(disposition: &str, name: &str) -> Self {
        let mut value = String::from(disposition);
        if name.is_empty() {
            return Self(value);
        }
        value.push_str("; filename=\"");
        let mut is_replaced = false;
        for (at, character) in name.char_indices() {
            let is_kept = is_kept(character, name.get(at..).unwrap_or_default());
            is_replaced |= !is_kept;
            value.push(if is_kept { character } else { '_' });
        }
        value.push('"');
        if is_replaced {
            value.push_str("; filename*=UTF-8''");
            // The unreserved characters of URLs are characters that RFC 8187 allows.
            encode::query(name, &mut value);
        }
        Self(value)
    }
}

/// Whether a character in front of this rest of the name means itself between quotes, to every client.
///
/// Appendix D of RFC 6266: some clients take no backslash, which a quote needs, and some decode percent signs.
fn is_kept(character: char, rest: &str) -> bool {
    match character {
        '"' | '\\' => false,
        // Appendix C.1: some clients decode the encoded words of RFC 2047.
        '=' => !rest.starts_with("=?"),
        '%' => {
            !matches!(rest.as_bytes(), [_, first, second, ..] if first.is_ascii_hexdigit() && second.is_ascii_hexdigit())
        }
        _ => matches!(character, ' '..='~'),
    }
}

/// The value of the header.
impl fmt::Display for ContentDisposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Sealed for ContentDisposition {}

impl<'a> IntoText<'a> for ContentDisposition {
    fn into_text(self) -> Cow<'a, str> {
        Cow::Owned(self.0)
    }
}

impl Sealed for &ContentDisposition {}

impl<'r> IntoText<'r> for &'r ContentDisposition {
    fn into_text(self) -> Cow<'r, str> {
        Cow::Borrowed(&self.0)
    }
}
