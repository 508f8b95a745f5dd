//! When URLs start and stop working, and whose credentials they carry.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use presign::s3::{GetObject, MultipartPlan, Store};
use presign::sigv4::{Request, Service, Signer};
use presign::{
    Credentials, Error, Method, PresignedRequest, Presigner, PresignerBuilder, ProvideCredentials, Region, Timestamp,
};

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
        let now = start.checked_add(Duration::from_secs(seconds))?;
        let signed = at(&windowed, QUARTER, now)?;
        assert_eq!(signed.url(), first.url(), "{now}");
        assert_eq!(signed.expires_at(), time("20240315T001500Z"));
        assert!(signed.expires_at().duration_since(now) >= QUARTER, "{now}");
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

/// The date is moved back and the validity is kept: the URL is that of an ordinary presigner at the earlier date.
#[test]
fn a_slack_moves_the_date_back_and_not_the_end() -> Result<(), Error> {
    let (minute, plain) = (Duration::from_secs(60), builder().build()?);
    let slackened = |slack: Duration| builder().clock_slack(slack).build();
    let now = time("20240315T000030Z");
    for (slack, seconds) in [
        (minute, 60),
        // A fraction is a second more, so that the date is early enough.
        (Duration::from_millis(59_001), 60),
        (Duration::from_nanos(1), 1),
        (Duration::from_secs(86_400), 86_400),
        (Duration::ZERO, 0),
    ] {
        let signed = at(&slackened(slack)?, QUARTER, now)?;
        let seconds = Duration::from_secs(seconds);
        assert_eq!(signed.url(), at(&plain, QUARTER + seconds, now.checked_sub(seconds)?)?.url(), "{slack:?}");
        assert_eq!(signed.expires_at(), now.checked_add(QUARTER)?);
    }
    // The day of the signing key is that of the date.
    let signed = at(&slackened(minute)?, QUARTER, now)?;
    assert!(
        signed.url().contains("%2F20240314%2F")
            && signed.url().contains("&X-Amz-Date=20240314T235930Z&X-Amz-Expires=960&")
    );
    assert_eq!(
        signed.url(),
        at(&builder().clock_slack(minute).clock_slack(Some(minute)).build()?, QUARTER, now)?.url()
    );
    assert_eq!(
        at(&plain, QUARTER, now)?.url(),
        at(&builder().clock_slack(minute).clock_slack(None).build()?, QUARTER, now)?.url()
    );

    // Batches and parts are the same.
    let presigner = slackened(minute)?;
    let batch = presigner.batch_at(QUARTER, now)?;
    assert_eq!(batch.presign(GetObject::new("k"))?.url(), signed.url());
    assert_eq!(batch.expires_at(), signed.expires_at());
    let part = presigner.upload_parts_at("k", "id", &MultipartPlan::new(5)?, QUARTER, now).next();
    let (_, part) = part.expect("one part")?;
    assert!(part.url().contains("&X-Amz-Date=20240314T235930Z&X-Amz-Expires=960&"));
    assert_eq!(part.expires_at(), signed.expires_at());
    assert!(presigner.explain_at(GetObject::new("k"), QUARTER, now)?.string_to_sign().contains("\n20240314T235930Z\n"));
    Ok(())
}

/// Without a slack, there is none in the first second of a window.
#[test]
fn a_slack_moves_windows_back_as_a_whole() -> Result<(), Error> {
    let minute = Duration::from_secs(60);
    let (both, windowed, plain) = (
        builder().signing_window(HOUR).clock_slack(minute).build()?,
        builder().signing_window(HOUR).build()?,
        builder().build()?,
    );
    let start = time("20240315T000000Z");
    let first = at(&both, QUARTER, start)?;
    assert_eq!(first.url(), at(&plain, minute + HOUR + QUARTER, time("20240314T235900Z"))?.url());
    for seconds in [0, 1, 3_540, 3_599] {
        let now = start.checked_add(Duration::from_secs(seconds))?;
        let signed = at(&both, QUARTER, now)?;
        assert_eq!(signed.url(), first.url(), "{now}");
        assert_eq!(signed.expires_at(), at(&windowed, QUARTER, now)?.expires_at());
        assert!(signed.expires_at().duration_since(now) >= QUARTER, "{now}");
    }
    assert_ne!(at(&both, QUARTER, start.checked_add(HOUR)?)?.url(), first.url());
    Ok(())
}

#[test]
fn limits_of_a_slack() -> Result<(), Error> {
    let (minute, second) = (Duration::from_secs(60), Duration::from_secs(1));
    let week = Duration::from_secs(604_800);
    let now = time("20240315T081530Z");
    let slackened = builder().clock_slack(minute).build()?;
    let longest = week.saturating_sub(minute);
    assert!(at(&slackened, longest, now)?.url().contains("&X-Amz-Expires=604800&"));
    let error = at(&slackened, longest + second, now).expect_err("too long");
    assert_variant!(error, ClockSlackTooLong { expires: longest + second, max: longest });
    // What is too long or too short by itself is not about the slack.
    assert!(matches!(at(&slackened, week + second, now), Err(Error::ExpiresTooLong { .. })));
    assert_eq!(at(&slackened, Duration::ZERO, now).err(), Some(Error::ExpiresTooShort));

    let both = builder().clock_slack(minute).signing_window(HOUR).build()?;
    let longest = week.saturating_sub(HOUR + minute);
    assert!(at(&both, longest, now)?.url().contains("&X-Amz-Expires=604800&"));
    assert!(matches!(at(&both, longest + second, now), Err(Error::ClockSlackTooLong { .. })));
    for slack in [week, Duration::from_secs(u64::MAX), Duration::MAX] {
        for builder in [builder(), builder().signing_window(HOUR), builder().signing_window(Duration::MAX)] {
            let endless = builder.clock_slack(slack).build()?;
            assert!(matches!(at(&endless, second, now), Err(Error::ClockSlackTooLong { .. })));
        }
    }

    // The limit of the store, not that of AWS.
    let store = Store::custom("ours").with_max_expires(HOUR);
    let short = builder().store(store).endpoint("https://h.example").clock_slack(minute).build()?;
    assert!(at(&short, HOUR.saturating_sub(minute), now)?.url().contains("&X-Amz-Expires=3600&"));
    assert!(matches!(at(&short, HOUR, now), Err(Error::ClockSlackTooLong { .. })));

    // There is no date before 1970, and the end is not later than without.
    assert_eq!(at(&slackened, QUARTER, time("19700101T000059Z")).err(), Some(Error::TimeOutOfRange));
    assert_eq!(at(&slackened, QUARTER, time("19700101T000100Z"))?.expires_at(), time("19700101T001600Z"));
    assert_eq!(at(&slackened, QUARTER, time("99991231T234459Z"))?.expires_at(), time("99991231T235959Z"));
    assert_eq!(at(&slackened, QUARTER, time("99991231T234500Z")).err(), Some(Error::TimeOutOfRange));
    Ok(())
}

#[test]
fn credentials_and_a_slack() -> Result<(), Error> {
    let now = time("20240315T081530Z");
    let slackened = |end: &str| {
        builder().credentials(credentials(0).with_expiration(time(end))).clock_slack(Duration::from_secs(60))
    };
    // Credentials that ended between the date and now would give a dead URL.
    for end in ["20240315T081500Z", "20240315T081530Z"] {
        let error = at(&slackened(end).build()?, QUARTER, now).expect_err("expired");
        assert_variant!(error, CredentialsExpired { expired_at: time(end), signed_at: now });
    }
    assert_eq!(at(&slackened("20240315T081531Z").build()?, QUARTER, now)?.expires_at(), time("20240315T081531Z"));
    // The slack does not make the URL end later, so strictness is about the same end.
    let end = "20240315T083030Z";
    assert_eq!(at(&slackened(end).strict_expiry(true).build()?, QUARTER, now)?.expires_at(), time(end));
    let strict = slackened("20240315T083029Z").strict_expiry(true).build()?;
    let error = at(&strict, QUARTER, now).expect_err("outlives");
    assert_variant!(
        error,
        OutlivesCredentials { expires_at: time(end), credentials_expire_at: time("20240315T083029Z") }
    );
    Ok(())
}

#[cfg(feature = "post")]
#[test]
fn a_slack_moves_the_date_of_a_form_and_not_its_end() -> Result<(), Error> {
    use base64::Engine as _;
    use presign::s3::{PostPolicy, Upload};

    let now = time("20240315T000030Z");
    let end_of_credentials = time("20240315T001000Z");
    let field = |post: &presign::s3::PresignedPost, name: &str| {
        post.fields().find(|(field, _)| *field == name).expect("a field").1.to_owned()
    };
    for (builder, date) in [
        (builder(), "20240315T000030Z"),
        (builder().clock_slack(Duration::from_secs(60)), "20240314T235930Z"),
        // Forms have no window.
        (builder().clock_slack(Duration::from_secs(60)).signing_window(HOUR), "20240314T235930Z"),
    ] {
        let presigner = builder.credentials(credentials(0).with_expiration(end_of_credentials)).build()?;
        let post = presigner.presign_post_at(&PostPolicy::new("k"), QUARTER, now)?;
        assert_eq!(field(&post, "X-Amz-Date"), date);
        assert!(field(&post, "X-Amz-Credential").contains(&format!("/{}/", &date[..8])));
        assert_eq!(post.expires_at(), end_of_credentials);
        let policy = base64::engine::general_purpose::STANDARD.decode(field(&post, "Policy")).expect("base64");
        let policy = String::from_utf8(policy).expect("UTF-8");
        assert!(policy.starts_with(r#"{"expiration":"2024-03-15T00:15:30Z","#), "{policy}");
        assert!(policy.contains(&format!("\"{date}\"")), "{policy}");
        let grant = presigner.grant_upload_at(&Upload::new("k", "image/png", 5), QUARTER, now)?;
        assert_eq!(grant.expires_at(), end_of_credentials);
    }
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

/// Provides credentials until any instant, and remembers which.
#[derive(Default)]
struct Asked(Mutex<Vec<Option<Timestamp>>>);

impl ProvideCredentials for Asked {
    fn credentials(&self) -> Result<Credentials, Error> {
        self.0.lock().expect("not poisoned").push(None);
        Ok(credentials(0))
    }

    fn credentials_until(&self, until: Timestamp) -> Result<Credentials, Error> {
        self.0.lock().expect("not poisoned").push(Some(until));
        Ok(credentials(0).with_expiration(until))
    }
}

#[test]
fn a_provider_is_told_how_long_the_url_has_to_live() -> Result<(), Error> {
    let now = time("20240315T081530Z");
    let asked = Arc::new(Asked::default());
    let sign_all = |presigner: &Presigner| -> Result<(), Error> {
        at(presigner, QUARTER, now)?;
        presigner.presign_into_at(&mut String::new(), GetObject::new("k"), QUARTER, now)?;
        presigner.explain_at(GetObject::new("k"), QUARTER, now)?;
        let batch = presigner.batch_at(QUARTER, now)?;
        batch.presign(GetObject::new("a"))?;
        batch.presign(GetObject::new("b"))?;
        for part in presigner.upload_parts_at("k", "id", &MultipartPlan::new(50_000_000)?, QUARTER, now) {
            part?;
        }
        Ok(())
    };
    for (builder, end) in [
        (builder(), "20240315T083030Z"),
        (builder().clock_slack(QUARTER), "20240315T083030Z"),
        (builder().signing_window(HOUR), "20240315T091500Z"),
        (builder().signing_window(HOUR).clock_slack(QUARTER), "20240315T091500Z"),
    ] {
        let shared: Arc<dyn ProvideCredentials> = asked.clone();
        let boxed: Box<dyn ProvideCredentials> = Box::new(shared);
        // Credentials that end when the URL does are long enough, also for whoever is strict.
        let presigner = builder.credentials_provider(boxed).strict_expiry(true).build()?;
        sign_all(&presigner)?;
        sign_all(&presigner.with_bucket("otherbucket")?)?;
        let expected = vec![Some(time(end)); 10];
        assert_eq!(std::mem::take(&mut *asked.0.lock().expect("not poisoned")), expected);
        assert_eq!(at(&presigner, QUARTER, now)?.expires_at(), time(end));
        // What cannot be signed is no reason to fetch anything.
        assert_eq!(at(&presigner, Duration::ZERO, now).err(), Some(Error::ExpiresTooShort));
        assert_eq!(std::mem::take(&mut *asked.0.lock().expect("not poisoned")), [Some(time(end))]);
    }

    let signer = Signer::from_provider(asked.clone(), Region::new("us-east-1")?, Service::s3());
    let request = Request::new(Method::Get, "https://h.example")?;
    signer.presign_at(&request, QUARTER, now)?;
    signer.authorize_at(&request, now)?;
    let expected = [Some(time("20240315T083030Z")), None];
    assert_eq!(std::mem::take(&mut *asked.0.lock().expect("not poisoned")), expected);
    Ok(())
}

#[cfg(feature = "post")]
#[test]
fn a_provider_is_told_how_long_a_form_has_to_live() -> Result<(), Error> {
    use presign::s3::{PostPolicy, Upload};

    let now = time("20240315T081530Z");
    let asked = Arc::new(Asked::default());
    let presigner = builder().credentials_provider(asked.clone()).signing_window(HOUR).clock_slack(QUARTER).build()?;
    let post = presigner.presign_post_at(&PostPolicy::new("k"), QUARTER, now)?;
    presigner.grant_upload_at(&Upload::new("k", "image/png", 5), QUARTER, now)?;
    assert_eq!(post.expires_at(), time("20240315T083030Z"));
    assert_eq!(*asked.0.lock().expect("not poisoned"), [Some(post.expires_at()); 2]);
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
