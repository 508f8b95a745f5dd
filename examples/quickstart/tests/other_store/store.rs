//! The store that the environment names, and a client for it.

use std::env;
use std::sync::Once;
use std::time::Duration;

use presign::s3::{CreateBucket, GetObject, Operation, PutObject};
use presign::{Credentials, PresignedRequest, Presigner};
use quickstart::send;
use ureq::http::{Request, Response};
use ureq::{Agent, AsSendBody};

pub(crate) const MINUTE: Duration = Duration::from_mins(1);

pub(crate) struct Store {
    /// Which of the `known` stores it is, if any.
    pub(crate) name: String,
    /// Signs for the bucket.
    pub(crate) presigner: Presigner,
    access_key_id: String,
    agent: Agent,
}

impl Store {
    /// The store, which has the bucket and another one then.
    pub(crate) fn from_env() -> Self {
        static BUCKETS: Once = Once::new();
        let access_key_id = variable("PRESIGN_TEST_ACCESS_KEY_ID");
        let presigner = Presigner::builder()
            .credentials(Credentials::new(&*access_key_id, variable("PRESIGN_TEST_SECRET_ACCESS_KEY")).unwrap())
            .region(variable("PRESIGN_TEST_REGION"))
            .endpoint(variable("PRESIGN_TEST_ENDPOINT"))
            .bucket(variable("PRESIGN_TEST_BUCKET"))
            .build()
            .unwrap();
        // Some stores close the connection when they refuse a body, so each request has its own.
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(None);
        let agent = config.max_idle_connections(0).timeout_global(Some(MINUTE)).build().new_agent();
        let store = Self { name: variable("PRESIGN_TEST_STORE"), presigner, access_key_id, agent };
        BUCKETS.call_once(|| {
            for presigner in [store.presigner.clone(), store.presigner.with_bucket(other_bucket()).unwrap()] {
                let created = store.send(presigner.presign(CreateBucket::new(), MINUTE).unwrap().to_http(()).unwrap());
                assert!(created.is_success() || created.status() == 409, "{created:?}");
            }
        });
        store
    }

    pub(crate) fn sign(&self, operation: impl Operation) -> PresignedRequest {
        self.presigner.presign(operation, MINUTE).unwrap()
    }

    /// Signs with a secret that is not that of the key.
    pub(crate) fn forger(&self) -> Presigner {
        self.presigner.with_credentials(Credentials::new(&*self.access_key_id, "wJalrXUtnFEMI").unwrap())
    }

    pub(crate) fn send(&self, request: Request<impl AsSendBody>) -> Answer {
        Answer(send(&self.agent, request).unwrap())
    }

    /// Signs an operation and sends it as it was signed.
    pub(crate) fn call(&self, operation: impl Operation, body: impl AsSendBody) -> Answer {
        self.send(self.sign(operation).to_http(body).unwrap())
    }

    pub(crate) fn put(&self, key: &str, body: &[u8]) {
        let put = self.call(PutObject::new(key), body);
        assert!(put.is_success(), "{put:?}");
    }

    /// The object, if there is one.
    pub(crate) fn get(&self, key: &str) -> Option<Answer> {
        let get = self.call(GetObject::new(key), ());
        assert!(get.is_success() || get.status() == 404, "{get:?}");
        get.is_success().then_some(get)
    }
}

pub(crate) fn bucket() -> String {
    variable("PRESIGN_TEST_BUCKET")
}

pub(crate) fn other_bucket() -> String {
    bucket() + "-2"
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} is not set; .ci/other-stores sets it"))
}

/// What the store answered.
#[derive(Debug)]
pub(crate) struct Answer(Response<Vec<u8>>);

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub(crate) fn is_success(&self) -> bool {
        self.0.status().is_success()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name).map(|value| str::from_utf8(value.as_bytes()).unwrap())
    }

    pub(crate) fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// The text of the first element of this name.
    pub(crate) fn element(&self, name: &str) -> Option<&str> {
        let (_, rest) = str::from_utf8(self.body()).ok()?.split_once(&format!("<{name}>"))?;
        Some(rest.split_once(&format!("</{name}>"))?.0)
    }

    /// Such as `204`, or `403 AccessDenied: Invalid according to Policy: Policy expired.`
    pub(crate) fn summary(&self) -> String {
        let status = self.status();
        match (self.element("Code"), self.element("Message")) {
            (Some(code), Some(message)) => {
                let message = message.replace("&apos;", "'").replace("&quot;", "\"");
                format!("{status} {code}: {message}")
            }
            _ => status.to_string(),
        }
    }
}
