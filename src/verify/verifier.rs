//! The verifier: all rules, in the order of AWS.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::time::Duration;

use zeroize::Zeroizing;

use crate::sigv4::{CredentialScope, KeyOfAlgorithm, ReceivedParts, Service, equal_texts_in_constant_time};
use crate::verify::claim::{Claim, SignatureParameters, TOKEN_HEADERS, claim_in_header, claim_in_query, mechanism_of};
use crate::verify::host::{DEFAULT_PORTS, without_default_port};
#[cfg(feature = "std")]
use crate::verify::kept_keys::KeptKeys;
use crate::verify::payload::payload_line;
use crate::verify::query::ReceivedQuery;
use crate::verify::signed_headers::{
    check_host_header, check_not_in_query, check_unsigned, signed_headers, signed_names,
};
use crate::verify::signed_text::SignedText;
use crate::verify::{LastSecond, Mechanism, ReceivedRequest, VerifiedRequest, VerifyError, VerifyPolicy};
use crate::{Credentials, Timestamp, encode};

/// Verifies the signatures of received requests.
///
/// One verifier serves all threads. With the feature `std`, it keeps the signing keys of the day.
pub struct Verifier {
    pub(super) policy: VerifyPolicy,
    /// What unknown access key ids are verified with.
    pub(super) nobody: Credentials,
    #[cfg(feature = "std")]
    keys: KeptKeys,
}

impl Verifier {
    /// Creates a verifier with a policy.
    #[must_use]
    pub fn new(policy: VerifyPolicy) -> Self {
        Self {
            policy,
            nobody: Credentials::nobody(),
            #[cfg(feature = "std")]
            keys: KeptKeys::new(),
        }
    }

    /// Returns the access key id that a request names, before anything is verified.
    ///
    /// Only for finding its credentials when that takes a moment, as in a database: pass what was found to
    /// [`verify_at`](Self::verify_at). Whoever acts on this id believes the client.
    ///
    /// # Errors
    /// The rules for the form of a signature, as in [`verify_at`](Self::verify_at).
    pub fn claimed_access_key_id(&self, request: &ReceivedRequest<'_>) -> Result<String, VerifyError> {
        request.check_limits()?;
        let (_, query) = request.path_and_query()?;
        let mut again = Zeroizing::default();
        let query = ReceivedQuery::new(query, self.policy.plus_is_space, &mut again)?;
        Ok(self.claim(request, &query, &SignatureParameters::of(&query)?)?.access_key_id.into_owned())
    }

    /// Verifies a request, by the system's clock.
    ///
    /// # Errors
    /// As [`verify_at`](Self::verify_at), and [`VerifyError::Clock`].
    #[cfg(feature = "std")]
    pub fn verify(
        &self,
        request: &ReceivedRequest<'_>,
        credentials: impl FnOnce(&str) -> Option<Credentials>,
    ) -> Result<VerifiedRequest, VerifyError> {
        self.verify_at(request, credentials, Timestamp::now().map_err(VerifyError::Clock)?)
    }

    /// Verifies a request: a presigned URL, or a signature in the `Authorization` header.
    ///
    /// `credentials` returns the credentials of an access key id. If they have a session token, the request must have the
    /// same; if they expire, they must not have expired.
    ///
    /// The result is not a permission: it says who signed what, and the caller decides whether they may.
    ///
    /// # Errors
    /// A variant of [`VerifyError`] for each rule. As far as it is known, the order is that of AWS: the form of the request,
    /// headers that are not signed, the signature, and then the session token, the time and the body.
    pub fn verify_at(
        &self,
        request: &ReceivedRequest<'_>,
        credentials: impl FnOnce(&str) -> Option<Credentials>,
        now: Timestamp,
    ) -> Result<VerifiedRequest, VerifyError> {
        request.check_limits()?;
        let policy = &self.policy;
        let (path, query) = request.path_and_query()?;
        let mut again = Zeroizing::default();
        let query = ReceivedQuery::new(query, policy.plus_is_space, &mut again)?;
        let parameters = SignatureParameters::of(&query)?;
        let claim = self.claim(request, &query, &parameters)?;
        let service = policy.check_scope(&claim.scope, claim.region_set.as_deref(), claim.mechanism)?;
        check_host_header(request)?;
        let bucket_place = policy.check_host(request.authority)?;
        let signed_names = signed_names(&claim)?;
        check_unsigned(request, signed_names.as_slice(), service, policy)?;
        check_not_in_query(request, signed_names.as_slice(), &query)?;
        let canonical_query = query.canonical(policy.unsigned_parameters(service).as_slice());
        let path = canonical_path(path, service, policy.path_as_sent)?;
        let headers = signed_headers(request, signed_names.as_slice())?;
        let (payload_line, payload) = payload_line(request, &query, claim.mechanism, service)?;
        let parts = ReceivedParts {
            method: request.method,
            path: &path,
            service,
            query: canonical_query.as_slice(),
            host: request.authority,
            headers: &headers,
            payload: &payload_line,
        };

        let credentials =
            credentials(&claim.access_key_id).filter(|known| known.access_key_id() == claim.access_key_id);
        let token = session_token(request, &parameters)?;
        let text = self.check_signature(&parts, &claim, credentials.as_ref(), token.is_some());
        let credentials = credentials.ok_or(VerifyError::UnknownAccessKey)?;
        let text = text.ok_or(VerifyError::SignatureDoesNotMatch)?;
        check_session_token(&credentials, token, now)?;
        let expires_at = self.check_time(&claim, now)?;
        payload.check_received(request.payload)?;
        Ok(VerifiedRequest {
            text,
            path_is_encoded_twice: service.encodes_path_twice(),
            bucket_place,
            mechanism: claim.mechanism,
            credentials,
            signed_at: claim.signed_at,
            expires_at,
            payload,
        })
    }

    fn claim<'q>(
        &self,
        request: &'q ReceivedRequest<'_>,
        query: &ReceivedQuery<'q>,
        parameters: &SignatureParameters<'q>,
    ) -> Result<Claim<'q>, VerifyError> {
        match mechanism_of(request, query, parameters)? {
            Mechanism::Query => claim_in_query(parameters, &self.policy),
            _ => claim_in_header(request, &self.policy),
        }
    }

    /// Returns the text that was signed, if the signature is right.
    ///
    /// Clients leave a default port out of what they sign, or do not, so both are tried. The work is the same for unknown
    /// access key ids.
    fn check_signature(
        &self,
        parts: &ReceivedParts<'_>,
        claim: &Claim<'_>,
        credentials: Option<&Credentials>,
        has_token: bool,
    ) -> Option<SignedText> {
        let credentials = credentials.unwrap_or(&self.nobody);
        let mut text = SignedText::for_parts(parts, &claim.scope, has_token);
        let is_right = self.with_key(&claim.access_key_id, credentials, &claim.scope, |key| {
            let mut is_for_host = |host: &str| {
                let string_to_sign = text.write(&ReceivedParts { host, ..*parts }, &claim.scope);
                key.has_signed(string_to_sign, claim.signature)
            };
            is_for_host(parts.host) || other_hosts(parts.host).any(|host| is_for_host(&host))
        });
        is_right.then_some(text)
    }

    /// Calls a function with the signing key of these credentials.
    pub(super) fn with_key<R>(
        &self,
        access_key_id: &str,
        credentials: &Credentials,
        scope: &CredentialScope<'_>,
        function: impl FnOnce(&KeyOfAlgorithm) -> R,
    ) -> R {
        #[cfg(feature = "std")]
        return function(&self.keys.get_or_derive(access_key_id, credentials, scope).key);
        #[cfg(not(feature = "std"))]
        {
            let _ = (self, access_key_id);
            function(&KeyOfAlgorithm::derive(credentials, scope))
        }
    }

    /// Returns when the URL expires.
    fn check_time(&self, claim: &Claim<'_>, now: Timestamp) -> Result<Option<Timestamp>, VerifyError> {
        let (signed_at, skew) = (claim.signed_at, self.policy.clock_skew);
        let Some(expires_seconds) = claim.expires_seconds else {
            let apart = now.duration_since(signed_at).max(signed_at.duration_since(now));
            if apart > skew {
                return Err(VerifyError::TimeTooSkewed { signed_at, now, max_skew_seconds: skew.as_secs() });
            }
            return Ok(None);
        };
        // After the year 9999, nothing expires.
        let expires = Duration::from_secs(expires_seconds);
        let expired_at = signed_at.checked_add(expires).map_err(|_| VerifyError::Expires)?;
        self.check_not_from_the_future(signed_at, Some(expired_at), now)?;
        let has_expired = match self.policy.last_second {
            LastSecond::Valid => now > expired_at,
            LastSecond::Expired => now >= expired_at,
        };
        if has_expired { Err(VerifyError::Expired { expired_at, expires_seconds, now }) } else { Ok(Some(expired_at)) }
    }

    pub(super) fn check_not_from_the_future(
        &self,
        signed_at: Timestamp,
        expires_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), VerifyError> {
        if signed_at.duration_since(now) > self.policy.clock_skew {
            return Err(VerifyError::NotYetValid { signed_at, expires_at, now });
        }
        Ok(())
    }
}

/// Returns the path as it is signed, but not yet encoded a second time.
///
/// A path that will be encoded again is signed as it was sent: services other than S3 do not decode it before.
fn canonical_path<'r>(path: &'r str, service: &Service, as_sent: bool) -> Result<Cow<'r, str>, VerifyError> {
    if service.encodes_path_twice() {
        encode::decode(path).map_err(|_| VerifyError::Encoding)?;
        return Ok(Cow::Borrowed(path));
    }
    match encode::path_again(path).map_err(|_| VerifyError::Encoding)? {
        Cow::Owned(again) if as_sent && again != path => Err(VerifyError::PathEncoding),
        path => Ok(path),
    }
}

/// Returns the hosts that the client may have signed instead of the one that it sent: with or without a default port.
#[cold]
fn other_hosts(authority: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let without_port = without_default_port(authority);
    let has_default_port = without_port.len() < authority.len();
    // A port that is not a default one is always sent, and an address of IPv6 ends with a bracket.
    let has_port = authority.rsplit(']').next().is_some_and(|end| end.contains(':'));
    let without = has_default_port.then_some(Cow::Borrowed(without_port));
    let with_default = DEFAULT_PORTS.into_iter().filter(move |_| !has_port);
    let with_default = with_default.map(move |port| Cow::Owned([authority, port].concat()));
    without.into_iter().chain(with_default)
}

/// Returns the session token, in a parameter or in a header, of which there may be only one.
fn session_token<'r>(
    request: &ReceivedRequest<'r>,
    parameters: &SignatureParameters<'r>,
) -> Result<Option<ReceivedToken<'r>>, VerifyError> {
    let mut token = None;
    for (parameter, header) in parameters.tokens().into_iter().zip(TOKEN_HEADERS) {
        let in_header = request.only_value(header)?;
        // If both are given, they are equal: that was checked.
        let found = parameter.map(ReceivedToken::Encoded).or(in_header.map(ReceivedToken::Plain));
        if found.is_some() && token.is_some() {
            return Err(VerifyError::SessionToken);
        }
        token = token.or(found);
    }
    Ok(token)
}

/// A session token, as it was received.
#[derive(Clone, Copy)]
pub(super) enum ReceivedToken<'r> {
    /// In a header or in a field of a form.
    Plain(&'r str),
    /// In a query, percent-encoded.
    Encoded(&'r str),
}

/// Refuses a token that is not that of the credentials, and credentials that have expired.
pub(super) fn check_session_token(
    credentials: &Credentials,
    token: Option<ReceivedToken<'_>>,
    now: Timestamp,
) -> Result<(), VerifyError> {
    let is_token = |expected: Option<&str>, token: &str| {
        expected.is_some_and(|expected| equal_texts_in_constant_time(expected, token))
    };
    let is_right = match token {
        None => credentials.session_token().is_none(),
        Some(ReceivedToken::Plain(token)) => is_token(credentials.session_token(), token),
        Some(ReceivedToken::Encoded(token)) => is_token(credentials.encoded_session_token(), token),
    };
    if !is_right {
        return Err(VerifyError::SessionToken);
    }
    match credentials.expires_at() {
        Some(expired_at) if expired_at <= now => Err(VerifyError::CredentialsExpired { expired_at }),
        _ => Ok(()),
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("policy", &self.policy).finish_non_exhaustive()
    }
}
