//! Why nothing was signed, for a person.

use presign::{Error, Field, TokenError};

/// One line, without a secret.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    pub fn message(&self) -> &str {
        &self.0
    }
}

/// The library's words, but for those that name its methods: here are options instead.
impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let option = match error {
            Error::Missing(Field::Region) => "no region given: use --region, AWS_REGION or the region of a profile",
            Error::Missing(Field::Endpoint) => "no endpoint given: use --endpoint or AWS_ENDPOINT_URL_S3",
            Error::Missing(Field::Account) => "no account given: use --account",
            Error::Token(TokenError::NoRegion) => "the host names no region: use --region",
            Error::Token(TokenError::OtherRegion) => {
                "the host is in another region than --region: give the region of the host, or none"
            }
            Error::UnknownRegion => "the region is not one of AWS: use --store or --endpoint for another store",
            Error::BucketNotDnsName => {
                "the bucket name is not a DNS name, so it cannot be a part of the host: use --addressing-style path"
            }
            Error::VirtualHostOnIpAddress => {
                "the endpoint is an IP address, which cannot carry the bucket in the host: use --addressing-style path"
            }
            Error::DotSegment => {
                "the key has a `.` or `..` segment, which HTTP clients resolve before they send it: rename the object"
            }
            other => return Self(other.to_string()),
        };
        Self(option.to_owned())
    }
}
