//! Many signatures of one instant.

use alloc::string::String;

use crate::sigv4::bare_request::BareRequest;
use crate::sigv4::signing_second::SigningSecond;
use crate::sigv4::{NumberedRequest, SigningInstant, Target};
use crate::{Error, Timestamp};

/// Does only once what many signatures have in common.
pub(crate) struct SigningBatch<'s> {
    instant: SigningInstant<'s>,
    second: SigningSecond,
    bare: BareRequest,
}

impl<'s> SigningBatch<'s> {
    /// Prepares for many requests like this one, which has no parameters and no headers, and for others.
    pub(crate) fn new(instant: SigningInstant<'s>, bare: Target<'_>) -> Result<Self, Error> {
        let second = instant.second();
        let bare = instant.learn(&second, &bare)?;
        Ok(Self { instant, second, bare })
    }

    /// As of [`SigningInstant`].
    pub(crate) const fn expires_at(&self) -> Timestamp {
        self.instant.expires_at()
    }

    /// Appends the signed URL to `url`. After an error, `url` is as it was.
    #[inline]
    pub(crate) fn presign(&self, target: Target<'_>, url: &mut String) -> Result<(), Error> {
        self.instant.presign_in(&self.second, &self.bare, target, url)
    }

    /// Prepares to sign a request with other numbers in a query parameter and a header; none if it has not both.
    pub(crate) fn numbered(
        &self,
        target: Target<'_>,
        parameter: &str,
        header: &str,
    ) -> Result<Option<NumberedRequest>, Error> {
        Ok(NumberedRequest::new(&self.instant.canonical_request(&self.second, target)?, parameter, header))
    }

    /// Appends the signed URL of a prepared request with these numbers to `url`.
    #[inline]
    pub(crate) fn presign_numbered(&self, request: &mut NumberedRequest, numbers: (u64, u64), url: &mut String) {
        let sha256 = request.write(numbers, url);
        self.instant.put_signature(&self.second, &sha256, url);
    }
}
