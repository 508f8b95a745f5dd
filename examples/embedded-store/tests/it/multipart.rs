//! Uploads in parts: what a client may do in which order, and what the responses contain.

use presign::s3::{
    AbortMultipartUpload, CompleteMultipartUpload, CompletedPart, CopySource, CreateMultipartUpload, ListParts,
    UploadPart, UploadPartCopy,
};

use crate::server::{BUCKET, Response, Server};

const MIB: usize = 1 << 20;
const NO_SUCH_UPLOAD: (u16, &str) = (404, "NoSuchUpload");

fn create(server: &Server, key: &str) -> String {
    server.call(CreateMultipartUpload::new(key), ()).element("UploadId")
}

/// Uploads a part and returns its entity tag.
fn upload(server: &Server, upload_id: &str, number: u32, body: &[u8]) -> String {
    let response = server.call(UploadPart::new("key", upload_id, number), body);
    response.header("etag").unwrap().to_owned()
}

fn complete(server: &Server, key: &str, upload_id: &str, parts: &[(u32, &str)]) -> Response {
    let parts = parts.iter().map(|&(number, e_tag)| CompletedPart::new(number, e_tag));
    let body = CompleteMultipartUpload::body(parts).unwrap();
    server.call(CompleteMultipartUpload::new(key, upload_id), body.as_bytes())
}

/// Every operation on an upload that does not exist, except its completion.
fn assert_no_upload(server: &Server, key: &str, upload_id: &str) {
    let source = CopySource::new(BUCKET, "source").unwrap();
    for (operation, response) in [
        ("upload", server.call(UploadPart::new(key, upload_id, 1), b"part")),
        ("copy", server.call(UploadPartCopy::new(key, upload_id, 1, source), ())),
        ("list", server.call(ListParts::new(key, upload_id), ())),
        ("abort", server.call(AbortMultipartUpload::new(key, upload_id), ())),
    ] {
        assert_eq!(response.error(), NO_SUCH_UPLOAD, "{operation}");
    }
}

fn assert_no_such_upload(server: &Server, key: &str, upload_id: &str) {
    assert_no_upload(server, key, upload_id);
    assert_eq!(complete(server, key, upload_id, &[(1, "\"e\"")]).error(), NO_SUCH_UPLOAD);
}

#[test]
fn uploads_that_do_not_exist() {
    let server = Server::start();
    server.put("source", b"content");
    assert_no_such_upload(&server, "key", "not-an-id");
    assert_no_such_upload(&server, "key", "67e55044-10b1-426f-9247-bb680e5fe0c8");

    let completed = create(&server, "key");
    let e_tag = upload(&server, &completed, 1, b"part");
    let response = complete(&server, "key", &completed, &[(1, &e_tag)]);
    assert_eq!(response.status(), 200);
    assert_no_upload(&server, "key", &completed);
    let again = complete(&server, "key", &completed, &[(1, &e_tag)]);
    assert_eq!((again.status(), again.element("ETag")), (200, response.element("ETag")), "as after a lost response");
    assert_eq!(complete(&server, "other", &completed, &[(1, &e_tag)]).error(), NO_SUCH_UPLOAD);

    let aborted = create(&server, "key");
    upload(&server, &aborted, 1, b"part");
    assert_eq!(server.call(AbortMultipartUpload::new("key", &aborted), ()).status(), 204);
    assert_no_such_upload(&server, "key", &aborted);

    // An id is valid only for its own key.
    let other = create(&server, "other");
    assert_no_such_upload(&server, "key", &other);
    assert_eq!(server.call(ListParts::new("other", &other), ()).status(), 200);
}

#[test]
fn the_response_to_completion() {
    let server = Server::start();
    let key = "videos/a b+ü//c";
    let upload_id = create(&server, key);
    let part = server.call(UploadPart::new(key, &upload_id, 1), b"part");
    let response = complete(&server, key, &upload_id, &[(1, part.header("etag").unwrap())]);
    let location = format!("{}/{BUCKET}/videos/a%20b%2B%C3%BC//c", server.store.endpoint());
    assert_eq!(response.element("Location"), location);
    assert_eq!((&*response.element("Bucket"), &*response.element("Key")), (BUCKET, key));
    assert!(response.element("ETag").ends_with("-1\""), "{response:?}");
}

#[test]
fn parts_are_listed_in_order_with_their_entity_tags() {
    let server = Server::start();
    let upload_id = create(&server, "key");
    let mut e_tags: Vec<_> =
        [12, 3, 1, 2].map(|number| (number, upload(&server, &upload_id, number, b"part"))).to_vec();
    e_tags.sort_unstable();
    // A part can be replaced.
    e_tags[1].1 = upload(&server, &upload_id, 2, b"another part");

    let parts = server.call(ListParts::new("key", &upload_id), ());
    assert_eq!(parts.elements("PartNumber"), ["1", "2", "3", "12"]);
    assert_eq!(parts.elements("ETag"), e_tags.iter().map(|(_, e_tag)| e_tag.as_str()).collect::<Vec<_>>());
    assert_eq!(parts.elements("Size"), ["4", "12", "4", "4"]);
    assert_eq!(parts.element("IsTruncated"), "false");

    let first = server.call(ListParts::new("key", &upload_id).max_parts(3), ());
    assert_eq!((first.elements("PartNumber").len(), &*first.element("IsTruncated")), (3, "true"));
    assert_eq!(first.element("NextPartNumberMarker"), "3");
    let rest = server.call(ListParts::new("key", &upload_id).max_parts(3).part_number_marker(3), ());
    assert_eq!((&*rest.element("PartNumber"), &*rest.element("IsTruncated")), ("12", "false"));
}

/// A client can correct its request, because the upload still exists.
#[test]
fn a_completion_that_is_refused_changes_nothing() {
    let server = Server::start();
    server.put("key", b"before");
    let upload_id = create(&server, "key");
    let first = upload(&server, &upload_id, 1, b"too small");
    let second = upload(&server, &upload_id, 2, b"second");
    let fourth = upload(&server, &upload_id, 4, b"fourth");
    for (parts, code) in [
        (&[(1, &*second)][..], "InvalidPart"),
        (&[(3, &second)], "InvalidPart"),
        (&[(1, &first), (2, &second)], "EntityTooSmall"),
    ] {
        assert_eq!(complete(&server, "key", &upload_id, parts).error(), (400, code), "{parts:?}");
        assert_eq!(server.content("key").as_deref(), Some(&b"before"[..]));
    }
    let large = vec![b'1'; 5 * MIB];
    let first = upload(&server, &upload_id, 1, &large);
    let gap = complete(&server, "key", &upload_id, &[(1, &first), (4, &fourth)]);
    assert_eq!(gap.error(), (400, "InvalidPartOrder"));
    let completed = complete(&server, "key", &upload_id, &[(1, &first), (2, &second)]);
    assert_eq!(completed.status(), 200, "{completed:?}");
    assert_eq!(server.content("key"), Some([&large[..], b"second"].concat()));
}
