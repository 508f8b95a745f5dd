//! A link that reads one object: the example of the AWS documentation, with the signature that it has there.
//!
//! `cargo run --example get`

use std::time::Duration;

use presign::s3::{AddressingStyle, GetObject};
use presign::{Credentials, Presigner};

fn main() -> Result<(), presign::Error> {
    // AWS's example has a host without a region; otherwise `.bucket("examplebucket")` stands for the last two lines.
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
        .region("us-east-1")
        .endpoint("https://examplebucket.s3.amazonaws.com")
        .addressing_style(AddressingStyle::BucketEndpoint)
        .build()?;

    // `presign` takes the system's clock instead.
    let now = "20130524T000000Z".parse()?;
    let get = presigner.presign_at(GetObject::new("test.txt"), Duration::from_secs(24 * 60 * 60), now)?;
    println!("{} {}\nworks until {}", get.method(), get.url(), get.expires_at());

    // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    let documented = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    assert!(get.url().ends_with(&format!("&X-Amz-Signature={documented}")));
    Ok(())
}
