//! Every key that S3 permits works, whatever a file system makes of it.

use presign::s3::{
    CompleteMultipartUpload, CompletedPart, CopyObject, CopySource, CreateMultipartUpload, DeleteObject, DeleteObjects,
    HeadObject, ListObjectsV2, ListParts, ObjectIdentifier, PostPolicy, PutObject, UploadPart, UploadPartCopy,
};
use ureq::http::Request;

use crate::server::{BUCKET, MINUTE, Response, Server};

/// Keys that differ in their lengths, all of them in one segment, and keys that paths change or refuse.
fn keys() -> Vec<String> {
    let lengths = [1, 100, 140, 141, 142, 200, 255, 256, 300, 1_024].map(|length| "k".repeat(length));
    let others = [
        "grüße/日本語 🦀.txt",
        &"語".repeat(341),
        &"a/".repeat(512),
        "a//b",
        "/",
        "//",
        "/leading",
        "trailing/",
        "trailing",
        "file",
        "file/below",
        ".",
        "..",
        "./a",
        "../a",
        "a/../../../b",
        "a%2Fb & c+d",
        "Case",
        "case",
    ];
    lengths.into_iter().chain(others.map(str::to_owned)).collect()
}

fn post(server: &Server, key: &str, file: &[u8]) -> Response {
    let policy = PostPolicy::new(key).allow_dot_segments();
    let form = server.presigner().presign_post(&policy, MINUTE).unwrap();
    let body = form.multipart_body("a.txt", "text/plain", file).unwrap();
    let request = Request::post(form.url()).header("content-type", body.content_type());
    server.run(request.body(body.into_bytes()).unwrap())
}

/// s3s fails if a large piece of such a file follows one that ends with the start of a boundary.
#[test]
fn a_form_with_a_file_that_looks_like_a_boundary() {
    let server = Server::start();
    let file = vec![b'\r'; 200_000];
    assert_eq!(post(&server, "key", &file).status(), 204);
    assert_eq!(server.content("key").unwrap(), file);
}

/// All of them at once, so that no key can take the file of another.
#[test]
fn put_get_head_list_and_delete() {
    let server = Server::start();
    let mut keys = keys();
    for key in &keys {
        assert_eq!(server.content(key), None);
        server.put(key, format!("content of {key}").as_bytes());
    }
    for key in &keys {
        let content = format!("content of {key}");
        assert_eq!(server.content(key).as_deref(), Some(content.as_bytes()));
        let head = server.call(HeadObject::new(key).allow_dot_segments(), ());
        assert_eq!(head.header("content-length"), Some(&*content.len().to_string()), "{key}");
    }
    keys.sort_unstable();
    assert_eq!(server.call(ListObjectsV2::new(), ()).elements("Key"), keys);

    let (one_by_one, at_once) = keys.split_at(keys.len() / 2);
    for key in one_by_one {
        assert_eq!(server.call(DeleteObject::new(key).allow_dot_segments(), ()).status(), 204, "{key}");
    }
    assert_eq!(server.call(ListObjectsV2::new(), ()).elements("Key"), at_once);
    let body = DeleteObjects::body(at_once.iter().map(ObjectIdentifier::new)).unwrap();
    let deleted = server.call(DeleteObjects::new().header("content-type", "application/xml"), body.as_bytes());
    assert_eq!(deleted.elements("Key"), at_once, "{deleted:?}");
    assert_eq!(server.call(ListObjectsV2::new(), ()).elements("Key"), [""; 0]);
}

#[test]
fn forms() {
    let server = Server::start();
    for key in keys() {
        assert_eq!(post(&server, &key, key.as_bytes()).status(), 204, "{key}");
        assert_eq!(server.content(&key).as_deref(), Some(key.as_bytes()));
    }
}

#[test]
fn copies() {
    let server = Server::start();
    let keys = keys();
    for (from, to) in keys.iter().zip(keys.iter().skip(1)) {
        server.put(from, from.as_bytes());
        let copy = CopyObject::new(to, CopySource::new(BUCKET, from).unwrap()).allow_dot_segments();
        assert_eq!(server.call(copy, ()).status(), 200, "{from} to {to}");
        assert_eq!(server.content(to).as_deref(), Some(from.as_bytes()));
    }
}

#[test]
fn uploads_in_parts() {
    let server = Server::start();
    for key in keys() {
        server.put("source", b"0123456789");
        let create = CreateMultipartUpload::new(&key).content_type("video/mp4").allow_dot_segments();
        let created = server.call(create, ());
        assert_eq!(created.element("Key"), key);
        let upload_id = created.element("UploadId");

        let source = CopySource::new(BUCKET, "source").unwrap();
        let copy = UploadPartCopy::new(&key, &upload_id, 1, source).copy_source_range(2..5).allow_dot_segments();
        assert_eq!(server.call(copy, ()).status(), 200, "{key}");
        // Replaces that part.
        let part = server.call(UploadPart::new(&key, &upload_id, 1).allow_dot_segments(), key.as_bytes());
        let e_tag = part.header("etag").unwrap();
        let parts = server.call(ListParts::new(&key, &upload_id).allow_dot_segments(), ());
        assert_eq!((parts.element("Key"), &*parts.element("ETag")), (key.clone(), e_tag));

        let body = CompleteMultipartUpload::body([CompletedPart::new(1, e_tag)]).unwrap();
        let complete = CompleteMultipartUpload::new(&key, &upload_id).allow_dot_segments();
        let completed = server.call(complete, body.as_bytes());
        assert_eq!(completed.element("Key"), key, "{completed:?}");
        assert_eq!(server.content(&key).as_deref(), Some(key.as_bytes()));
        let head = server.call(HeadObject::new(&key).allow_dot_segments(), ());
        assert_eq!(head.header("content-type"), Some("video/mp4"));
    }
}

/// The names of files are hashes of keys, and those of other files begin with a dot. All of them are also keys.
#[test]
fn keys_that_are_names_of_files() {
    // SHA-256 of `victim`.
    let name = "1bdd5b5b92e2d9f30a3b223bb359551d0da20e3702923e5f7b0a73889eba3d21";
    let sidecar = "../.bucket-dXNlci1tZWRpYQ.object-a2V5.internal.json";
    let server = Server::start();
    let keys = ["victim", name, &format!("../{BUCKET}/{name}"), sidecar, "key"];
    for key in keys {
        server.put(key, key.as_bytes());
    }
    for key in keys {
        assert_eq!(server.content(key).as_deref(), Some(key.as_bytes()));
        assert_eq!(server.call(DeleteObject::new(key).allow_dot_segments(), ()).status(), 204);
        assert_eq!(server.content(key), None);
    }
}

#[test]
fn keys_that_s3_does_not_permit() {
    let server = Server::start();
    let form = server.presigner().presign_post(&PostPolicy::with_key_prefix(""), MINUTE).unwrap();
    for (key, code) in [("k".repeat(1_025), "KeyTooLongError"), (String::new(), "UserKeyMustBeSpecified")] {
        let fields = form.fields().map(|(name, value)| (name, if name == "key" { &*key } else { value }));
        let body = presign::s3::MultipartBody::new(fields, "a.txt", "text/plain", b"").unwrap();
        let request = Request::post(form.url()).header("content-type", body.content_type());
        assert_eq!(server.run(request.body(body.into_bytes()).unwrap()).error(), (400, code));
    }
}

#[test]
fn an_unknown_bucket_is_not_created() {
    let server = Server::start();
    let presigner = server.presigner().with_bucket("another").unwrap();
    let put = presigner.presign(PutObject::new("key"), MINUTE).unwrap();
    assert_eq!(server.send(&put, b"").error(), (404, "NoSuchBucket"));
    let create = presigner.presign(CreateMultipartUpload::new("key"), MINUTE).unwrap();
    assert_eq!(server.send(&create, ()).error(), (404, "NoSuchBucket"));
}

#[test]
fn an_upload_with_a_wrong_checksum_is_not_stored() {
    let server = Server::start();
    // The MD5 of no content.
    let put = PutObject::new("key").header("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==");
    assert_eq!(server.call(put.clone(), b"content").error(), (400, "BadDigest"));
    assert_eq!(server.content("key"), None);
    assert_eq!(server.call(put, b"").status(), 200);
}
