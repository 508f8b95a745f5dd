//! A large upload in parts: start it, sign every part, complete it, or give it up.
//!
//! `cargo run --example multipart`

use std::time::Duration;

use presign::s3::{AbortMultipartUpload, CompleteMultipartUpload, CompletedPart, CreateMultipartUpload, MultipartPlan};
use presign::{Credentials, Presigner, Timestamp};

const KEY: &str = "videos/42.mp4";
const HOUR: Duration = Duration::from_secs(3_600);

fn main() -> Result<(), presign::Error> {
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
        .region("eu-west-1")
        .bucket("user-media")
        .build()?;
    let now: Timestamp = "20240315T081530Z".parse()?;

    let create = presigner.presign_at(CreateMultipartUpload::new(KEY).content_type("video/mp4"), HOUR, now)?;
    println!("start: {} {}\n", create.method(), create.url());
    let upload_id = "VXBsb2FkIElE"; // `<UploadId>` of the answer

    let plan = MultipartPlan::new(20_000_000)?;
    let mut ranges = Vec::new();
    for item in presigner.upload_parts_at(KEY, upload_id, &plan, HOUR, now) {
        let (part, put) = item?;
        println!("bytes {:?}: {} {}", part.range(), put.method(), put.url());
        ranges.push(part.range());
    }

    // In the order of the parts, whatever was uploaded first: the `ETag` of each answer.
    let e_tags = ["\"7fc56270e7a70fa8\"", "\"9d5ed678fe57bcca\"", "\"e358efa489f58062\""];
    let body = CompleteMultipartUpload::body((1..).zip(e_tags).map(|(number, tag)| CompletedPart::new(number, tag)))?;
    let complete = presigner.presign_at(CompleteMultipartUpload::new(KEY, upload_id), HOUR, now)?;
    println!("\ncomplete: {} {}\n{body}", complete.method(), complete.url());

    // Parts of an upload that is neither completed nor given up cost money.
    let abort = presigner.presign_at(AbortMultipartUpload::new(KEY, upload_id), HOUR, now)?;
    println!("\ngive up: {} {}", abort.method(), abort.url());

    assert_eq!(ranges, [0..8_388_608, 8_388_608..16_777_216, 16_777_216..20_000_000]);
    assert_eq!(body.matches("<Part>").count(), ranges.len());
    Ok(())
}
