//! The two URLs that most services need, made offline with the example credentials of the AWS documentation.
//!
//! `cargo run --example get_and_put`

use std::time::Duration;

use presign::s3::{GetObject, PutObject};
use presign::{Credentials, Presigner};

fn main() -> Result<(), presign::Error> {
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
        .region("eu-west-1")
        .bucket("user-media")
        .build()?;

    let put = presigner
        .presign(PutObject::new("users/42/avatar.png").content_type("image/png"), Duration::from_secs(15 * 60))?;
    println!("{} {}", put.method(), put.url());
    for (name, value) in put.headers() {
        println!("  {name}: {value}");
    }
    println!("  works until {}\n", put.expires_at());

    let get = presigner.presign(GetObject::new("users/42/avatar.png"), Duration::from_secs(60))?;
    println!("{} {}\n  works until {}", get.method(), get.url(), get.expires_at());
    Ok(())
}
