//! What a key may do: objects under its prefix, and only the operations that are forwarded.

use presign::Method;
use presign::s3::{
    AbortMultipartUpload, CompleteMultipartUpload, CompletedPart, CopyObject, CopySource, CreateBucket,
    CreateMultipartUpload, DeleteBucket, DeleteObject, DeleteObjects, GetObject, GetObjectTagging, HeadBucket,
    HeadObject, ListBuckets, ListMultipartUploads, ListObjectVersions, ListObjectsV2, ListParts, ObjectIdentifier,
    Operation, PutObject, PutObjectTagging, S3Request, UploadPart, UploadPartCopy,
};

use crate::client::{object, signer, target};
use crate::server::{Answer, BUCKET, MINUTE, Server, alice};

const DENIED: (u16, &str) = (403, "AccessDenied");

fn as_alice(server: &Server, operation: impl Operation) -> Answer {
    server.call(&server.alice(), operation, b"")
}

fn server() -> Server {
    let server = Server::on_disk();
    for key in ["users/alice/a.txt", "users/bob/b.txt", "users/alice2/c.txt"] {
        assert_eq!(server.call(&server.presigner(), PutObject::new(key), key.as_bytes()).status(), 200);
    }
    server
}

#[test]
fn objects_are_under_the_prefix() {
    let server = server();
    assert_eq!(as_alice(&server, GetObject::new("users/alice/a.txt")).body(), b"users/alice/a.txt");
    assert_eq!(as_alice(&server, HeadObject::new("users/alice/a.txt")).status(), 200);
    assert_eq!(as_alice(&server, PutObject::new("users/alice/new.txt")).status(), 200);
    assert_eq!(as_alice(&server, DeleteObject::new("users/alice/new.txt")).status(), 204);
    for key in
        ["users/bob/b.txt", "users/alice2/c.txt", "users/alice", "users/", "a", "/users/alice/a.txt", "Users/alice/a"]
    {
        assert_eq!(as_alice(&server, GetObject::new(key)).refusal(), DENIED, "{key}");
        assert_eq!(as_alice(&server, HeadObject::new(key)).status(), 403, "{key}");
        assert_eq!(as_alice(&server, PutObject::new(key)).refusal(), DENIED, "{key}");
        assert_eq!(as_alice(&server, DeleteObject::new(key)).refusal(), DENIED, "{key}");
    }
    let other_bucket = server.alice().with_bucket("other-bucket").unwrap();
    assert_eq!(server.call(&other_bucket, GetObject::new("users/alice/a.txt"), ()).refusal(), DENIED);
}

#[test]
fn paths_with_dot_segments_are_refused() {
    let server = server();
    for key in
        ["users/alice/../bob/b.txt", "users/alice/./a.txt", "users/alice/..", "users/alice/x/../../bob/b.txt", ".."]
    {
        let get = server.presigner().presign(GetObject::new(key).allow_dot_segments(), MINUTE).unwrap();
        // No client of the tests sends them as they are.
        let request = format!(
            "GET {} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
            target(&server, get.url()),
            server.address()
        );
        assert_eq!(crate::client::raw(&server, &request), (403, "AccessDenied".into()), "{key}");
    }
    // Dots in other places do not make a segment of dots.
    for key in ["users/alice/..a", "users/alice/a..b/.c"] {
        assert_eq!(as_alice(&server, PutObject::new(key)).status(), 200, "{key}");
    }
}

#[test]
fn listings_are_under_the_prefix() {
    let server = server();
    let list = |prefix: &str| as_alice(&server, ListObjectsV2::new().prefix(prefix));
    let listed = list("users/alice/");
    assert_eq!((listed.status(), listed.element("Key")), (200, Some("users/alice/a.txt")));
    assert!(!String::from_utf8_lossy(listed.body()).contains("bob"));
    assert_eq!(list("users/alice/deeper/").status(), 200);
    for prefix in ["", "users/", "users/alice", "users/bob/", "users/alice/../bob/"] {
        assert_eq!(list(prefix).refusal(), DENIED, "{prefix}");
    }
    assert_eq!(as_alice(&server, ListObjectsV2::new()).refusal(), DENIED);
    // The first version of the operation.
    let first = S3Request::new(Method::Get).query("prefix", "users/alice/").query("marker", "users/alice/0");
    assert_eq!(as_alice(&server, first).status(), 200);
    // Which of two would the store take?
    for other in ["users/bob/", "users/alice/z"] {
        let two = S3Request::new(Method::Get).query("prefix", "users/alice/").query("prefix", other);
        assert_eq!(as_alice(&server, two).refusal(), DENIED);
    }
    let two = S3Request::new(Method::Get).query("prefix", "users/alice/").query("Prefix", "users/bob/");
    assert_eq!(as_alice(&server, two).refusal(), DENIED);
}

#[test]
fn copies_are_from_under_the_prefix() {
    let server = server();
    let copy = |source: CopySource| as_alice(&server, CopyObject::new("users/alice/copy.txt", source)).0;
    let source = |bucket: &str, key: &str| CopySource::new(bucket, key).unwrap();
    assert_eq!(copy(source(BUCKET, "users/alice/a.txt")).status(), 200);
    for (bucket, key) in
        [(BUCKET, "users/bob/b.txt"), (BUCKET, "users/alice2/c.txt"), ("other-bucket", "users/alice/a.txt")]
    {
        let answer = Answer(copy(source(bucket, key)));
        assert_eq!(answer.refusal(), DENIED, "{bucket}/{key}");
    }
    // As other clients write it.
    for (value, status) in [
        ("round-trip/users/alice/a.txt", 200),
        ("/round-trip/users%2Falice%2Fa.txt", 200),
        ("/round-trip/users/alice/..%2Fbob%2Fb.txt", 403),
        ("/round-trip/users/alice/../bob/b.txt", 403),
        ("/round-trip/users/bob/b.txt?versionId=users/alice/", 403),
        ("//round-trip/users/alice/a.txt", 403),
        ("arn:aws:s3:us-east-1:1:accesspoint/round-trip/object/users/alice/a.txt", 403),
        ("round-trip", 403),
        ("", 403),
    ] {
        let copy = S3Request::new(Method::Put).key("users/alice/copy2.txt").header("x-amz-copy-source", value);
        assert_eq!(as_alice(&server, copy).status(), status, "{value}");
        // A source in the query is not looked at, so it is refused.
        let copy = S3Request::new(Method::Put).key("users/alice/copy2.txt").query("x-amz-copy-source", value);
        assert_eq!(as_alice(&server, copy).refusal(), DENIED, "{value}");
    }
    // From elsewhere to elsewhere, with the source under the prefix.
    let out = CopyObject::new("users/bob/copy.txt", source(BUCKET, "users/alice/a.txt"));
    assert_eq!(as_alice(&server, out).refusal(), DENIED);
    let part = UploadPartCopy::new("users/alice/x", "id", 1, source(BUCKET, "users/bob/b.txt"));
    assert_eq!(as_alice(&server, part).refusal(), DENIED);
}

#[test]
fn an_upload_in_parts() {
    let server = server();
    let created = as_alice(&server, CreateMultipartUpload::new("users/alice/large"));
    let id = created.element("UploadId").unwrap();
    let part = server.call(&server.alice(), UploadPart::new("users/alice/large", id, 1), b"part");
    let e_tag = part.header("etag").unwrap();
    assert_eq!(as_alice(&server, ListParts::new("users/alice/large", id)).status(), 200);
    let body = CompleteMultipartUpload::body([CompletedPart::new(1, e_tag)]).unwrap();
    let complete = CompleteMultipartUpload::new("users/alice/large", id);
    assert_eq!(server.call(&server.alice(), complete, body.as_bytes()).status(), 200);
    assert_eq!(as_alice(&server, GetObject::new("users/alice/large")).body(), b"part");

    assert_eq!(as_alice(&server, CreateMultipartUpload::new("users/bob/large")).refusal(), DENIED);
    assert_eq!(as_alice(&server, UploadPart::new("users/bob/large", id, 1)).refusal(), DENIED);
    assert_eq!(as_alice(&server, AbortMultipartUpload::new("users/bob/large", id)).refusal(), DENIED);
}

#[test]
fn other_operations_are_refused() {
    let server = server();
    let body = DeleteObjects::body([ObjectIdentifier::new("users/alice/a.txt")]).unwrap();
    assert_eq!(server.call(&server.alice(), DeleteObjects::new(), body.as_bytes()).refusal(), DENIED);
    assert_eq!(as_alice(&server, ListBuckets::new()).refusal(), DENIED);
    assert_eq!(as_alice(&server, CreateBucket::new()).refusal(), DENIED);
    assert_eq!(as_alice(&server, DeleteBucket::new()).refusal(), DENIED);
    assert_eq!(as_alice(&server, HeadBucket::new()).status(), 403);
    assert_eq!(as_alice(&server, ListObjectVersions::new().prefix("users/alice/")).refusal(), DENIED);
    assert_eq!(as_alice(&server, ListMultipartUploads::new().prefix("users/alice/")).refusal(), DENIED);
    assert_eq!(as_alice(&server, GetObjectTagging::new("users/alice/a.txt")).refusal(), DENIED);
    assert_eq!(as_alice(&server, PutObjectTagging::new("users/alice/a.txt")).refusal(), DENIED);
    for subresource in ["acl", "policy", "cors", "lifecycle", "website", "logging", "torrent", "legal-hold", "restore"]
    {
        for key in [None, Some("users/alice/a.txt")] {
            for method in [Method::Get, Method::Put, Method::Post, Method::Delete] {
                let request = S3Request::new(method).query("prefix", "users/alice/").query(subresource, "");
                let request = key.into_iter().fold(request, S3Request::key);
                assert_eq!(as_alice(&server, request).refusal(), DENIED, "{method} {subresource}");
            }
        }
    }
    for method in [Method::Patch, Method::Options] {
        assert_eq!(as_alice(&server, S3Request::new(method).key("users/alice/a.txt")).refusal(), DENIED, "{method}");
    }
}

#[test]
fn an_authorized_request_has_the_same_limits() {
    let server = server();
    let get = |key: &str| {
        let signed = signer(alice()).authorize(&object(&server, Method::Get, key)).unwrap();
        server.send(signed.to_http(()).unwrap())
    };
    assert_eq!(get("users/alice/a.txt").body(), b"users/alice/a.txt");
    assert_eq!(get("users/bob/b.txt").refusal(), DENIED);
    let list = |prefix: &str| {
        object(&server, Method::Get, "").raw_path(format!("/{BUCKET}")).query("prefix", prefix.to_owned())
    };
    let send = |request: &presign::sigv4::Request<'_>| {
        server.send(signer(alice()).authorize(request).unwrap().to_http(()).unwrap()).status()
    };
    assert_eq!((send(&list("users/alice/")), send(&list("users/"))), (200, 403));
}
