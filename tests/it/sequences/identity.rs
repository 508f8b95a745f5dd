//! Who signs: credentials, and providers that do what the step that runs tells them.

use std::cell::RefCell;
use std::rc::Rc;

use presign::{Credentials, Error, ProvideCredentials, Timestamp};

/// Credentials, and what they were made of.
#[derive(Debug)]
pub struct Identity {
    pub access_key_id: &'static str,
    pub secret: &'static str,
    pub token: Option<String>,
    pub expires_at: Option<i64>,
    /// Kept, so that a provider can return the same value again.
    pub credentials: Credentials,
}

impl Identity {
    fn new(
        access_key_id: &'static str,
        secret: &'static str,
        token: Option<String>,
        expires_at: Option<i64>,
    ) -> Result<Self, Error> {
        let mut credentials = Credentials::new(access_key_id, secret)?;
        if let Some(token) = &token {
            credentials = credentials.with_session_token(token)?;
        }
        if let Some(seconds) = expires_at {
            credentials = credentials.with_expiration(Timestamp::from_unix_seconds(seconds)?);
        }
        Ok(Self { access_key_id, secret, token, expires_at, credentials })
    }

    /// The same credentials as another value.
    pub fn made_anew(&self) -> Credentials {
        let token = self.token.clone();
        Self::new(self.access_key_id, self.secret, token, self.expires_at).expect("valid before").credentials
    }
}

/// Identities that differ in few things. Two end at an instant, and a day later.
pub fn identities(end: i64) -> Result<Vec<Identity>, Error> {
    let token = |text: &str| Some(text.to_owned());
    Ok(vec![
        Identity::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", None, None)?,
        Identity::new("AKIAIOSFODNN7EXAMPLE", "another secret of the same length: 40 by", None, None)?,
        Identity::new("AKIAI44QH8DHBEXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", None, None)?,
        Identity::new("AKIAI44QH8DHBEXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", token("token"), None)?,
        Identity::new("ASIA+=.", "s", Some("IQoJb3JpZ2luX2Vj/+==".repeat(48)), None)?,
        Identity::new("ASIAEXPIRES", "secret", token("a+b&c=d%20/"), Some(end))?,
        Identity::new("minioadmin", "minioadmin", None, Some(end + 86_400))?,
    ])
}

/// What the provider does when it is asked on this thread.
pub type Behavior = Rc<dyn Fn() -> Result<Credentials, Error>>;

thread_local! {
    static BEHAVIOR: RefCell<Option<Behavior>> = const { RefCell::new(None) };
}

/// A provider for all threads.
pub fn provider() -> impl ProvideCredentials + 'static {
    || {
        let behavior = BEHAVIOR.with_borrow(Clone::clone).expect("it is asked during a step only");
        behavior()
    }
}

/// Does something during which the provider behaves in a way, and then in that of before, also after a panic.
pub fn while_provider_behaves<T>(behavior: Behavior, work: impl FnOnce() -> T) -> T {
    struct Before(Option<Behavior>);

    impl Drop for Before {
        fn drop(&mut self) {
            BEHAVIOR.set(self.0.take());
        }
    }

    let _before = Before(BEHAVIOR.replace(Some(behavior)));
    work()
}
