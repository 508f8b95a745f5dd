//! A session token is part of what is signed.

use presign::s3::{GetObject, PutObject};

use crate::server::{MINUTE, Server, credentials};

const KEY: &str = "folder/signed url.txt";
const BODY: &[u8] = b"what only the holder of the URL may read";

#[test]
fn the_session_token_is_signed() {
    let server = Server::start();
    assert_eq!(server.call(&server.presigner(), PutObject::new(KEY), BODY).status(), 200);
    let temporary = credentials().with_session_token("IQoJb3JpZ2luX2Vj/+==").unwrap();
    let get = server.presigner().with_credentials(temporary).presign(GetObject::new(KEY), MINUTE).unwrap();
    assert_eq!(server.send(get.to_http(()).unwrap()).body(), BODY);

    assert!(get.url().contains("X-Amz-Security-Token=IQoJb3JpZ2luX2Vj"));
    let other_token = get.url().replacen("IQoJ", "IQoK", 1);
    assert_eq!(server.send_to(&other_token, &get).refusal(), (403, "SignatureDoesNotMatch"));
}
