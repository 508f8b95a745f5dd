//! A URL that uploads one object, and the headers that the client has to send with it.
//!
//! `cargo run --example put`

use std::time::Duration;

use presign::s3::PutObject;
use presign::{Credentials, Presigner};

fn main() -> Result<(), presign::Error> {
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
        .region("eu-west-1")
        .bucket("user-media")
        .build()?;

    // What is set here is signed: the store refuses another type, another size, and to write over an object.
    let upload = PutObject::new("users/42/Über mich.png")
        .content_type("image/png")
        .content_length(48_213)
        .if_none_match("*")
        .metadata("user", "42");
    // `presign` takes the system's clock instead.
    let put = presigner.presign_at(upload, Duration::from_secs(15 * 60), "20240315T081530Z".parse()?)?;

    println!("{} {}", put.method(), put.url());
    for (name, value) in put.headers() {
        println!("  {name}: {value}");
    }
    println!("works until {}", put.expires_at());

    // The key is plain text and is encoded once.
    assert!(put.url().starts_with("https://user-media.s3.eu-west-1.amazonaws.com/users/42/%C3%9Cber%20mich.png?"));
    // Each header that the client has to send is signed, as is the host.
    let signed = "&X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bif-none-match%3Bx-amz-meta-user&";
    assert!(put.url().contains(signed));
    assert_eq!(put.headers().len(), 4);
    assert_eq!(put.expires_at().to_string(), "2024-03-15T08:30:30Z");
    Ok(())
}
