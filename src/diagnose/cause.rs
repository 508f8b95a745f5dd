//! The causes of a refusal. The only list of them: the enum, its sentences and the table of the documentation are made here.

use core::fmt;

/// Makes the enum, what is said about each cause, and the table in the documentation.
macro_rules! causes {
    ($($(#[doc = $doc:literal])+ $cause:ident: $evidence:literal, $advice:literal, $experiment:literal;)+) => {
        /// Why a store refused a request.
        ///
        /// The causes are listed in the order in which they are worth checking when a store says nothing.
        ///
        /// | cause | evidence | what to do |
        /// |---|---|---|
        $(
            #[doc = concat!(
                "| [`", stringify!($cause), "`](Self::", stringify!($cause), ") | ", $evidence, " | ", $advice, " |"
            )]
        )+
        ///
        /// `Display` writes a short description, such as `the host differs`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Cause {
            $(
                $(#[doc = $doc])+
                $cause,
            )+
        }

        impl Cause {
            /// All causes, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$cause),+];

            /// Returns what shows that this is the cause.
            #[must_use]
            pub const fn evidence(self) -> &'static str {
                match self { $(Self::$cause => $evidence,)+ }
            }

            /// Returns what to do about it, in one sentence.
            #[must_use]
            pub const fn advice(self) -> &'static str {
                match self { $(Self::$cause => $advice,)+ }
            }

            /// Returns the next experiment, for a store that does not say enough to be sure of this cause.
            #[must_use]
            pub const fn experiment(self) -> &'static str {
                match self { $(Self::$cause => $experiment,)+ }
            }

            /// The documentation of the cause, without the period at the end.
            const fn description(self) -> &'static str {
                match self { $(Self::$cause => concat!($($doc),+),)+ }
            }
        }
    };
}

causes! {
    /// The secret access key is not the one of this access key id.
    WrongSecret:
        "The store's string to sign equals the one that was signed, so only the key can differ.",
        "Copy the secret access key again, complete, without a line break and with every `/` and `+` as it is; on Cloudflare R2, use the value that the console shows as the secret access key.",
        "Sign a `GET` of a small object with the same key in the store's own command line: if that fails, the key is wrong.";
    /// The region of the signature is not the region of the bucket.
    WrongRegion:
        "The scope line differs, or the response names the region that it expects.",
        "Sign for the region that the response names; if it names none, look it up in the console of the store.",
        "Sign the same request for the region that the store's console shows for the bucket, and for `us-east-1`.";
    /// The service name of the signature, or its rule for encoding the path, is not the one of the store.
    WrongService:
        "The scope line differs in its service, or the path line differs by exactly one level of encoding and the service is not `s3`.",
        "Sign for the service that the response names, with the path rules of that service.",
        "Sign the same request for the service `s3`.";
    /// The client sent a header that has to be signed and is not.
    HeaderNotSigned:
        "The response names headers that were not signed (`HeadersNotSigned`), or the store's signed headers have one more.",
        "Sign the header with its value, or keep the client from sending it: headers that start with `x-amz-` must be signed.",
        "Send the request with `curl` and no other headers than those that were signed.";
    /// The client did not send a header that was signed.
    HeaderNotSent:
        "The store's line of a signed header is empty or missing.",
        "Send every header that was signed, with exactly its value.",
        "Compare the headers that the client really sends (`curl -v`, network tab of the browser) with those that were signed.";
    /// The client or a proxy sent another value for a signed header.
    HeaderChanged:
        "The signed headers are the same, and the line of one has another value.",
        "Send the header with exactly the value that was signed, and look for a proxy that rewrites it.",
        "Send the request with `curl` from the machine of the store, past all proxies.";
    /// The client sent another `Content-Type` than the one that was signed.
    ContentType:
        "The `content-type:` line differs.",
        "Send exactly the `Content-Type` that was signed: many HTTP clients add one, or append a charset.",
        "Send the request with `curl -H` and the signed `Content-Type`.";
    /// The store saw another host or port than the one that was signed.
    Host:
        "The `host:` line differs, or the path line has lost or gained its start.",
        "Sign for the address that the store sees: mind the port, path style against virtual-hosted style, CDN names and proxies, and see `published_endpoint`.",
        "Send the request to the store's own address, past proxies and CDNs.";
    /// A proxy rewrote `Accept-Encoding`, which was signed.
    AcceptEncoding:
        "The `accept-encoding:` line differs: Cloudflare sets `gzip`, Google Cloud Storage shows `gzip,gzip(gfe)`.",
        "Do not sign `Accept-Encoding`.",
        "Sign the same request without `Accept-Encoding`.";
    /// A header was signed that belongs to a proxy, such as `cf-ray`.
    ProxyHeaderSigned:
        "The signed headers differ in a header that proxies add or rewrite: `cf-ray`, `x-forwarded-for`, `via`.",
        "Sign only `host` and the headers that the client itself sets.",
        "Sign the same request without the header of the proxy.";
    /// A client or proxy decoded the URL, encoded it again, or normalized it.
    UrlRewritten:
        "The path line or the query line differs by encoding only (`%2F`, `+`, `%20`, `%252F`), or the path is another one.",
        "Give the URL to the client as one opaque string, and turn off whatever decodes, encodes or normalizes it.",
        "Send the URL with `curl --path-as-is`, in single quotes.";
    /// The path has a slash too many or too few.
    KeySlashes:
        "The path line differs by slashes only: a key with a leading `/` or with `//`, or a bucket with `/`.",
        "Take the leading slash from the key and the slashes from the bucket, or turn off whatever merges slashes on the way.",
        "Sign the same request for a key without `//` and without a leading slash.";
    /// The request has another method than the one that was signed.
    Method:
        "The first line differs: `HEAD` with the URL of a `GET`, or `OPTIONS` of a browser.",
        "Sign for the method that the client uses: a `HEAD` needs a URL of its own (`HeadObject`).",
        "Send the request with `curl -X` and the signed method.";
    /// A query parameter was added, removed or changed after signing.
    QueryChanged:
        "The query line has a parameter more or less, or another value; or the response misses parameters of the signature.",
        "Send the URL as it was signed: nothing can be added to its query or removed from it.",
        "Send the URL with `curl`, in single quotes: shells and templates cut it at `&`.";
    /// The payload hash is another one than was signed.
    PayloadHash:
        "The last line differs (`UNSIGNED-PAYLOAD` against a hash), or the response has both hashes (`XAmzContentSHA256Mismatch`).",
        "Send the body that was signed; if none was, keep the client from sending `x-amz-content-sha256`.",
        "Send the request without `x-amz-content-sha256`, with `curl`.";
    /// The clock of the machine that signed differs from the clock of the store.
    Clock:
        "`RequestTimeTooSkewed` with both times, or \"Request is not yet valid\", or expired although the local clock says that it is not.",
        "Set the clock of the machine that signs (NTP); for a few seconds of difference, use `clock_slack`.",
        "Compare `date -u` with the `Date` header of a response of the store.";
    /// The URL has expired.
    UrlExpired:
        "\"Request has expired\", or `ExpiredToken` of Google Cloud Storage.",
        "Sign a new URL shortly before it is used, or for longer; if `ServerTime` is not the time on your clock, set the clock.",
        "Compare `X-Amz-Date` plus `X-Amz-Expires` with the time at which the URL was used.";
    /// The temporary credentials have expired.
    CredentialsExpired:
        "`ExpiredToken`, and not from Google Cloud Storage.",
        "Sign with fresh credentials: a URL is never valid for longer than the session token with which it was signed.",
        "Sign the same request with credentials that were fetched a moment ago.";
    /// The store does not accept the expiry.
    ExpiryRefused:
        "`AuthorizationQueryParametersError` about `X-Amz-Expires`, or `InvalidArgument` of Cloudflare R2.",
        "Sign for at most 604800 seconds (7 days), in whole seconds from 1.",
        "Sign the same request for 60 seconds.";
    /// The URL has a signature of version 2, where the store takes version 4 only.
    SignatureVersion2:
        "`InvalidRequest` about the mechanism, \"Missing signature\" of supabase, `UnauthorizedAccess` of Backblaze B2, or a string to sign of version 2.",
        "Sign with Signature Version 4 (`signature_version=\"s3v4\"` in botocore), and make sure that the client uses this URL.",
        "Look for `X-Amz-Signature` in the URL that the client really requests: version 2 has `Signature` and `AWSAccessKeyId`.";
    /// An SDK signed a checksum of an empty body, or a checksum does not fit the body.
    BakedChecksum:
        "A parameter `x-amz-checksum-...` of the query line: `x-amz-checksum-crc32=AAAAAA==` is that of an empty body.",
        "Sign without a checksum, or with that of the body: in the AWS SDKs, set `requestChecksumCalculation` to `WHEN_REQUIRED`.",
        "Sign the same request without `x-amz-checksum-` and `x-amz-sdk-checksum-algorithm` parameters.";
    /// Configuration changed the secret access key: a `/`, a `+` or a space in it was decoded, encoded or lost.
    SecretAltered:
        "As a wrong secret, and the secret access key does not have the form that its access key id promises.",
        "Compare length and last characters of the secret that the program has with the original: quote it, and do not URL-encode it.",
        "Create a key whose secret has only letters and digits.";
    /// A browser hides the response, because it has no CORS header.
    HiddenByBrowser:
        "There is no status and no body, only a network error of a browser.",
        "Send the same request outside of the browser to see the response, and allow the origin in the CORS rules of the bucket.",
        "Send the same request with `curl -i`.";
    /// The request has an `Authorization` header beside the signature in its URL.
    TwoSignatures:
        "`InvalidArgument`: \"Only one auth mechanism allowed\".",
        "Send no `Authorization` header with a presigned URL: some clients add a token to each request, or keep it when they follow a redirect.",
        "Send the URL with `curl`, which adds no `Authorization` header.";
    /// The store does not know the access key id, or the session token is not that of the key.
    UnknownAccessKey:
        "`InvalidAccessKeyId`, `InvalidToken`, \"No such key\" of Garage, or a secret key that Oracle OCI could not find.",
        "Check that the access key id belongs to this store and account, is active, and is used with its own session token.",
        "List the keys in the console of the store.";
    /// A form is not what its policy permits.
    FormRefused:
        "\"Invalid according to Policy\", or another response about a form.",
        "Send exactly the fields that were signed, in their order and with the file last, and a file that fits the conditions.",
        "Send the form with `curl -F`, field by field as it was signed.";
    /// The store refused something else than the signature.
    NotTheSignature:
        "`AccessDenied` without a reason, or a code that has nothing to do with the signature, such as `NoSuchKey`.",
        "Check the permissions of the key, the policy of the bucket, and the names of bucket and object.",
        "Make the same request with the same key in the store's own command line.";
}

impl Cause {
    /// Whether the request that arrived shows this cause.
    pub(super) const fn is_in_request(self) -> bool {
        matches!(
            self,
            Self::HeaderNotSigned
                | Self::HeaderNotSent
                | Self::HeaderChanged
                | Self::ContentType
                | Self::Host
                | Self::AcceptEncoding
                | Self::ProxyHeaderSigned
                | Self::UrlRewritten
                | Self::KeySlashes
                | Self::Method
                | Self::QueryChanged
                | Self::PayloadHash
                | Self::BakedChecksum
                | Self::TwoSignatures
        )
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.description().trim().trim_end_matches('.');
        let mut characters = text.chars();
        if let Some(first) = characters.next() {
            write!(f, "{}{}", first.to_lowercase(), characters.as_str())?;
        }
        Ok(())
    }
}
