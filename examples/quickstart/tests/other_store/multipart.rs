//! An upload in parts, each with its own URL.

use presign::Timestamp;
use presign::s3::{
    AbortMultipartUpload, CompleteMultipartUpload, CompletedPart, CreateMultipartUpload, ListParts, MultipartPlan,
    UploadPart,
};

use crate::store::{MINUTE, Store};

const MIB: usize = 1 << 20;

fn create(store: &Store, key: &str) -> String {
    let created = store.call(CreateMultipartUpload::new(key).content_type("video/mp4"), ());
    assert!(created.is_success(), "{created:?}");
    created.element("UploadId").unwrap().to_owned()
}

#[test]
#[ignore = "needs a store: run .ci/other-stores"]
fn an_upload_in_parts() {
    let store = Store::from_env();
    let (key, object) = ("videos/a b+ü.mp4", vec![b'x'; 11 * MIB + 3]);
    let upload_id = create(&store, key);
    let plan = MultipartPlan::with_part_size(object.len() as u64, 5 * MIB as u64).unwrap();
    let mut completed = Vec::new();
    for item in store.presigner.upload_parts_at(key, &upload_id, &plan, MINUTE, Timestamp::now().unwrap()) {
        let (part, signed) = item.unwrap();
        let range = usize::try_from(part.range().start).unwrap()..usize::try_from(part.range().end).unwrap();
        let answer = store.send(signed.to_http(&object[range]).unwrap());
        assert!(answer.is_success(), "{answer:?}");
        completed.push(CompletedPart::new(part.part_number(), answer.header("etag").unwrap().to_owned()));
    }
    assert_eq!(completed.len(), 3);
    let parts = store.call(ListParts::new(key, &upload_id), ());
    assert!(parts.is_success() && parts.element("PartNumber") == Some("1"), "{parts:?}");

    let body = CompleteMultipartUpload::body(completed).unwrap();
    let answer = store.call(CompleteMultipartUpload::new(key, &upload_id), body.as_bytes());
    assert!(answer.is_success() && answer.element("ETag").is_some(), "{answer:?}");
    let stored = store.get(key).unwrap();
    assert!(stored.body() == object);
    assert_eq!(stored.header("content-type"), Some("video/mp4"));
}

#[test]
#[ignore = "needs a store: run .ci/other-stores"]
fn an_upload_that_is_aborted() {
    let store = Store::from_env();
    let upload_id = create(&store, "aborted");
    assert!(store.call(UploadPart::new("aborted", &*upload_id, 1), b"part").is_success());
    assert!(store.call(AbortMultipartUpload::new("aborted", &*upload_id), ()).is_success());
    assert_eq!(store.call(UploadPart::new("aborted", &*upload_id, 1), b"part").status(), 404);
    assert!(store.get("aborted").is_none());
}
