//! Object keys.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Error;
use crate::error::Field;
use crate::sigv4::has_dot_segment;

/// Source: [Naming Amazon S3 objects](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html).
const MAX_BYTES: usize = 1_024;

/// Refuses keys for which no URL, or no URL that means this object to every client, exists.
#[inline]
pub(super) fn check_key(key: &str, dot_segments_allowed: bool) -> Result<(), Error> {
    if key.is_empty() {
        // The URL would be that of the bucket, and `DeleteObject` would become `DeleteBucket`.
        return Err(Error::Empty(Field::Key));
    }
    if key.len() > MAX_BYTES {
        return Err(Error::KeyTooLong { bytes: key.len() });
    }
    if !dot_segments_allowed && has_dot_segment(key) {
        return Err(Error::DotSegment);
    }
    Ok(())
}

/// Decodes a key as S3 writes it in event notifications: `a+b%C3%BC.txt` is `a bü.txt`.
///
/// Keys are plain text everywhere else in this crate, so a key from a notification must be decoded, once, before it is
/// signed. The keys of a listing with [`EncodingType::Url`](crate::s3::EncodingType::Url) have this form, too.
///
/// Source: [Event message structure](https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html):
/// `application/x-www-form-urlencoded`.
///
/// # Errors
/// [`Error::InvalidCharacter`] for a percent sign without two hexadecimal digits after it, and for bytes that are not UTF-8
///
/// ```
/// use presign::s3::{GetObject, decode_key};
///
/// let get = GetObject::new(decode_key("red+flower%2B1.jpg")?);
/// assert_eq!(decode_key("red+flower%2B1.jpg")?, "red flower+1.jpg");
/// # Ok::<(), presign::Error>(())
/// ```
#[doc(alias("unquote_plus", "urlDecodedKey", "urldecode"))]
pub fn decode_key(encoded: &str) -> Result<String, Error> {
    let invalid = |position| Error::InvalidCharacter { field: Field::EncodedKey, position };
    let mut key = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes().enumerate();
    while let Some((position, byte)) = rest.next() {
        key.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next(), rest.next()].map(|digit| digit.map_or(0, |(_, digit)| digit));
                let mut decoded = [0];
                hex::decode_to_slice(digits, &mut decoded).map_err(|_| invalid(position))?;
                let [byte] = decoded;
                byte
            }
            _ => byte,
        });
    }
    String::from_utf8(key).map_err(|error| {
        let decoded_bytes = error.utf8_error().valid_up_to();
        let encoded_bytes = |at: usize| if encoded.as_bytes().get(at) == Some(&b'%') { "%XX".len() } else { 1 };
        invalid((0..decoded_bytes).fold(0, |at, _| at + encoded_bytes(at)))
    })
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn keys_of_notifications() {
        for (encoded, key) in [
            ("", ""),
            ("a.txt", "a.txt"),
            ("red+flower.jpg", "red flower.jpg"),
            ("a+b%C3%BC.txt", "a bü.txt"),
            ("a%2bb%2Bc", "a+b+c"),
            ("users%2F42/a", "users/42/a"),
            ("100%25+%2520", "100% %20"),
            // What an encoder should have encoded is not changed.
            ("ü~(1)*'!", "ü~(1)*'!"),
            ("%F0%9F%8E%89", "\u{1f389}"),
            ("%00%0A", "\0\n"),
        ] {
            assert_eq!(decode_key(encoded).as_deref(), Ok(key), "{encoded}");
        }
    }

    #[test]
    fn what_is_not_a_key_of_a_notification() {
        for (encoded, position) in [
            ("%", 0),
            ("a%", 1),
            ("a%4", 1),
            ("a%zz", 1),
            ("a%+1", 1),
            ("100%", 3),
            ("ü%4ü", 2),
            ("%FF", 0),
            ("a+%C3%BC%C3", 8),
            ("ü%C3(", 2),
            ("%ED%A0%80", 0),
        ] {
            let error = decode_key(encoded).unwrap_err();
            assert_eq!(error, Error::InvalidCharacter { field: Field::EncodedKey, position }, "{encoded}");
            let message = format!("{error:?} {error}");
            assert!(encoded.len() < 4 || !message.contains(encoded), "{message}");
        }
    }
}
