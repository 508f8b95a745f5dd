//! When URLs start and stop working, and whose credentials they carry.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use presign::s3::GetObject;
use presign::{Credentials, Error, PresignedRequest, Presigner, PresignerBuilder, Timestamp};

use crate::support::assert_variant;

const HOUR: Duration = Duration::from_secs(3_600);
const QUARTER: Duration = Duration::from_secs(900);

fn builder() -> PresignerBuilder {
    Presigner::builder().credentials(credentials(0)).region("us-east-1").bucket("examplebucket")
}

fn credentials(number: u64) -> Credentials {
    Credentials::new(format!("AKID{number}"), format!("secret {number}")).expect("valid")
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn at(presigner: &Presigner, life: Duration, now: Timestamp) -> Result<PresignedRequest, Error> {
    presigner.presign_at(GetObject::new("k"), life, now)
}

#[test]
fn a_window_gives_one_url_that_lives_long_enough() -> Result<(), Error> {
    let windowed = builder().signing_window(HOUR).build()?;
    let plain = builder().build()?;
    let start = time("20240314T230000Z");
    let first = at(&windowed, QUARTER, start)?;
    // The URL of a window is that of an ordinary presigner at its start.
    assert_eq!(first.url(), at(&plain, HOUR + QUARTER, start)?.url());
    for seconds in [0, 1, 1_799, 3_599] {
        let now = Timestamp::from_unix_seconds(start.unix_seconds() + seconds)?;
        let signed = at(&windowed, QUARTER, now)?;
        assert_eq!(signed.url(), first.url(), "{now}");
        assert_eq!(signed.expires_at(), time("20240315T001500Z"));
        assert!(signed.expires_at().unix_seconds() - now.unix_seconds() >= 900, "{now}");
    }
    // The next window is in the next day, with another signing key.
    let next = at(&windowed, QUARTER, time("20240315T000000Z"))?;
    assert_eq!(next.url(), at(&plain, HOUR + QUARTER, time("20240315T000000Z"))?.url());
    assert_ne!(next.url(), first.url());
    Ok(())
}

#[test]
fn limits_of_a_window() -> Result<(), Error> {
    let week = Duration::from_secs(604_800);
    let windowed = builder().signing_window(HOUR).build()?;
    let now = time("20240315T081530Z");
    let longest = at(&windowed, week.saturating_sub(HOUR), now)?;
    assert!(longest.url().contains("X-Amz-Expires=604800&"));
    let expires = week.saturating_sub(HOUR) + Duration::from_secs(1);
    let error = at(&windowed, expires, now).expect_err("too long");
    assert_variant!(error, WindowTooLong { window: HOUR, expires, max: week });
    assert_eq!(at(&windowed, Duration::ZERO, now).err(), Some(Error::ExpiresTooShort));
    assert_eq!(builder().signing_window(Duration::from_millis(999)).build().err(), Some(Error::WindowTooShort));
    // A window may be longer than all of time so far.
    let endless = builder().signing_window(Duration::MAX).build()?;
    assert!(matches!(at(&endless, QUARTER, now), Err(Error::WindowTooLong { .. })));
    Ok(())
}

#[test]
fn the_true_end_is_that_of_the_credentials() -> Result<(), Error> {
    let now = time("20240315T081530Z");
    let ending = |at: &str| credentials(0).with_expiration(time(at));
    let lax = builder().credentials(ending("20240315T082000Z")).build()?;
    assert_eq!(at(&lax, QUARTER, now)?.expires_at(), time("20240315T082000Z"));

    let strict = builder().credentials(ending("20240315T082000Z")).strict_expiry(true).build()?;
    let (expires_at, credentials_expire_at) = (time("20240315T083030Z"), time("20240315T082000Z"));
    let error = at(&strict, QUARTER, now).expect_err("would outlive its credentials");
    assert_variant!(error, OutlivesCredentials { expires_at, credentials_expire_at });
    assert_eq!(at(&strict, Duration::from_secs(270), now)?.expires_at(), credentials_expire_at);

    // The start of the window may be long past; the credentials have to be alive now.
    let windowed = builder().credentials(ending("20240315T081500Z")).signing_window(HOUR).build()?;
    assert!(matches!(at(&windowed, QUARTER, now), Err(Error::CredentialsExpired { .. })));
    assert_eq!(at(&windowed, QUARTER, time("20240315T081459Z"))?.expires_at(), time("20240315T081500Z"));
    Ok(())
}

#[test]
fn clones_keep_window_and_strictness() -> Result<(), Error> {
    let now = time("20240315T081530Z");
    let presigner = builder().signing_window(HOUR).strict_expiry(true).build()?;
    let ended = presigner.with_credentials(credentials(1).with_expiration(time("20240315T090000Z")));
    assert!(matches!(at(&ended, QUARTER, now), Err(Error::OutlivesCredentials { .. })));
    for other in [presigner.with_bucket("otherbucket")?, presigner.with_endpoint("https://files.example")?] {
        assert!(at(&other, QUARTER, now)?.url().contains("X-Amz-Date=20240315T080000Z&X-Amz-Expires=4500&"));
    }
    Ok(())
}

#[test]
fn another_endpoint_has_another_host_and_the_same_path() -> Result<(), Error> {
    let internal = builder().endpoint("http://minio:9000").build()?;
    let public = internal.with_endpoint("https://files.example.com/store")?;
    let now = time("20240315T081530Z");
    assert!(at(&internal, QUARTER, now)?.url().starts_with("http://minio:9000/examplebucket/k?"));
    let expected = builder().endpoint("https://files.example.com/store").build()?;
    assert_eq!(at(&public, QUARTER, now)?.url(), at(&expected, QUARTER, now)?.url());
    let other = public.with_bucket("otherbucket")?;
    assert!(at(&other, QUARTER, now)?.url().starts_with("https://files.example.com/store/otherbucket/k?"));
    let back = other.with_endpoint("http://minio:9000")?;
    assert!(at(&back, QUARTER, now)?.url().starts_with("http://minio:9000/otherbucket/k?"));
    assert!(internal.with_endpoint("files.example.com").is_err());
    Ok(())
}

#[test]
fn a_provider_is_asked_for_each_signature() -> Result<(), Error> {
    let current = Arc::new(Mutex::new(Some(credentials(1))));
    let asked = Arc::clone(&current);
    let provider = move || asked.lock().expect("not poisoned").clone().ok_or(Error::NoCredentials);
    let presigner = builder().credentials_provider(provider).build()?;
    let now = time("20240315T081530Z");
    for number in [1, 2, 1] {
        *current.lock().expect("not poisoned") = Some(credentials(number));
        let expected = builder().credentials(credentials(number)).build()?;
        for presigner in [&presigner, &presigner.clone(), &presigner.with_bucket("examplebucket")?] {
            assert_eq!(at(presigner, QUARTER, now)?.url(), at(&expected, QUARTER, now)?.url());
        }
    }
    // The same key id with another secret or token is another identity.
    let renewed = Credentials::new("AKID1", "renewed")?.with_session_token("token")?;
    *current.lock().expect("not poisoned") = Some(renewed.clone());
    let expected = builder().credentials(renewed).build()?;
    assert_eq!(at(&presigner, QUARTER, now)?.url(), at(&expected, QUARTER, now)?.url());
    *current.lock().expect("not poisoned") = None;
    assert_eq!(at(&presigner, QUARTER, now).err(), Some(Error::NoCredentials));
    Ok(())
}

/// Every URL has the key id and the signature of one and the same credentials, however fast they change.
#[test]
fn rotation_under_load_never_mixes_credentials() -> Result<(), Error> {
    const GENERATIONS: u64 = 40;
    let generation = Arc::new(AtomicU64::new(0));
    let current = Arc::clone(&generation);
    let provider = move || Ok(credentials(current.load(Ordering::Relaxed) % GENERATIONS));
    let presigner = builder().credentials_provider(provider).build()?;
    let now = time("20240315T081530Z");
    let valid: Vec<String> = (0..GENERATIONS)
        .map(|number| Ok(at(&builder().credentials(credentials(number)).build()?, QUARTER, now)?.into_url()))
        .collect::<Result<_, Error>>()?;
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..500 {
                    let url = at(&presigner, QUARTER, now).expect("valid").into_url();
                    assert!(valid.contains(&url), "{url}");
                    generation.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    Ok(())
}

#[cfg(feature = "aws-credential-types")]
#[test]
fn credentials_of_the_aws_sdk() -> Result<(), Error> {
    let expiry = std::time::UNIX_EPOCH + Duration::from_secs(1_710_490_530);
    let found = aws_credential_types::Credentials::new("AKID0", "secret 0", Some("token".into()), Some(expiry), "test");
    let expected = credentials(0).with_session_token("token")?.with_expiration(time("20240315T081530Z"));
    assert_eq!(Credentials::try_from(&found)?, expected);
    let bare = aws_credential_types::Credentials::new("AKID0", "secret 0", None, None, "test");
    assert_eq!(Credentials::try_from(&bare)?, credentials(0));
    Ok(())
}
