//! The calls of boto3 in the vectors, as operations of this crate: the same signatures.

use presign::s3::{
    CopyObject, CopySource, CreateMultipartUpload, DeleteObject, EncodingType, GetObject, HeadObject, ListObjectsV2,
    PutObject, UploadPart,
};
use serde_json::{Map, Value};

use crate::support::Case;

/// Applies every parameter of the call that is not given to `new`; one that is not known is an error of the test.
fn apply<O>(
    parameters: &Map<String, Value>,
    without: &[&str],
    operation: O,
    set: impl Fn(O, &str, &Value) -> Option<O>,
) -> O {
    let parameters = parameters.iter().filter(|(name, _)| *name != "Bucket" && !without.contains(&name.as_str()));
    parameters
        .fold(operation, |operation, (name, value)| set(operation, name, value).unwrap_or_else(|| panic!("{name}")))
}

fn owned(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn check(case: &Case) -> Result<(), String> {
    let call = case.sdk();
    let parameters = call["params"].as_object().expect("parameters");
    let text = |name: &str| parameters[name].as_str().expect("a text");
    let key = || text("Key").to_owned();
    match call["operation"].as_str().expect("a name") {
        "get_object" => case.check_operation(apply(parameters, &["Key"], GetObject::new(key()), |get, name, value| {
            Some(match name {
                "VersionId" => get.version_id(owned(value)),
                "ResponseContentDisposition" => get.response_content_disposition(owned(value)),
                "ResponseContentType" => get.response_content_type(owned(value)),
                _ => return None,
            })
        })),
        "head_object" => case.check_operation(apply(parameters, &["Key"], HeadObject::new(key()), |_, _, _| None)),
        "delete_object" => case.check_operation(apply(parameters, &["Key"], DeleteObject::new(key()), |_, _, _| None)),
        "put_object" => case.check_operation(apply(parameters, &["Key"], PutObject::new(key()), |put, name, value| {
            Some(match name {
                "ContentType" => put.content_type(owned(value)),
                "Metadata" => {
                    let metadata = value.as_object().expect("a map");
                    metadata.iter().fold(put, |put, (name, value)| put.metadata(name.clone(), owned(value)))
                }
                "ServerSideEncryption" => put.server_side_encryption(owned(value)),
                "ACL" => put.acl(owned(value)),
                _ => return None,
            })
        })),
        "upload_part" => {
            let part_number = parameters["PartNumber"].as_u64().and_then(|number| u32::try_from(number).ok());
            let part = UploadPart::new(key(), text("UploadId"), part_number.expect("a number"));
            case.check_operation(apply(parameters, &["Key", "UploadId", "PartNumber"], part, |_, _, _| None))
        }
        "list_objects_v2" => {
            // boto3 adds the encoding by itself.
            let list = ListObjectsV2::new().encoding_type(EncodingType::Url);
            case.check_operation(apply(parameters, &[], list, |list, name, value| {
                Some(match name {
                    "Prefix" => list.prefix(owned(value)),
                    "Delimiter" => list.delimiter(owned(value)),
                    "ContinuationToken" => list.continuation_token(owned(value)),
                    _ => return None,
                })
            }))
        }
        "create_multipart_upload" => case.check_operation(apply(
            parameters,
            &["Key"],
            CreateMultipartUpload::new(key()),
            |create, name, value| (name == "ContentType").then(|| create.content_type(owned(value))),
        )),
        "copy_object" => {
            let (bucket, source) = text("CopySource").split_once('/').expect("a bucket and a key");
            let copy = CopyObject::new(key(), CopySource::new(bucket, source).expect("valid"));
            case.check_operation(apply(parameters, &["Key", "CopySource"], copy, |_, _, _| None))
        }
        other => panic!("operation {other}"),
    }
}

#[test]
fn typed_operations_are_signed_as_boto3_signs_them() {
    let cases = Case::load("presign-sdk.jsonl");
    let cases: Vec<_> = cases.iter().filter(|case| case.name().starts_with("sdk-boto3/")).collect();
    assert_eq!(cases.len(), 12);
    for case in cases {
        if let Err(difference) = check(case) {
            panic!("{}: {difference}", case.name());
        }
    }
}
