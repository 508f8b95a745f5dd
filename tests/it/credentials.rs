//! Credentials that change while the program signs, and providers that fail, block or panic.

use std::error::Error as _;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;
use std::time::Duration;

use presign::s3::{GetObject, MultipartPlan};
use presign::sigv4::{Request, Service, Signer};
use presign::{
    Credentials, CredentialsCell, CredentialsError, Error, Method, Presigner, PresignerBuilder, ProvideCredentials,
    Region, Timestamp,
};

use crate::support::assert_variant;

const LIFE: Duration = Duration::from_secs(900);

fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn credentials(number: u32) -> Credentials {
    let credentials = Credentials::new(format!("ASIA{number}"), format!("secret {number}")).expect("valid");
    credentials.with_session_token(format!("token{number}")).expect("valid")
}

fn builder() -> PresignerBuilder {
    Presigner::builder().region("eu-west-1").bucket("user-media")
}

fn provided(provider: impl ProvideCredentials + 'static) -> Presigner {
    builder().credentials_provider(provider).build().expect("valid")
}

fn url(presigner: &Presigner) -> Result<String, Error> {
    Ok(presigner.presign_at(GetObject::new("a b.png"), LIFE, now())?.into_url())
}

fn expected(number: u32) -> String {
    url(&builder().credentials(credentials(number)).build().expect("valid")).expect("signed")
}

#[test]
fn whatever_provides_credentials_can_be_given() -> Result<(), Error> {
    struct Own;

    impl ProvideCredentials for Own {
        fn credentials(&self) -> Result<Credentials, Error> {
            Ok(credentials(1))
        }
    }

    fn function() -> Result<Credentials, Error> {
        Credentials::new("ASIA1", "secret 1")?.with_session_token("token1")
    }

    static CELL: LazyLock<CredentialsCell> = LazyLock::new(|| CredentialsCell::new(credentials(1)));

    let shared: Arc<dyn ProvideCredentials> = Arc::new(Own);
    let boxed: Box<dyn ProvideCredentials> = Box::new(Own);
    for presigner in [
        provided(Own),
        provided(function),
        provided(|| Ok(credentials(1))),
        provided(Box::new(function)),
        provided(Arc::new(Own)),
        provided(Arc::clone(&shared)),
        provided(Arc::new(Arc::clone(&shared))),
        provided(boxed),
        provided(CredentialsCell::new(credentials(1))),
        provided(Arc::new(CredentialsCell::new(credentials(1)))),
        provided(|| CELL.credentials()),
    ] {
        assert_eq!(url(&presigner)?, expected(1));
    }

    let region = Region::new("eu-west-1")?;
    let request = Request::new(Method::Get, "https://h.example")?;
    let fixed = Signer::new(credentials(1), region.clone(), Service::s3()).presign_at(&request, LIFE, now())?;
    let shared = Signer::from_provider(shared, region, Service::s3()).presign_at(&request, LIFE, now())?;
    assert_eq!(shared.url(), fixed.url());
    Ok(())
}

#[test]
fn a_cell_has_what_was_set_last() -> Result<(), Error> {
    let cell = CredentialsCell::empty();
    let presigner = provided(cell.clone());
    let presigners = [&presigner, &presigner.clone(), &presigner.with_bucket("user-media")?, &provided(cell.clone())];
    assert_eq!(cell.credentials(), Err(Error::NoCredentials));
    for presigner in presigners {
        assert_eq!(url(presigner), Err(Error::NoCredentials));
    }
    for number in [1, 2, 1] {
        cell.clone().set(credentials(number));
        for presigner in presigners {
            assert_eq!(url(presigner)?, expected(number));
        }
    }
    // A presigner that has credentials of its own does not follow the cell.
    let fixed = presigner.with_credentials(credentials(3));
    cell.set(credentials(4));
    assert_eq!(url(&fixed)?, expected(3));
    Ok(())
}

#[test]
fn a_cell_whose_credentials_expired_works_again_when_new_ones_are_set() -> Result<(), Error> {
    let cell = CredentialsCell::new(credentials(1).with_expiration(now()));
    let presigner = provided(cell.clone());
    let expired = url(&presigner).expect_err("expired credentials");
    assert_variant!(expired, CredentialsExpired { expired_at: now(), signed_at: now() });
    cell.set(credentials(1));
    assert_eq!(url(&presigner)?, expected(1));
    Ok(())
}

#[test]
fn threads_that_rotate_a_cell_and_threads_that_sign() {
    const GENERATIONS: u32 = 20;
    let cell = CredentialsCell::new(credentials(0));
    let presigner = provided(cell.clone());
    let valid: Vec<_> = (0..GENERATIONS).map(expected).collect();
    let is_rotating = AtomicBool::new(true);
    thread::scope(|scope| {
        let rotating: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    for round in 0..500 {
                        cell.set(credentials(round % GENERATIONS));
                    }
                })
            })
            .collect();
        for _ in 0..3 {
            scope.spawn(|| {
                while is_rotating.load(Ordering::Relaxed) {
                    let url = url(&presigner).expect("signed");
                    assert!(valid.contains(&url), "{url}");
                }
            });
        }
        for thread in rotating {
            thread.join().expect("no panic");
        }
        is_rotating.store(false, Ordering::Relaxed);
    });
    cell.set(credentials(7));
    assert_eq!(url(&presigner), Ok(expected(7)));
}

#[derive(Debug, PartialEq)]
struct NoRoute(u16);

impl fmt::Display for NoRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no route to host {}", self.0)
    }
}

impl std::error::Error for NoRoute {}

#[test]
fn the_error_of_a_provider_is_the_source() {
    let refuse = || Err(NoRoute(7));
    let presigner = provided(move || refuse().map_err(CredentialsError::new)?);
    let mut buffer = String::from("before");
    let error = presigner.presign_into_at(&mut buffer, GetObject::new("a"), LIFE, now()).expect_err("refused");
    assert_eq!((buffer.as_str(), error.to_string().as_str()), ("before", "the credentials provider failed"));
    let source = error.source().expect("a source");
    assert_eq!(source.downcast_ref(), Some(&NoRoute(7)));
    assert!(source.source().is_none());
    // Each call has an error of its own.
    assert_ne!(url(&presigner), Err(error.clone()));
    for shown in [format!("{error}"), format!("{error:?}"), format!("{error:#?}")] {
        assert!(!shown.contains('7'), "{shown}");
    }
    // What is not a provider's failure stays as it is.
    let invalid = provided(|| Credentials::new("", "secret"));
    assert_eq!(url(&invalid), Err(Error::Empty(presign::Field::AccessKeyId)));
}

#[test]
fn a_provider_is_called_once_for_a_signature_a_batch_and_an_upload() -> Result<(), Error> {
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    let presigner = provided(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        Ok(credentials(1))
    });
    let calls_of = |work: &dyn Fn() -> Result<(), Error>| work().map(|()| calls.swap(0, Ordering::Relaxed));
    assert_eq!(calls.load(Ordering::Relaxed), 0);
    assert_eq!(calls_of(&|| url(&presigner).map(|_| ()))?, 1);
    let batch = || {
        let batch = presigner.batch_at(LIFE, now())?;
        (0..10).try_for_each(|number| batch.presign(GetObject::new(number.to_string())).map(|_| ()))
    };
    assert_eq!(calls_of(&batch)?, 1);
    let plan = MultipartPlan::new(50_000_000)?;
    assert!(plan.part_count() > 5);
    let upload = || presigner.upload_parts_at("k", "id", &plan, LIFE, now()).try_for_each(|part| part.map(|_| ()));
    assert_eq!(calls_of(&upload)?, 1);
    Ok(())
}

/// No lock is held while a provider runs: otherwise this test waits, and fails after a while.
#[test]
fn a_provider_that_blocks_one_thread_blocks_no_other() {
    const PATIENCE: Duration = Duration::from_secs(60);
    let (entered, has_entered) = channel();
    let (release, released) = channel::<()>();
    let released = Mutex::new(released);
    let cell = CredentialsCell::new(credentials(1));
    let current = cell.clone();
    let presigner = provided(move || {
        if thread::current().name() == Some("blocked") {
            entered.send(()).map_err(CredentialsError::new)?;
            released.lock().expect("not poisoned").recv().map_err(CredentialsError::new)?;
        }
        current.credentials()
    });
    let signs = presigner.clone();
    let blocked = thread::Builder::new().name("blocked".into()).spawn(move || url(&signs)).expect("started");
    has_entered.recv_timeout(PATIENCE).expect("the provider is called");

    let (sign, signed) = channel();
    thread::spawn(move || {
        // New credentials replace the identity that the presigner keeps, which needs all of its locks.
        for number in [1, 1, 2, 2, 3] {
            cell.set(credentials(number));
            sign.send(url(&presigner)).expect("received");
        }
    });
    for number in [1, 1, 2, 2, 3] {
        assert_eq!(signed.recv_timeout(PATIENCE).expect("signed meanwhile"), Ok(expected(number)));
    }
    assert!(!blocked.is_finished());
    release.send(()).expect("received");
    assert_eq!(blocked.join().expect("no panic"), Ok(expected(3)));
}

#[test]
fn a_provider_that_panics_breaks_nothing() -> Result<(), Error> {
    let panics = Arc::new(AtomicBool::new(false));
    let is_told_to = Arc::clone(&panics);
    let presigner = provided(move || {
        assert!(!is_told_to.load(Ordering::Relaxed), "the provider panics");
        Ok(credentials(1))
    });
    for _ in 0..2 {
        assert_eq!(url(&presigner)?, expected(1));
        panics.store(true, Ordering::Relaxed);
        let mut buffer = String::from("before");
        let sign = || presigner.presign_into_at(&mut buffer, GetObject::new("a"), LIFE, now());
        assert!(catch_unwind(AssertUnwindSafe(sign)).is_err());
        assert_eq!(buffer, "before");
        panics.store(false, Ordering::Relaxed);
    }
    assert_eq!(url(&presigner)?, expected(1));
    Ok(())
}

/// As one that signs a request to STS does.
#[test]
fn a_provider_may_sign() -> Result<(), Error> {
    let inner = provided(|| Ok(credentials(1)));
    let presigner = provided(move || {
        assert_eq!(url(&inner)?, expected(1));
        Ok(credentials(2))
    });
    assert_eq!(url(&presigner)?, expected(2));
    assert_eq!(url(&presigner)?, expected(2));
    Ok(())
}
