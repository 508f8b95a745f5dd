//! What people have as a string: methods, addressing styles, and the values that AWS has names for.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use presign::s3::{
    AddressingStyle, ChecksumAlgorithm, ChecksumMode, ChecksumType, EncodingType, MetadataDirective, ObjectAttributes,
    ObjectCannedAcl, ObjectLockLegalHoldStatus, ObjectLockMode, ObjectOwnership, OptionalObjectAttributes,
    RequestPayer, ServerSideEncryption, StorageClass, TaggingDirective,
};
use presign::{Error, ErrorKind, Method};

/// Each name is the value, `Display` writes it, and nothing that is nearly the name is taken for it.
fn check<T: FromStr<Err = Error> + Display + Debug + PartialEq>(values: &[(&str, T)]) -> Error {
    let mut unknown = None;
    for (name, value) in values {
        assert_eq!(name.parse().as_ref(), Ok(value));
        assert_eq!(value.to_string(), *name);
        let other_case = if name.chars().any(char::is_lowercase) { name.to_uppercase() } else { name.to_lowercase() };
        // A number has no letter case.
        let other_case = if other_case == **name { String::new() } else { other_case };
        for wrong in ["", &other_case, &format!("{name} "), &format!("\u{feff}{name}"), "sentinel"] {
            let error = wrong.parse::<T>().expect_err(wrong);
            assert!(!format!("{error} {error:?}").contains("sentinel"), "{error}");
            unknown = Some(error);
        }
    }
    unknown.expect("a value")
}

/// Also says what is unknown, and lists what is known.
fn check_listed<T: FromStr<Err = Error> + Display + Debug + PartialEq>(what: &str, values: &[(&str, T)]) {
    let names: Vec<_> = values.iter().map(|(name, _)| *name).collect();
    let error = check(values);
    assert_eq!(error.to_string(), format!("the {what} is unknown; known: {}", names.join(", ")));
    assert_eq!(error.kind(), ErrorKind::Request);
}

#[test]
fn methods() {
    check_listed(
        "HTTP method",
        &[
            ("GET", Method::Get),
            ("HEAD", Method::Head),
            ("PUT", Method::Put),
            ("POST", Method::Post),
            ("DELETE", Method::Delete),
            ("PATCH", Method::Patch),
            ("OPTIONS", Method::Options),
        ],
    );
}

#[test]
fn addressing_styles() {
    let error = check(&[
        ("auto", AddressingStyle::Auto),
        ("virtual", AddressingStyle::VirtualHosted),
        ("path", AddressingStyle::Path),
        ("bucket-endpoint", AddressingStyle::BucketEndpoint),
    ]);
    assert_eq!((&error, error.kind()), (&Error::UnknownAddressingStyle, ErrorKind::Configuration));
}

#[test]
fn values_with_a_closed_list() {
    check_listed(
        "ChecksumAlgorithm",
        &[
            ("CRC32", ChecksumAlgorithm::Crc32),
            ("CRC32C", ChecksumAlgorithm::Crc32c),
            ("CRC64NVME", ChecksumAlgorithm::Crc64Nvme),
            ("SHA1", ChecksumAlgorithm::Sha1),
            ("SHA256", ChecksumAlgorithm::Sha256),
            ("SHA512", ChecksumAlgorithm::Sha512),
            ("MD5", ChecksumAlgorithm::Md5),
            ("XXHASH64", ChecksumAlgorithm::XxHash64),
            ("XXHASH3", ChecksumAlgorithm::XxHash3),
            ("XXHASH128", ChecksumAlgorithm::XxHash128),
        ],
    );
    check_listed("ChecksumMode", &[("ENABLED", ChecksumMode::Enabled)]);
    check_listed("ChecksumType", &[("COMPOSITE", ChecksumType::Composite), ("FULL_OBJECT", ChecksumType::FullObject)]);
    check_listed("EncodingType", &[("url", EncodingType::Url)]);
    check_listed("MetadataDirective", &[("COPY", MetadataDirective::Copy), ("REPLACE", MetadataDirective::Replace)]);
    check_listed("TaggingDirective", &[("COPY", TaggingDirective::Copy), ("REPLACE", TaggingDirective::Replace)]);
    check_listed(
        "ObjectLockMode",
        &[("GOVERNANCE", ObjectLockMode::Governance), ("COMPLIANCE", ObjectLockMode::Compliance)],
    );
    check_listed(
        "ObjectLockLegalHoldStatus",
        &[("ON", ObjectLockLegalHoldStatus::On), ("OFF", ObjectLockLegalHoldStatus::Off)],
    );
    check_listed(
        "ObjectAttributes",
        &[
            ("ETag", ObjectAttributes::ETag),
            ("Checksum", ObjectAttributes::Checksum),
            ("ObjectParts", ObjectAttributes::ObjectParts),
            ("StorageClass", ObjectAttributes::StorageClass),
            ("ObjectSize", ObjectAttributes::ObjectSize),
        ],
    );
    check_listed("OptionalObjectAttributes", &[("RestoreStatus", OptionalObjectAttributes::RestoreStatus)]);
    check_listed(
        "ObjectOwnership",
        &[
            ("BucketOwnerPreferred", ObjectOwnership::BucketOwnerPreferred),
            ("ObjectWriter", ObjectOwnership::ObjectWriter),
            ("BucketOwnerEnforced", ObjectOwnership::BucketOwnerEnforced),
        ],
    );
    check_listed("RequestPayer", &[("requester", RequestPayer::Requester)]);
}

#[cfg(feature = "post")]
#[test]
fn statuses_of_forms() {
    use presign::s3::SuccessActionStatus;

    check_listed(
        "SuccessActionStatus",
        &[
            ("200", SuccessActionStatus::Ok),
            ("201", SuccessActionStatus::Created),
            ("204", SuccessActionStatus::NoContent),
        ],
    );
}

/// Other stores have values of their own, so no string is wrong; and none is borrowed.
#[test]
fn values_with_an_open_list() -> Result<(), std::convert::Infallible> {
    let (class, acl, encryption): (StorageClass<'static>, ObjectCannedAcl<'static>, ServerSideEncryption<'static>) = {
        let text = String::from("GLACIER_IR public-read aws:kms");
        let mut names = text.split(' ');
        let mut next = || names.next().unwrap_or_default();
        (next().parse()?, next().parse()?, next().parse()?)
    };
    assert_eq!(class, StorageClass::GlacierIr);
    assert_eq!(acl, ObjectCannedAcl::PublicRead);
    assert_eq!(encryption, ServerSideEncryption::AwsKms);
    assert_eq!([class.to_string(), acl.to_string(), encryption.to_string()], ["GLACIER_IR", "public-read", "aws:kms"]);
    for other in ["COLD", "glacier_ir", ""] {
        let parsed: StorageClass<'_> = other.parse()?;
        assert_eq!(parsed, StorageClass::Other(other.into()));
        assert_eq!(parsed, StorageClass::from(other));
        assert_eq!(parsed, StorageClass::from(other.to_owned()));
        assert_eq!(parsed.to_string(), other);
    }
    Ok(())
}
