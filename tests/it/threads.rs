//! What a thread keeps of its last signature changes no other one.

use std::thread;
use std::time::Duration;

use presign::s3::{DeleteObject, GetObject, HeadObject, ListObjectsV2, PutObject, S3Request};
use presign::{Credentials, Error, Method, Presigner, Timestamp};

fn presigners() -> Result<Vec<Presigner>, Error> {
    let credentials = |secret| Credentials::new("AKIAIOSFODNN7EXAMPLE", secret);
    let one =
        Presigner::builder().credentials(credentials("secret")?).region("eu-west-1").bucket("user-media").build()?;
    Ok(vec![
        one.with_bucket("other-media")?,
        one.with_endpoint("http://files.example.com:8080/base")?,
        // The same host as that of `one`, in path style.
        one.with_bucket("dotted.media")?.with_endpoint("https://s3.eu-west-1.amazonaws.com")?,
        one.with_credentials(credentials("other secret")?),
        one.with_credentials(credentials("secret")?.with_session_token("IQoJb3JpZ2luX2Vj/+==")?),
        one,
    ])
}

/// Everything that a bare request may differ in, and requests that are not bare.
fn urls(presigner: &Presigner, seconds: u64, now: Timestamp) -> Result<Vec<String>, Error> {
    let life = Duration::from_secs(seconds);
    let with_header = PutObject::new("a b").content_type("text/plain");
    let urls = [
        presigner.presign_at(GetObject::new("a b"), life, now)?,
        presigner.presign_at(HeadObject::new("a b"), life, now)?,
        presigner.presign_at(with_header, life, now)?,
        presigner.presign_at(DeleteObject::new("a b/c"), life, now)?,
        presigner.presign_at(ListObjectsV2::new().prefix("a"), life, now)?,
        presigner.presign_at(S3Request::new(Method::Get), life, now)?,
        presigner.presign_at(GetObject::new("a b").query("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"), life, now)?,
        presigner.presign_at(GetObject::new("a b"), life, now)?,
    ];
    Ok(urls.map(presign::PresignedRequest::into_url).into())
}

#[test]
fn a_thread_that_has_signed_signs_as_one_that_has_not() -> Result<(), Error> {
    let presigners = presigners()?;
    // The last two are the same second of a day that is other than that of the first.
    for time in ["20240315T081530Z", "20240315T081531Z", "20240315T081530Z", "20240316T081530Z", "20240316T081530Z"] {
        let now: Timestamp = time.parse()?;
        for seconds in [900, 901, 900] {
            for presigner in &presigners {
                let fresh =
                    thread::scope(|scope| scope.spawn(|| urls(presigner, seconds, now)).join().expect("no panic"));
                assert_eq!(urls(presigner, seconds, now)?, fresh?, "{time} {seconds} {presigner:?}");
            }
        }
    }
    Ok(())
}

/// The text of a second is kept for the next one, with another time in it.
#[test]
fn the_same_request_second_after_second_and_day_after_day() -> Result<(), Error> {
    let presigner = presigners()?.pop().expect("some");
    let sign = |time: &str| {
        let signed = presigner.presign_at(GetObject::new("a b"), Duration::from_secs(900), time.parse()?)?;
        Ok::<_, Error>(signed.into_url())
    };
    for time in ["20240315T081530Z", "20240315T081531Z", "20240315T235959Z", "20240315T000000Z", "20240316T000000Z"] {
        let fresh = thread::scope(|scope| scope.spawn(|| sign(time)).join().expect("no panic"));
        assert_eq!(sign(time), fresh, "{time}");
    }
    Ok(())
}

/// Its address may be that of the next one.
#[test]
fn what_is_kept_of_a_presigner_that_is_gone_is_not_taken_for_another() -> Result<(), Error> {
    let now = "20240315T081530Z".parse()?;
    let sign = |secret: String| {
        let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", secret)?;
        let presigner =
            Presigner::builder().credentials(credentials).region("eu-west-1").bucket("user-media").build()?;
        Ok(presigner.presign_at(GetObject::new("a"), Duration::from_secs(60), now)?.into_url())
    };
    for number in 0..100 {
        let secret = || format!("secret {number}");
        let fresh: Result<_, Error> = thread::scope(|scope| scope.spawn(|| sign(secret())).join().expect("no panic"));
        assert_eq!(sign(secret())?, fresh?);
    }
    Ok(())
}

/// A value that is dropped when its thread ends may sign: there is nothing to keep then.
#[test]
fn signs_while_a_thread_ends() -> Result<(), Error> {
    use std::cell::RefCell;
    use std::sync::mpsc::{Sender, channel};

    struct SignsAtTheEnd(Presigner, Sender<Result<Vec<String>, Error>>);

    impl Drop for SignsAtTheEnd {
        fn drop(&mut self) {
            let now = "20240315T081530Z".parse().expect("a time");
            self.1.send(urls(&self.0, 900, now)).expect("received");
        }
    }

    thread_local! {
        static LAST: RefCell<Option<SignsAtTheEnd>> = const { RefCell::new(None) };
    }

    let presigner = presigners()?.pop().expect("some");
    let now = "20240315T081530Z".parse()?;
    let expected = urls(&presigner, 900, now)?;
    let (sender, receiver) = channel();
    for signs_before in [false, true] {
        let (at_the_end, presigner) = (SignsAtTheEnd(presigner.clone(), sender.clone()), presigner.clone());
        let thread = thread::spawn(move || {
            LAST.with(|last| *last.borrow_mut() = Some(at_the_end));
            // Now the crate's own values are dropped before this one, or after it.
            signs_before.then(|| urls(&presigner, 900, now))
        });
        thread.join().expect("no panic");
        assert_eq!(receiver.recv().expect("sent")?, expected);
    }
    Ok(())
}
