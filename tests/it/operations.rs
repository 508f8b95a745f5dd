//! Every operation against AWS's own model of it: method, names on the wire, formats of values. The model is in
//! `tests/vectors/s3-operations.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Duration;

use presign::s3::*;
use presign::{Credentials, Presigner, Timestamp};
use serde_json::Value;

/// What goes over the wire besides the signature: `in` of the model and the name, with the value.
type Sent = BTreeMap<(&'static str, String), String>;

struct Checked {
    name: &'static str,
    method: &'static str,
    base: Sent,
    setters: Vec<(&'static str, Sent)>,
}

/// Signs an operation as it is made, and again with each of its setters.
macro_rules! checked {
    ($operation:ident = $new:expr; $($(#[$attribute:meta])* $setter:ident($($argument:expr),*)),* $(,)?) => {{
        let (method, base) = sent(&$new);
        let setters = Vec::from([$($(#[$attribute])* (stringify!($setter), sent(&$new.$setter($($argument),*)).1)),*]);
        Checked { name: stringify!($operation), method, base, setters }
    }};
}

fn presigner() -> Presigner {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid");
    // A store of unknown rules: a setter alone is often refused by AWS.
    let builder = Presigner::builder().credentials(credentials).region("eu-west-1").endpoint("http://localhost:9000");
    builder.bucket("user-media").build().expect("valid")
}

fn when() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn sent(operation: &impl Operation) -> (&'static str, Sent) {
    let signed = presigner().presign_at(operation, Duration::from_secs(60), when()).expect("valid");
    let url = url::Url::parse(signed.url()).expect("a URL");
    let query = url.query_pairs().filter(|(name, _)| !name.starts_with("X-Amz-"));
    let query = query.map(|(name, value)| (("query", name.into_owned()), value.into_owned()));
    let headers = signed.headers().map(|(name, value)| (("header", name.to_owned()), value.to_owned()));
    (signed.method().as_str(), query.chain(headers).collect())
}

#[cfg(feature = "checksum")]
fn customer_key() -> SseCustomerKey {
    SseCustomerKey::new(&[7; 32])
}

fn source() -> CopySource {
    CopySource::new("archive", "a b").expect("valid")
}

fn all() -> Vec<Checked> {
    vec![
        checked! { AbortMultipartUpload = AbortMultipartUpload::new("k", "u");
            request_payer(RequestPayer::Requester), expected_bucket_owner("1"), if_match_initiated_time(when()),
        },
        checked! { CompleteMultipartUpload = CompleteMultipartUpload::new("k", "u");
            #[cfg(feature = "checksum")] checksum(Checksum::Crc32([1; 4])),
            #[cfg(feature = "checksum")] sse_customer_key(&customer_key()),
            checksum_type(ChecksumType::FullObject), mpu_object_size(5), request_payer(RequestPayer::Requester),
            expected_bucket_owner("1"), if_match("a"), if_none_match("*"), payload_sha256([1; 32]),
        },
        checked! { CopyObject = CopyObject::new("k", source());
            acl(ObjectCannedAcl::Private), cache_control("a"), checksum_algorithm(ChecksumAlgorithm::Sha256),
            content_disposition("a"), content_encoding("a"), content_language("a"), content_type("a"),
            copy_source_if_match("a"), copy_source_if_modified_since(when()), copy_source_if_none_match("a"),
            copy_source_if_unmodified_since(when()), expires(when()), grant_full_control("a"), grant_read("a"),
            grant_read_acp("a"), grant_write_acp("a"), if_match("a"), if_none_match("*"), metadata("a", "b"),
            metadata_directive(MetadataDirective::Replace), tagging_directive(TaggingDirective::Replace),
            server_side_encryption(ServerSideEncryption::AwsKms), storage_class(StorageClass::GlacierIr),
            website_redirect_location("a"), ssekms_key_id("a"), bucket_key_enabled(true),
            #[cfg(feature = "checksum")] ssekms_encryption_context("{}"),
            #[cfg(feature = "checksum")] sse_customer_key(&customer_key()),
            #[cfg(feature = "checksum")] copy_source_sse_customer_key(&customer_key()),
            request_payer(RequestPayer::Requester), tagging("a=b"), tag("a", "b"),
            object_lock_mode(ObjectLockMode::Governance), object_lock_retain_until_date(when()),
            object_lock_legal_hold_status(ObjectLockLegalHoldStatus::On), expected_bucket_owner("1"),
            expected_source_bucket_owner("1"),
        },
        checked! { CreateBucket = CreateBucket::new();
            acl(ObjectCannedAcl::Private), grant_full_control("a"), grant_read("a"), grant_read_acp("a"),
            grant_write("a"), grant_write_acp("a"), object_lock_enabled_for_bucket(true),
            object_ownership(ObjectOwnership::BucketOwnerEnforced), payload_sha256([1; 32]),
        },
        checked! { CreateMultipartUpload = CreateMultipartUpload::new("k");
            acl("private"), cache_control("a"), content_disposition("a"), content_encoding("a"), content_language("a"),
            content_type("a"), expires(when()), grant_full_control("a"), grant_read("a"), grant_read_acp("a"),
            grant_write_acp("a"), metadata("a", "b"), server_side_encryption("AES256"), storage_class("STANDARD"),
            website_redirect_location("a"), ssekms_key_id("a"), bucket_key_enabled(true),
            #[cfg(feature = "checksum")] ssekms_encryption_context("{}"),
            #[cfg(feature = "checksum")] sse_customer_key(&customer_key()),
            request_payer(RequestPayer::Requester), tagging("a=b"), tag("a", "b"),
            object_lock_mode(ObjectLockMode::Compliance), object_lock_retain_until_date(when()),
            object_lock_legal_hold_status(ObjectLockLegalHoldStatus::Off), expected_bucket_owner("1"),
            checksum_algorithm(ChecksumAlgorithm::Crc64Nvme), checksum_type(ChecksumType::Composite),
        },
        checked! { DeleteBucket = DeleteBucket::new(); expected_bucket_owner("1") },
        checked! { DeleteObject = DeleteObject::new("k");
            mfa("1 2"), version_id("a"), request_payer(RequestPayer::Requester), bypass_governance_retention(true),
            expected_bucket_owner("1"), if_match("a"), if_match_last_modified_time(when()), if_match_size(3),
        },
        checked! { DeleteObjects = DeleteObjects::new();
            mfa("1 2"), request_payer(RequestPayer::Requester), bypass_governance_retention(true),
            expected_bucket_owner("1"), checksum_algorithm(ChecksumAlgorithm::Crc32), content_md5("a"),
            #[cfg(feature = "checksum")] checksum(Checksum::Crc32([1; 4])),
            payload_sha256([1; 32]),
        },
        checked! { GetObject = GetObject::new("k");
            if_match("a"), if_modified_since(when()), if_none_match("a"), if_unmodified_since(when()), range(0..2),
            range_suffix(3), response_cache_control("a"), response_content_disposition("a"),
            response_content_encoding("a"), response_content_language("a"), response_content_type("a"),
            response_expires(when()), version_id("a"), request_payer(RequestPayer::Requester), part_number(3),
            #[cfg(feature = "checksum")] sse_customer_key(&customer_key()),
            expected_bucket_owner("1"), checksum_mode(ChecksumMode::Enabled),
        },
        checked! { GetObjectAttributes = GetObjectAttributes::new("k", [ObjectAttributes::ETag]);
            version_id("a"), max_parts(3), part_number_marker(3), request_payer(RequestPayer::Requester),
            #[cfg(feature = "checksum")] sse_customer_key(&customer_key()),
            expected_bucket_owner("1"),
        },
        checked! { GetObjectTagging = GetObjectTagging::new("k");
            version_id("a"), expected_bucket_owner("1"), request_payer(RequestPayer::Requester),
        },
        checked! { HeadBucket = HeadBucket::new(); expected_bucket_owner("1") },
        checked! { HeadObject = HeadObject::new("k");
            if_match("a"), if_modified_since(when()), if_none_match("a"), if_unmodified_since(when()), range(..=2),
            range_suffix(3), response_cache_control("a"), response_content_disposition("a"),
            response_content_encoding("a"), response_content_language("a"), response_content_type("a"),
            response_expires(when()), version_id("a"), request_payer(RequestPayer::Requester), part_number(3),
            #[cfg(feature = "checksum")] sse_customer_key(&customer_key()),
            expected_bucket_owner("1"), checksum_mode(ChecksumMode::Enabled),
        },
        checked! { ListBuckets = ListBuckets::new();
            max_buckets(3), continuation_token("a"), prefix("a"), bucket_region("eu-west-1"),
        },
        checked! { ListMultipartUploads = ListMultipartUploads::new();
            delimiter("/"), encoding_type(EncodingType::Url), key_marker("a"), max_uploads(3), prefix("a"),
            upload_id_marker("a"), expected_bucket_owner("1"), request_payer(RequestPayer::Requester),
        },
        checked! { ListObjectVersions = ListObjectVersions::new();
            delimiter("/"), encoding_type(EncodingType::Url), key_marker("a"), max_keys(3), prefix("a"),
            version_id_marker("a"), expected_bucket_owner("1"), request_payer(RequestPayer::Requester),
            optional_object_attributes(OptionalObjectAttributes::RestoreStatus),
        },
        checked! { ListObjectsV2 = ListObjectsV2::new();
            delimiter("/"), encoding_type(EncodingType::Url), max_keys(3), prefix("a"), continuation_token("a"),
            fetch_owner(true), start_after("a"), request_payer(RequestPayer::Requester), expected_bucket_owner("1"),
            optional_object_attributes(OptionalObjectAttributes::RestoreStatus),
        },
        checked! { ListParts = ListParts::new("k", "u");
            max_parts(3), part_number_marker(3), request_payer(RequestPayer::Requester), expected_bucket_owner("1"),
            #[cfg(feature = "checksum")] sse_customer_key(&customer_key()),
        },
        checked! { PutObject = PutObject::new("k");
            acl(ObjectCannedAcl::BucketOwnerRead), cache_control("a"), content_disposition("a"), content_encoding("a"),
            content_language("a"), content_length(3), content_md5("a"), content_type("a"),
            checksum_algorithm(ChecksumAlgorithm::Sha1), expires(when()), if_match("a"), if_none_match("*"),
            grant_full_control("a"), grant_read("a"), grant_read_acp("a"), grant_write_acp("a"), write_offset_bytes(3),
            metadata("a", "b"), server_side_encryption(ServerSideEncryption::AwsKmsDsse),
            storage_class(StorageClass::StandardIa), website_redirect_location("a"), ssekms_key_id("a"),
            bucket_key_enabled(true), request_payer(RequestPayer::Requester), tagging("a=b"), tag("a", "b"),
            #[cfg(feature = "checksum")] ssekms_encryption_context("{}"),
            #[cfg(feature = "checksum")] sse_customer_key(&customer_key()),
            #[cfg(feature = "checksum")] checksum(Checksum::Crc32([1; 4])),
            object_lock_mode(ObjectLockMode::Governance), object_lock_retain_until_date(when()),
            object_lock_legal_hold_status(ObjectLockLegalHoldStatus::On), expected_bucket_owner("1"),
            payload_sha256([1; 32]),
        },
        checked! { PutObjectTagging = PutObjectTagging::new("k");
            version_id("a"), content_md5("a"), checksum_algorithm(ChecksumAlgorithm::Crc32c),
            expected_bucket_owner("1"), request_payer(RequestPayer::Requester), payload_sha256([1; 32]),
            #[cfg(feature = "checksum")] checksum(Checksum::Crc32([1; 4])),
        },
        checked! { RestoreObject = RestoreObject::new("k");
            version_id("a"), request_payer(RequestPayer::Requester), checksum_algorithm(ChecksumAlgorithm::Crc32),
            expected_bucket_owner("1"), payload_sha256([1; 32]),
            #[cfg(feature = "checksum")] checksum(Checksum::Crc32([1; 4])),
        },
        checked! { UploadPart = UploadPart::new("k", "u", 1);
            content_length(3), content_md5("a"), checksum_algorithm(ChecksumAlgorithm::Crc32),
            request_payer(RequestPayer::Requester), expected_bucket_owner("1"), payload_sha256([1; 32]),
            #[cfg(feature = "checksum")] sse_customer_key(&customer_key()),
            #[cfg(feature = "checksum")] checksum(Checksum::Crc32([1; 4])),
        },
        checked! { UploadPartCopy = UploadPartCopy::new("k", "u", 1, source());
            copy_source_if_match("a"), copy_source_if_modified_since(when()), copy_source_if_none_match("a"),
            copy_source_if_unmodified_since(when()), copy_source_range(0..2), request_payer(RequestPayer::Requester),
            #[cfg(feature = "checksum")] sse_customer_key(&customer_key()),
            #[cfg(feature = "checksum")] copy_source_sse_customer_key(&customer_key()),
            expected_bucket_owner("1"), expected_source_bucket_owner("1"),
        },
    ]
}

/// Members that no setter stands for: `header` is the way to them.
const WITHOUT_SETTER: [(&str, &str); 1] = [("CreateBucket", "BucketNamespace")];

fn model() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/s3-operations.json");
    serde_json::from_str(&fs::read_to_string(path).expect("the file")).expect("JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// The members that a setter stands for, by its name.
fn members_of<'m>(setter: &str, members: &'m serde_json::Map<String, Value>) -> Vec<&'m String> {
    let plain = setter.replace('_', "");
    let stands_for = |member: &str| {
        let member = member.to_lowercase();
        match setter {
            "tag" => member == "tagging",
            "range_suffix" => member == "range",
            "sse_customer_key" => member.starts_with("ssecustomer"),
            "copy_source_sse_customer_key" => member.starts_with("copysourcessecustomer"),
            "checksum" => member == "checksumcrc32",
            _ => member == plain,
        }
    };
    members.keys().filter(|member| stands_for(member)).collect()
}

/// What is sent by the model's rules for this member, with `*` for a value that is free.
fn expected_entry(member: &Value) -> ((&'static str, String), Option<&'static str>) {
    let name = text(&member["name"]).to_owned();
    let place = match text(&member["in"]) {
        "query" => ("query", name),
        "header-prefix" => ("header", name + "a"),
        _ => ("header", name),
    };
    let value = match (text(&member["type"]), member["format"].as_str()) {
        ("timestamp", Some("rfc822")) => Some("Fri, 15 Mar 2024 08:15:30 GMT"),
        ("timestamp", Some("iso8601")) => Some("2024-03-15T08:15:30Z"),
        ("timestamp", format) => panic!("format {format:?}"),
        ("boolean", _) => Some("true"),
        ("integer" | "long", _) => Some("3"),
        _ => None,
    };
    (place, value)
}

#[test]
fn methods_and_names_are_those_of_the_model() {
    let model = model();
    let operations = model["operations"].as_object().expect("operations");
    let checked = all();
    let names: Vec<_> = checked.iter().map(|checked| checked.name).collect();
    assert_eq!(names, operations.keys().map(String::as_str).collect::<Vec<_>>());

    for Checked { name, method, base, setters } in &checked {
        let operation = &operations[*name];
        let members = operation["members"].as_object().expect("members");
        assert_eq!(*method, text(&operation["method"]), "{name}");

        // What is there without any setter: the query of the URI and what is required.
        let uri = text(&operation["uri"]);
        let fixed = uri.split_once('?').map_or("", |(_, query)| query);
        let mut expected: BTreeSet<_> = operation["required"].as_array().expect("names").iter().map(text).collect();
        let mut covered: BTreeSet<&str> = expected.clone();
        let mut entries: BTreeSet<_> = expected.iter().map(|member| expected_entry(&members[*member]).0).collect();
        for part in fixed.split('&').filter(|part| !part.is_empty()) {
            let (parameter, value) = part.split_once('=').unwrap_or((part, ""));
            assert_eq!(base.get(&("query", parameter.to_owned())).map(String::as_str), Some(value), "{name}");
            entries.insert(("query", parameter.to_owned()));
        }
        assert_eq!(base.keys().cloned().collect::<BTreeSet<_>>(), entries, "{name}");
        expected.clear();

        for (setter, sent) in setters {
            let added: Sent = sent
                .iter()
                .filter(|(place, _)| !base.contains_key(place))
                .map(|(p, v)| (p.clone(), v.clone()))
                .collect();
            let members_here = members_of(setter, members);
            if members_here.is_empty() {
                // Common to all operations with a body, and so in no member of the model.
                let header = match *setter {
                    "payload_sha256" => "x-amz-content-sha256",
                    "checksum" => "x-amz-checksum-crc32",
                    "content_md5" => "content-md5",
                    _ => panic!("{name} has no member {setter}"),
                };
                assert!(added.len() == 1 && added.contains_key(&("header", header.to_owned())), "{name}.{setter}");
                continue;
            }
            let entries: Vec<_> = members_here.iter().map(|member| expected_entry(&members[*member])).collect();
            let places: BTreeSet<_> = entries.iter().map(|(place, _)| place.clone()).collect();
            assert_eq!(added.keys().cloned().collect::<BTreeSet<_>>(), places, "{name}.{setter}");
            for (member, (place, value)) in members_here.iter().zip(&entries) {
                match value {
                    // The member of `mpu_object_size` and the like takes any number.
                    Some("3") => assert!(added[place].parse::<u64>().is_ok(), "{name}.{setter}"),
                    Some(value) => assert_eq!(added[place], *value, "{name}.{setter}"),
                    None => {}
                }
                if let Some(values) = members[*member]["values"].as_array() {
                    assert!(values.iter().any(|value| *value == *added[place]), "{name}.{setter}: {}", added[place]);
                }
                covered.insert(member);
            }
        }

        for member in members.keys().filter(|member| !covered.contains(member.as_str())) {
            let needs_feature = member.contains("SSECustomer") || member == "SSEKMSEncryptionContext";
            let is_one_of_the_checksums = member.starts_with("Checksum");
            let is_known = WITHOUT_SETTER.contains(&(name, member));
            let is_excused = needs_feature && cfg!(not(feature = "checksum")) || is_one_of_the_checksums || is_known;
            assert!(is_excused, "{name} has no setter for {member}");
        }
    }
}

#[cfg(feature = "checksum")]
#[test]
fn every_checksum_of_the_model() {
    let checksums = [
        (Checksum::Crc32([0; 4]), ChecksumAlgorithm::Crc32),
        (Checksum::Crc32c([0; 4]), ChecksumAlgorithm::Crc32c),
        (Checksum::Crc64Nvme([0; 8]), ChecksumAlgorithm::Crc64Nvme),
        (Checksum::Sha1([0; 20]), ChecksumAlgorithm::Sha1),
        (Checksum::Sha256([0; 32]), ChecksumAlgorithm::Sha256),
        (Checksum::Sha512([0; 64]), ChecksumAlgorithm::Sha512),
        (Checksum::Md5([0; 16]), ChecksumAlgorithm::Md5),
        (Checksum::XxHash64([0; 8]), ChecksumAlgorithm::XxHash64),
        (Checksum::XxHash3([0; 8]), ChecksumAlgorithm::XxHash3),
        (Checksum::XxHash128([0; 16]), ChecksumAlgorithm::XxHash128),
    ];
    let model = model();
    for operation in ["PutObject", "UploadPart", "CompleteMultipartUpload"] {
        let members = model["operations"][operation]["members"].as_object().expect("members");
        let is_checksum = |member: &&String| {
            !matches!(member.as_str(), "ChecksumAlgorithm" | "ChecksumType") && member.starts_with("Checksum")
        };
        assert_eq!(members.keys().filter(is_checksum).count(), checksums.len(), "{operation}");
        for (checksum, algorithm) in checksums {
            let member = format!("Checksum{}", algorithm.as_str());
            let header = ("header", text(&members[&member]["name"]).to_owned());
            assert!(sent(&PutObject::new("k").checksum(checksum)).1.contains_key(&header), "{member}");
            let part = CompletedPart::new(1, "a").checksum(checksum);
            let body = CompleteMultipartUpload::body([part]).expect("valid");
            assert!(body.contains(&format!("</ETag><{member}>AA")), "{body}");
        }
    }
}

#[test]
fn enums_have_the_values_of_the_model() {
    fn values<T>(all: &[T], as_str: impl Fn(&T) -> &str) -> BTreeSet<String> {
        all.iter().map(|value| as_str(value).to_owned()).collect()
    }
    let closed: [(&str, &str, BTreeSet<String>); 14] = {
        use ChecksumAlgorithm as A;
        use ObjectCannedAcl as Acl;
        use StorageClass as C;
        let algorithms = [
            A::Crc32,
            A::Crc32c,
            A::Crc64Nvme,
            A::Sha1,
            A::Sha256,
            A::Sha512,
            A::Md5,
            A::XxHash64,
            A::XxHash3,
            A::XxHash128,
        ];
        let acls = [
            Acl::Private,
            Acl::PublicRead,
            Acl::PublicReadWrite,
            Acl::AuthenticatedRead,
            Acl::AwsExecRead,
            Acl::BucketOwnerRead,
            Acl::BucketOwnerFullControl,
        ];
        let classes = [
            C::Standard,
            C::ReducedRedundancy,
            C::StandardIa,
            C::OnezoneIa,
            C::IntelligentTiering,
            C::Glacier,
            C::DeepArchive,
            C::Outposts,
            C::GlacierIr,
            C::Snow,
            C::ExpressOnezone,
            C::FsxOpenzfs,
            C::FsxOntap,
        ];
        let encryptions = [
            ServerSideEncryption::Aes256,
            ServerSideEncryption::AwsFsx,
            ServerSideEncryption::AwsKms,
            ServerSideEncryption::AwsKmsDsse,
        ];
        let attributes = [
            ObjectAttributes::ETag,
            ObjectAttributes::Checksum,
            ObjectAttributes::ObjectParts,
            ObjectAttributes::StorageClass,
            ObjectAttributes::ObjectSize,
        ];
        let owners = [
            ObjectOwnership::BucketOwnerPreferred,
            ObjectOwnership::ObjectWriter,
            ObjectOwnership::BucketOwnerEnforced,
        ];
        // A text with a known name is the named value.
        for class in &classes {
            assert_eq!(StorageClass::from(class.as_str()), *class);
            assert_eq!(StorageClass::from(class.as_str().to_owned()), *class);
        }
        assert_eq!(StorageClass::from("COLD"), StorageClass::Other("COLD".into()));
        [
            ("PutObject", "ChecksumAlgorithm", values(&algorithms, |a| a.as_str())),
            ("PutObject", "ACL", values(&acls, |a| a.as_str())),
            ("PutObject", "StorageClass", values(&classes, |a| a.as_str())),
            ("PutObject", "ServerSideEncryption", values(&encryptions, |a| a.as_str())),
            (
                "PutObject",
                "ObjectLockMode",
                values(&[ObjectLockMode::Governance, ObjectLockMode::Compliance], |a| a.as_str()),
            ),
            (
                "PutObject",
                "ObjectLockLegalHoldStatus",
                values(&[ObjectLockLegalHoldStatus::On, ObjectLockLegalHoldStatus::Off], |a| a.as_str()),
            ),
            ("PutObject", "RequestPayer", values(&[RequestPayer::Requester], |a| a.as_str())),
            (
                "CopyObject",
                "MetadataDirective",
                values(&[MetadataDirective::Copy, MetadataDirective::Replace], |a| a.as_str()),
            ),
            (
                "CopyObject",
                "TaggingDirective",
                values(&[TaggingDirective::Copy, TaggingDirective::Replace], |a| a.as_str()),
            ),
            ("GetObject", "ChecksumMode", values(&[ChecksumMode::Enabled], |a| a.as_str())),
            (
                "CompleteMultipartUpload",
                "ChecksumType",
                values(&[ChecksumType::Composite, ChecksumType::FullObject], |a| a.as_str()),
            ),
            ("GetObjectAttributes", "ObjectAttributes", values(&attributes, |a| a.as_str())),
            ("CreateBucket", "ObjectOwnership", values(&owners, |a| a.as_str())),
            ("ListObjectsV2", "EncodingType", values(&[EncodingType::Url], |a| a.as_str())),
        ]
    };
    let model = model();
    for (operation, member, values) in closed {
        let expected = model["operations"][operation]["members"][member]["values"].as_array().expect("values");
        assert_eq!(values, expected.iter().map(|value| text(value).to_owned()).collect(), "{member}");
    }
}

#[test]
fn attributes_are_one_header() {
    let attributes = [ObjectAttributes::ETag, ObjectAttributes::ObjectParts];
    let (_, sent) = sent(&GetObjectAttributes::new("k", attributes));
    assert_eq!(sent[&("header", "x-amz-object-attributes".to_owned())], "ETag,ObjectParts");
}

#[test]
fn tags_are_encoded_and_accumulate() {
    let header = |put: PutObject<'_>| sent(&put).1[&("header", "x-amz-tagging".to_owned())].clone();
    assert_eq!(header(PutObject::new("k").tag("a b", "ü&=+").tag("c", "")), "a%20b=%C3%BC%26%3D%2B&c=");
    assert_eq!(header(PutObject::new("k").tagging("a=b").tag("c", "d")), "a=b&c=d");
    assert_eq!(header(PutObject::new("k").tag("c", "d").tagging("a=b")), "a=b");
    assert_eq!(header(PutObject::new("k").tagging("").tag("c", "d")), "c=d");
}

#[test]
fn copy_sources_are_encoded() -> Result<(), presign::Error> {
    for (source, expected) in [
        (CopySource::new("archive", "a b+c.txt")?, "archive/a%20b%2Bc.txt"),
        (
            CopySource::new("archive", "/a/ü?versionId=1")?.version_id("3/L4+="),
            "archive//a/%C3%BC%3FversionId%3D1?versionId=3%2FL4%2B%3D",
        ),
        (CopySource::new("archive", "../other/x")?, "archive/../other/x"),
        (
            CopySource::access_point("arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap", "a b")?,
            "arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap/object/a%20b",
        ),
        (
            CopySource::access_point("arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/my-ap", "a")?,
            "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/my-ap/object/a",
        ),
        (
            CopySource::access_point("arn:aws:s3-outposts:us-west-2:123456789012:outpost/my-outpost", "a")?,
            "arn:aws:s3-outposts:us-west-2:123456789012:outpost/my-outpost/object/a",
        ),
    ] {
        assert_eq!(source.to_string(), expected);
        let (_, sent) = sent(&CopyObject::new("k", source));
        assert_eq!(sent[&("header", "x-amz-copy-source".to_owned())], expected);
    }
    Ok(())
}

/// The key of the example is 32 times the byte 7; the expected values are from `openssl`.
#[cfg(feature = "checksum")]
#[test]
fn customer_keys_and_encryption_contexts() {
    let put = PutObject::new("k")
        .sse_customer_key(&SseCustomerKey::new(&[1; 32]))
        .sse_customer_key(&customer_key())
        .ssekms_encryption_context("{\"department\":\"sales\"}");
    let (_, sent) = sent(&put);
    let header = |name: &str| sent[&("header", name.to_owned())].as_str();
    assert_eq!(header("x-amz-server-side-encryption-customer-algorithm"), "AES256");
    assert_eq!(header("x-amz-server-side-encryption-customer-key"), "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");
    assert_eq!(header("x-amz-server-side-encryption-customer-key-md5"), "y4HAEFCYWuvAXWFTtA1Qpg==");
    assert_eq!(header("x-amz-server-side-encryption-context"), "eyJkZXBhcnRtZW50Ijoic2FsZXMifQ==");
}
