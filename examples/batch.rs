//! Many links at once, for a page that lists objects: what they have in common is done once.
//!
//! `cargo run --example batch`

use std::time::Duration;

use presign::s3::GetObject;
use presign::{Credentials, Presigner, Timestamp};

fn main() -> Result<(), presign::Error> {
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
        .region("eu-west-1")
        .bucket("user-media")
        .build()?;
    let now: Timestamp = "20240315T081530Z".parse()?;
    let quarter = Duration::from_secs(15 * 60);

    // `batch` takes the system's clock instead.
    let batch = presigner.batch_at(quarter, now)?;
    let mut url = String::new();
    for number in 1..=3 {
        let key = format!("photos/{number}.jpg");
        // One buffer for all; `batch.presign` returns a request with its method and headers.
        url.clear();
        batch.presign_into(&mut url, GetObject::new(&key))?;
        println!("{url}");

        // The URL is the same as one that is signed alone.
        assert_eq!(url, presigner.presign_at(GetObject::new(&key), quarter, now)?.url());
    }
    println!("all work until {}", batch.expires_at());
    assert_eq!(batch.expires_at().to_string(), "2024-03-15T08:30:30Z");
    Ok(())
}
