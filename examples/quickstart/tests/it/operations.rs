//! Every operation at a store that verifies signatures with code of its own.
//!
//! The store on disk does most of them. What it lacks, it refuses by name, which it does after it has verified the
//! signature.

use embedded_store::EmbeddedStore;
use presign::Presigner;
use presign::Timestamp;
use presign::s3::{
    AbortMultipartUpload, Checksum, ChecksumAlgorithm, ChecksumMode, CompleteMultipartUpload, CompletedPart,
    CopyObject, CopySource, CreateBucket, CreateMultipartUpload, DeleteBucket, DeleteObject, DeleteObjects,
    EncodingType, GetObject, GetObjectAttributes, GetObjectTagging, HeadBucket, HeadObject, ListMultipartUploads,
    ListObjectVersions, ListObjectsV2, ListParts, MetadataDirective, MultipartPlan, ObjectAttributes, ObjectIdentifier,
    Operation, PutObject, PutObjectTagging, RestoreObject, SseCustomerKey, UploadPart, UploadPartCopy,
};
use quickstart::{agent, send};
use ureq::{Agent, AsSendBody};

use crate::server::{Answer, MINUTE, credentials};

const BUCKET: &str = "operations";
const MIB: usize = 1 << 20;

struct Disk {
    store: EmbeddedStore,
    agent: Agent,
}

impl Disk {
    fn start() -> Self {
        Self { store: EmbeddedStore::on_disk(&[BUCKET]).unwrap(), agent: agent(None) }
    }

    fn presigner(&self) -> Presigner {
        Presigner::builder()
            .credentials(credentials())
            .region(EmbeddedStore::REGION)
            .endpoint(self.store.endpoint())
            .bucket(BUCKET)
            .build()
            .unwrap()
    }

    fn call(&self, operation: impl Operation, body: impl AsSendBody) -> Answer {
        self.call_in(&self.presigner(), operation, body)
    }

    fn call_in(&self, presigner: &Presigner, operation: impl Operation, body: impl AsSendBody) -> Answer {
        let signed = presigner.presign(operation, MINUTE).unwrap();
        Answer(send(&self.agent, signed.to_http(body).unwrap()).unwrap())
    }

    fn put(&self, key: &str, body: &[u8]) {
        assert_eq!(self.call(PutObject::new(key), body).status(), 200);
    }

    fn content(&self, key: &str) -> Option<Vec<u8>> {
        let answer = self.call(GetObject::new(key), ());
        (answer.status() == 200).then(|| answer.body().to_vec())
    }

    fn create_upload(&self, key: &str) -> String {
        let created = self.call(CreateMultipartUpload::new(key).content_type("video/mp4"), ());
        assert_eq!(created.status(), 200, "{created:?}");
        element(&created, "UploadId").expect("an upload id").to_owned()
    }
}

/// The text of the first element of this name.
fn element<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    elements(answer, name).into_iter().next()
}

fn elements<'a>(answer: &'a Answer, name: &str) -> Vec<&'a str> {
    let body = str::from_utf8(answer.body()).unwrap();
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    body.split(&start).skip(1).filter_map(|rest| rest.split_once(&end)).map(|(text, _)| text).collect()
}

#[test]
fn an_upload_in_parts() {
    let disk = Disk::start();
    let (key, object) = ("videos/a b+ü.mp4", vec![b'x'; 11 * MIB + 3]);
    let upload_id = disk.create_upload(key);
    let plan = MultipartPlan::with_part_size(object.len() as u64, 5 * MIB as u64).unwrap();
    assert_eq!(plan.part_count(), 3);

    let presigner = disk.presigner();
    let mut completed = Vec::new();
    for item in presigner.upload_parts_at(key, &upload_id, &plan, MINUTE, Timestamp::now().unwrap()) {
        let (part, signed) = item.unwrap();
        let range = usize::try_from(part.range().start).unwrap()..usize::try_from(part.range().end).unwrap();
        let answer = Answer(send(&disk.agent, signed.to_http(&object[range]).unwrap()).unwrap());
        assert_eq!(answer.status(), 200, "{answer:?}");
        completed.push(CompletedPart::new(part.part_number(), answer.header("etag").unwrap().to_owned()));
    }

    let parts = disk.call(ListParts::new(key, &upload_id).max_parts(1_000), ());
    assert_eq!(parts.status(), 200, "{parts:?}");
    let mut numbers = elements(&parts, "PartNumber");
    numbers.sort_unstable();
    assert_eq!(numbers, ["1", "2", "3"]);

    let body = CompleteMultipartUpload::body(completed).unwrap();
    let answer = disk.call(CompleteMultipartUpload::new(key, &upload_id).if_none_match("*"), body.as_bytes());
    assert_eq!(answer.status(), 200, "{answer:?}");
    assert!(element(&answer, "ETag").is_some(), "{answer:?}");
    assert_eq!(disk.content(key), Some(object));
}

/// The store enforces what the plan promises: a part of another length is not what was signed.
#[test]
fn a_part_of_another_length_is_refused() {
    let disk = Disk::start();
    let upload_id = disk.create_upload("k");
    let part = UploadPart::new("k", &*upload_id, 1).content_length(5);
    let signed = disk.presigner().presign(part, MINUTE).unwrap();
    let mut request = signed.to_http(b"123456").unwrap();
    request.headers_mut().remove("content-length");
    let answer = Answer(send(&disk.agent, request).unwrap());
    assert_eq!(answer.refusal(), (403, "SignatureDoesNotMatch"));
}

#[test]
fn an_object_without_a_byte_is_one_part() {
    let disk = Disk::start();
    let upload_id = disk.create_upload("empty");
    let plan = MultipartPlan::new(0).unwrap();
    let presigner = disk.presigner();
    let mut parts = presigner.upload_parts_at("empty", &*upload_id, &plan, MINUTE, Timestamp::now().unwrap());
    let (_, signed) = parts.next().unwrap().unwrap();
    let answer = Answer(send(&disk.agent, signed.to_http(()).unwrap()).unwrap());
    assert_eq!(answer.status(), 200, "{answer:?}");
    let body = CompleteMultipartUpload::body([CompletedPart::new(1, answer.header("etag").unwrap())]).unwrap();
    assert_eq!(disk.call(CompleteMultipartUpload::new("empty", &*upload_id), body.as_bytes()).status(), 200);
    assert_eq!(disk.content("empty"), Some(Vec::new()));
}

#[test]
fn an_upload_that_is_aborted() {
    let disk = Disk::start();
    let upload_id = disk.create_upload("k");
    assert_eq!(disk.call(UploadPart::new("k", &*upload_id, 1), b"part").status(), 200);
    assert_eq!(disk.call(AbortMultipartUpload::new("k", &*upload_id), ()).status(), 204);
    let again = disk.call(UploadPart::new("k", &*upload_id, 1), b"part");
    assert_eq!(again.refusal(), (404, "NoSuchUpload"), "the upload is gone");
    assert_eq!(disk.content("k"), None);
}

#[test]
fn a_part_that_is_copied() {
    let disk = Disk::start();
    disk.put("from/a b+ü.txt", b"0123456789");
    let upload_id = disk.create_upload("to");
    let source = CopySource::new(BUCKET, "from/a b+ü.txt").unwrap();
    let copied = disk.call(UploadPartCopy::new("to", &*upload_id, 1, source).copy_source_range(2..5), ());
    assert_eq!(copied.status(), 200, "{copied:?}");
    let e_tag = element(&copied, "ETag").expect("an entity tag").replace("&quot;", "\"");
    let body = CompleteMultipartUpload::body([CompletedPart::new(1, e_tag)]).unwrap();
    let answer = disk.call(CompleteMultipartUpload::new("to", &*upload_id), body.as_bytes());
    assert_eq!(answer.status(), 200, "{answer:?}");
    assert_eq!(disk.content("to").as_deref(), Some(&b"234"[..]));
}

#[test]
fn copies() {
    let disk = Disk::start();
    for key in ["plain", "a b", "a+b", "100%", "%2F", "ü/日本", "a?versionId=1", "a#b&c=d", "'()*!", "a:b@c"] {
        disk.put(key, key.as_bytes());
        let source = CopySource::new(BUCKET, key).unwrap();
        let copy =
            CopyObject::new("copy", source).metadata_directive(MetadataDirective::Replace).metadata("from", "a b");
        let answer = disk.call(copy, ());
        assert_eq!(answer.status(), 200, "{key}: {answer:?}");
        assert_eq!(disk.content("copy").as_deref(), Some(key.as_bytes()), "{key}");
    }
    let gone = CopyObject::new("copy", CopySource::new(BUCKET, "none").unwrap());
    assert_eq!(disk.call(gone, ()).refusal(), (404, "NoSuchKey"));
}

#[test]
fn listing() {
    let disk = Disk::start();
    for key in ["a/1", "a/2", "b c+ü/3", "d"] {
        disk.put(key, b"");
    }
    let all = disk.call(ListObjectsV2::new(), ());
    assert_eq!(elements(&all, "Key"), ["a/1", "a/2", "b c+ü/3", "d"]);
    let some = disk.call(ListObjectsV2::new().prefix("b c+ü/").max_keys(10), ());
    assert_eq!(elements(&some, "Key"), ["b c+ü/3"]);
    let folders = disk.call(ListObjectsV2::new().delimiter("/").encoding_type(EncodingType::Url).fetch_owner(true), ());
    assert_eq!((folders.status(), elements(&folders, "CommonPrefixes").len()), (200, 2), "{folders:?}");
    let rest = disk.call(ListObjectsV2::new().start_after("a/2"), ());
    assert_eq!(elements(&rest, "Key"), ["b c+ü/3", "d"]);
}

#[test]
fn deleting_many() {
    let disk = Disk::start();
    let keys = ["a&b", "<Key>", "\"'", "ü"];
    for key in keys.into_iter().chain(["kept"]) {
        disk.put(key, b"");
    }
    let body = DeleteObjects::body(keys.map(ObjectIdentifier::new)).unwrap();
    let answer = disk.call(DeleteObjects::new().header("content-type", "application/xml"), body.as_bytes());
    assert_eq!(answer.status(), 200, "{answer:?}");
    assert_eq!(elements(&disk.call(ListObjectsV2::new(), ()), "Key"), ["kept"]);
    assert_eq!(disk.call(DeleteObject::new("kept"), ()).status(), 204);
}

#[test]
fn buckets() {
    let disk = Disk::start();
    let presigner = disk.presigner().with_bucket("another").unwrap();
    assert_eq!(disk.call_in(&presigner, HeadBucket::new(), ()).status(), 404);
    assert_eq!(disk.call_in(&presigner, CreateBucket::new(), ()).status(), 200);
    assert_eq!(disk.call_in(&presigner, HeadBucket::new(), ()).status(), 200);
    assert_eq!(disk.call_in(&presigner, DeleteBucket::new(), ()).status(), 204);
    assert_eq!(disk.call_in(&presigner, HeadBucket::new(), ()).status(), 404);
}

#[test]
fn ranges() {
    let disk = Disk::start();
    disk.put("k", b"0123456789");
    for (get, expected) in [
        (GetObject::new("k").range(2..5), &b"234"[..]),
        (GetObject::new("k").range(8..), b"89"),
        (GetObject::new("k").range(..=1), b"01"),
        (GetObject::new("k").range_suffix(3), b"789"),
    ] {
        let answer = disk.call(get, ());
        assert_eq!((answer.status(), answer.body()), (206, expected));
    }
}

/// The store knows conditions where it writes; where it reads, it only takes their headers.
#[test]
fn conditions() {
    let disk = Disk::start();
    disk.put("k", b"0123456789");
    let head = disk.call(HeadObject::new("k").checksum_mode(ChecksumMode::Enabled), ());
    let e_tag = head.header("etag").unwrap();
    let (past, future) = ("20000101T000000Z".parse().unwrap(), "21000101T000000Z".parse().unwrap());
    let copy = || CopyObject::new("copy", CopySource::new(BUCKET, "k").unwrap());
    for (copy, status) in [
        (copy().copy_source_if_match(e_tag), 200),
        (copy().copy_source_if_match("\"other\""), 412),
        (copy().copy_source_if_none_match(e_tag), 412),
        (copy().copy_source_if_modified_since(past), 200),
        (copy().copy_source_if_modified_since(future), 412),
        (copy().copy_source_if_unmodified_since(past), 412),
        (copy().copy_source_if_unmodified_since(future), 200),
    ] {
        let answer = disk.call(copy, ());
        assert_eq!(answer.status(), status, "{answer:?}");
    }
    for (put, status) in [
        (PutObject::new("k").if_none_match("*"), 412),
        (PutObject::new("k").if_match("\"other\""), 412),
        (PutObject::new("k").if_match(e_tag), 200),
        (PutObject::new("new").if_none_match("*"), 200),
    ] {
        assert_eq!(disk.call(put, b"").status(), status);
    }
    let get = GetObject::new("k").if_match("\"a\"").if_modified_since(past).if_unmodified_since(future);
    assert_eq!(disk.call(get, ()).status(), 200);
}

/// What s3s-fs 0.14.1 lacks, with what it answers. None of it is about the signature.
#[test]
fn what_the_store_lacks() {
    let disk = Disk::start();
    disk.put("k", b"content");
    let tags = PutObjectTagging::body([("project", "R&D")]).unwrap();
    let restore = "<RestoreRequest><Days>1</Days></RestoreRequest>";
    let not_implemented = (501, "NotImplemented");
    for (answer, expected) in [
        (disk.call(GetObjectTagging::new("k"), ()), not_implemented),
        (disk.call(PutObjectTagging::new("k").checksum(Checksum::Crc32([0; 4])), tags.as_bytes()), not_implemented),
        (disk.call(GetObjectAttributes::new("k", [ObjectAttributes::ETag]), ()), not_implemented),
        (disk.call(RestoreObject::new("k").checksum_algorithm(ChecksumAlgorithm::Crc32), restore), not_implemented),
        (disk.call(ListMultipartUploads::new(), ()), not_implemented),
        (disk.call(ListObjectVersions::new(), ()), not_implemented),
    ] {
        assert_eq!(answer.refusal(), expected);
    }
    // It does not encrypt, but takes the request.
    let put = PutObject::new("encrypted").sse_customer_key(&SseCustomerKey::new(&[7; 32]));
    assert_eq!(disk.call(put, b"secret").status(), 200);
    let put = PutObject::new("tagged").tag("project", "R&D").server_side_encryption("AES256");
    assert_eq!(disk.call(put, b"").status(), 200);
}
