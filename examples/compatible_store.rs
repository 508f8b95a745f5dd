//! Stores that are compatible with S3: one that the crate knows, and one that needs only an endpoint and a region.
//!
//! `cargo run --example compatible_store`

use std::time::Duration;

use presign::s3::{GetObject, Store};
use presign::{Credentials, Presigner, Timestamp};

fn main() -> Result<(), presign::Error> {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
    // `presign` takes the system's clock instead.
    let now: Timestamp = "20240315T081530Z".parse()?;
    let quarter = Duration::from_secs(15 * 60);

    // The store knows the host, the region to sign for and the limits; `Store::ALL` are all that there are.
    let r2 = Presigner::builder()
        .store(Store::CLOUDFLARE_R2)
        .account("0123456789abcdef0123456789abcdef")
        .credentials(credentials.clone())
        .bucket("user-media")
        .build()?;
    let at_r2 = r2.presign_at(GetObject::new("users/42/avatar.png"), quarter, now)?;
    println!("R2:\n{}\n", at_r2.url());

    // The host is signed: give the one that the client will use, not the one inside your network.
    let own = Presigner::builder()
        .endpoint("https://files.example.com:9000")
        .region("us-east-1")
        .credentials(credentials)
        .bucket("user-media")
        .build()?;
    let at_own = own.presign_at(GetObject::new("users/42/avatar.png"), quarter, now)?;
    println!("A store of your own:\n{}", at_own.url());

    let host = "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com";
    assert!(at_r2.url().starts_with(&format!("{host}/user-media/users/42/avatar.png?")));
    assert!(at_r2.url().contains("%2F20240315%2Fauto%2Fs3%2Faws4_request&"));
    assert!(at_own.url().starts_with("https://files.example.com:9000/user-media/users/42/avatar.png?"));
    // A mistake is found here, not by the store: R2 signs for no more than a week.
    let month = Duration::from_secs(30 * 24 * 60 * 60);
    assert!(matches!(r2.presign_at(GetObject::new("a.png"), month, now), Err(presign::Error::ExpiresTooLong { .. })));
    Ok(())
}
