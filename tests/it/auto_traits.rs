//! Every public type can be sent to and shared with another thread, under every feature.

use std::collections::BTreeSet;

#[cfg(feature = "diagnose")]
use presign::diagnose::*;
#[cfg(feature = "tokens")]
use presign::tokens::*;
#[cfg(feature = "verify")]
use presign::verify::*;
use presign::*;
use presign::{s3::*, sigv4::*};

const fn is_send_and_sync<T: Send + Sync + ?Sized>() {}

/// Asserts both traits for each type, whose feature is on, and lists the names of all types.
macro_rules! types {
    ($($(#[$feature:meta])? $name:ident,)+) => {
        const TYPES: &[&str] = &[$(stringify!($name)),+];
        $($(#[$feature])? const _: () = is_send_and_sync::<$name>();)+
    };
}

types! {
    AbortMultipartUpload,
    AddressingStyle,
    AmzDate,
    ArnError,
    #[cfg(feature = "sigv4a")]
    AsymmetricSigningKey,
    AuthorizedRequest,
    Batch,
    #[cfg(feature = "tokens")]
    BedrockToken,
    CanonicalRequest,
    #[cfg(feature = "diagnose")]
    Cause,
    #[cfg(feature = "checksum")]
    Checksum,
    ChecksumAlgorithm,
    ChecksumMode,
    ChecksumType,
    CompleteMultipartUpload,
    CompletedPart,
    ContentDisposition,
    CopyObject,
    CopySource,
    CreateBucket,
    CreateMultipartUpload,
    CredentialScope,
    Credentials,
    #[cfg(feature = "std")]
    CredentialsCell,
    CredentialsError,
    DeleteBucket,
    DeleteObject,
    DeleteObjects,
    #[cfg(feature = "diagnose")]
    Diagnosis,
    #[cfg(feature = "diagnose")]
    Difference,
    #[cfg(feature = "tokens")]
    DsqlToken,
    #[cfg(feature = "tokens")]
    EksToken,
    #[cfg(feature = "tokens")]
    ElastiCacheToken,
    EncodingType,
    EndpointError,
    EndpointFeature,
    Error,
    ErrorKind,
    #[cfg(feature = "verify")]
    ErrorResponse,
    #[cfg(feature = "tokens")]
    ExecApiVersion,
    Explanation,
    Field,
    GetObject,
    GetObjectAttributes,
    GetObjectTagging,
    HeadBucket,
    HeadObject,
    #[cfg(feature = "tokens")]
    IotToken,
    #[cfg(feature = "verify")]
    LastSecond,
    #[cfg(feature = "diagnose")]
    Line,
    ListBuckets,
    ListMultipartUploads,
    ListObjectVersions,
    ListObjectsV2,
    ListParts,
    #[cfg(feature = "verify")]
    Mechanism,
    #[cfg(feature = "tokens")]
    MemoryDbToken,
    MetadataDirective,
    Method,
    #[cfg(feature = "tokens")]
    MskToken,
    #[cfg(feature = "post")]
    MultipartBody,
    MultipartPlan,
    ObjectAttributes,
    ObjectCannedAcl,
    ObjectIdentifier,
    ObjectLockLegalHoldStatus,
    ObjectLockMode,
    ObjectOwnership,
    OptionalObjectAttributes,
    PathEncoding,
    PathNormalization,
    Payload,
    #[cfg(feature = "verify")]
    PayloadCheck,
    PlannedPart,
    PostForms,
    #[cfg(feature = "post")]
    PostPolicy,
    #[cfg(feature = "post")]
    PostPolicyDocument,
    #[cfg(feature = "post")]
    PostPolicyError,
    #[cfg(feature = "post")]
    PresignedPost,
    PresignedRequest,
    Presigner,
    PresignerBuilder,
    PutObject,
    PutObjectTagging,
    #[cfg(feature = "tokens")]
    RdsToken,
    #[cfg(all(feature = "verify", feature = "post"))]
    ReceivedForm,
    #[cfg(feature = "verify")]
    ReceivedPayload,
    #[cfg(feature = "verify")]
    ReceivedRequest,
    #[cfg(feature = "diagnose")]
    Refusal,
    Region,
    #[cfg(feature = "sigv4a")]
    RegionSet,
    Request,
    RequestPayer,
    RestoreObject,
    RestoreTier,
    S3Request,
    S3Rule,
    #[cfg(feature = "verify")]
    ServedHost,
    ServerSideEncryption,
    Service,
    SessionTokenParameter,
    SessionTokenPlacement,
    Signature,
    #[cfg(feature = "diagnose")]
    Signed,
    SignedParts,
    Signer,
    SigningContext,
    SigningKey,
    #[cfg(all(feature = "verify", feature = "post"))]
    SizeCheck,
    #[cfg(feature = "checksum")]
    SseCustomerKey,
    StorageClass,
    Store,
    StoreFact,
    StringToSign,
    #[cfg(feature = "post")]
    SuccessActionStatus,
    TaggingDirective,
    Timestamp,
    #[cfg(feature = "tokens")]
    Token,
    TokenError,
    #[cfg(feature = "post")]
    Upload,
    #[cfg(feature = "post")]
    UploadGrant,
    UploadPart,
    UploadPartCopy,
    UploadParts,
    #[cfg(all(feature = "verify", feature = "post"))]
    VerifiedForm,
    #[cfg(feature = "verify")]
    VerifiedPayload,
    #[cfg(feature = "verify")]
    VerifiedRequest,
    #[cfg(feature = "verify")]
    Verifier,
    #[cfg(feature = "verify")]
    VerifyError,
    #[cfg(feature = "verify")]
    VerifyPolicy,
}

const TRAITS: &[&str] = &["IntoSetting", "IntoText", "Operation", "ProvideCredentials"];

const _: () = is_send_and_sync::<dyn ProvideCredentials>();

/// Returns the names that a module makes public.
fn public_names(module: &str) -> impl Iterator<Item = &str> {
    let uses = module.split("\npub use ").skip(1).map(|rest| rest.split(';').next().unwrap_or_default());
    let names = uses.flat_map(|path| path.split(|c: char| !c.is_alphanumeric()));
    names.filter(|name| name.starts_with(char::is_uppercase))
}

#[test]
fn every_public_type_is_listed_here() {
    let modules = [
        include_str!("../../src/lib.rs"),
        include_str!("../../src/diagnose/mod.rs"),
        include_str!("../../src/s3/mod.rs"),
        include_str!("../../src/sigv4/mod.rs"),
        include_str!("../../src/tokens/mod.rs"),
        include_str!("../../src/verify/mod.rs"),
    ];
    for module in modules {
        assert!(!module.contains("\npub struct ") && !module.contains("\npub enum "), "a type without `pub use`");
        assert!(!module.contains("pub use crate::") && !module.contains("::*"), "a name that this test cannot see");
    }
    let public: BTreeSet<_> = modules.iter().flat_map(|module| public_names(module)).collect();
    let listed: BTreeSet<_> = TYPES.iter().chain(TRAITS).copied().collect();
    assert_eq!(public, listed);
    assert!(TYPES.is_sorted(), "the list is in the order of the alphabet");
    // No other module is public, so there is no other way to a type.
    let public_modules = include_str!("../../src/lib.rs").lines().filter_map(|line| line.strip_prefix("pub mod "));
    assert_eq!(public_modules.collect::<Vec<_>>(), ["diagnose;", "s3;", "sigv4;", "tokens;", "verify;"]);
}
