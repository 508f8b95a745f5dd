//! A form for browsers: the store limits the size of the file, and the name is the browser's.
//!
//! `cargo run --example post_form --features post`

use std::error::Error;
use std::time::Duration;

use presign::s3::{PostPolicy, PostPolicyDocument, PostPolicyError};
use presign::{Credentials, Presigner, Timestamp};

fn main() -> Result<(), Box<dyn Error>> {
    let presigner = Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
        .region("eu-west-1")
        .bucket("user-media")
        .build()?;

    let policy = PostPolicy::with_key_prefix("users/42/")
        .content_type_starts_with("image/", "image/png")
        .content_length_range(1..=5_000_000);
    // `presign_post` takes the system's clock instead.
    let now: Timestamp = "20240315T081530Z".parse()?;
    let post = presigner.presign_post_at(&policy, Duration::from_secs(15 * 60), now)?;
    // A page without a script; a script sends `post.fields()`, and behind them the file, to `post.url()`.
    println!("{}", post.to_html());

    // What the store would say to files, without a store.
    let (_, text) = post.fields().find(|(name, _)| *name == "Policy").ok_or("no policy")?;
    let document = PostPolicyDocument::parse(text)?;
    for size in [48_213, 6_000_000] {
        match document.evaluate(post.fields(), "me.png", size, now) {
            Ok(()) => println!("{size} bytes: accepted"),
            Err(error) => println!("{size} bytes: {error}"),
        }
    }

    assert_eq!(post.url(), "https://user-media.s3.eu-west-1.amazonaws.com/");
    assert_eq!(post.fields().next(), Some(("key", "users/42/${filename}")));
    assert_eq!(document.evaluate(post.fields(), "me.png", 5_000_000, now), Ok(()));
    assert!(matches!(
        document.evaluate(post.fields(), "me.png", 5_000_001, now),
        Err(PostPolicyError::EntityTooLarge { proposed_size: 5_000_001, max_size_allowed: 5_000_000, .. })
    ));
    assert_eq!(document.evaluate(post.fields(), "me.png", 48_213, post.expires_at()), Err(PostPolicyError::Expired));
    Ok(())
}
