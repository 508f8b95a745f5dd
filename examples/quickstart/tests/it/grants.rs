//! A grant is good for its key, its type and its size, whichever of the two ways the store knows.

use embedded_store::EmbeddedStore;
use presign::Presigner;
use presign::s3::{MultipartBody, PostForms, Store, Upload, UploadGrant};
use ureq::http::Request;

use crate::server::{Answer, BUCKET, MINUTE, Server, credentials};

/// Sends what was granted, as a client that knows nothing else.
fn send(server: &Server, grant: &UploadGrant, content_type: &str, file: &[u8]) -> Answer {
    match grant {
        UploadGrant::Form(form) => {
            let replaced = |(name, value)| (name, if name == "Content-Type" { content_type } else { value });
            let body = MultipartBody::new(form.fields().map(replaced), "a.png", content_type, file).unwrap();
            let request = Request::post(form.url()).header("content-type", body.content_type());
            server.send(request.body(body.into_bytes()).unwrap())
        }
        UploadGrant::Request(signed) => {
            let mut request = signed.to_http(file).unwrap();
            request.headers_mut().insert("content-type", content_type.parse().unwrap());
            request.headers_mut().remove("content-length");
            server.send(request)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn both_ways_take_the_file_and_no_other() {
    let server = Server::start();
    for (post_forms, key, refused) in [
        (PostForms::Supported, "form/ä b+c.png", [(400, "EntityTooLarge"), (400, "InvalidPolicyDocument")]),
        (PostForms::NotSupported, "put/ä b+c.png", [(403, "SignatureDoesNotMatch"), (403, "SignatureDoesNotMatch")]),
    ] {
        let presigner = Presigner::builder()
            .store(Store::custom("embedded").with_post_forms(post_forms))
            .endpoint(server.endpoint())
            .region(EmbeddedStore::REGION)
            .credentials(credentials())
            .bucket(BUCKET)
            .build()
            .unwrap();
        let grant = presigner.grant_upload(&Upload::new(key, "image/png", 100).size(4), MINUTE).unwrap();
        assert_eq!(send(&server, &grant, "image/png", b"12345").refusal(), refused[0]);
        assert_eq!(send(&server, &grant, "text/html", b"1234").refusal(), refused[1]);
        assert!(server.memory.object(BUCKET, key).is_none());
        let answer = send(&server, &grant, "image/png", b"1234");
        assert!((200..300).contains(&answer.status()), "{answer:?}");
        let object = server.memory.object(BUCKET, key).unwrap();
        assert_eq!((&*object.body, object.content_type.as_deref()), (&b"1234"[..], Some("image/png")));
    }
}
