//! `SignatureDoesNotMatch`: finds the line in which the request that arrived differs from the one that was signed.
//!
//! `cargo run --example explain`

use std::time::Duration;

use presign::s3::PutObject;
use presign::{Credentials, Presigner};

/// `<CanonicalRequest>` in the answer of the store, to a client that sent another type.
const AT_THE_STORE: &str = "\
PUT
/users/42/avatar.png
X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20240315%2Feu-west-1%2Fs3%2Faws4_request\
&X-Amz-Date=20240315T081530Z&X-Amz-Expires=900&X-Amz-SignedHeaders=content-type%3Bhost
content-type:application/octet-stream
host:user-media.s3.eu-west-1.amazonaws.com

content-type;host
UNSIGNED-PAYLOAD";

fn main() -> Result<(), presign::Error> {
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
        .region("eu-west-1")
        .bucket("user-media")
        .build()?;

    // The operation, the expiry and the instant of the URL: the last two stand in its query.
    let put = PutObject::new("users/42/avatar.png").content_type("image/png");
    let signed = presigner.explain_at(put, Duration::from_secs(900), "20240315T081530Z".parse()?)?;
    println!("{}\n\n{}\n", signed.canonical_request(), signed.string_to_sign());

    let mut differences = Vec::new();
    for (here, there) in signed.canonical_request().lines().zip(AT_THE_STORE.lines()) {
        if here != there {
            println!("signed:  {here}\narrived: {there}");
            differences.push(here);
        }
    }
    assert_eq!(differences, ["content-type:image/png"]);
    Ok(())
}
