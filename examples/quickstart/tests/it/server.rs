//! A store in memory, and a client that reaches it under each of its names.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use embedded_store::{EmbeddedStore, Memory};
use presign::s3::{AddressingStyle, Operation};
use presign::{Credentials, PresignedRequest, Presigner};
use quickstart::{agent, send};
use ureq::config::Config;
use ureq::http::{Request, Response, Uri};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, AsSendBody};

pub(crate) const BUCKET: &str = "round-trip";
/// The response to a URL for another region: s3s accepts any region, and computes another signature.
pub(crate) const OTHER_REGION: (u16, &str) = (403, "SignatureDoesNotMatch");
pub(crate) const MINUTE: Duration = Duration::from_mins(1);

pub(crate) struct Server {
    store: EmbeddedStore,
    pub(crate) memory: Memory,
    agent: Agent,
}

impl Server {
    pub(crate) fn start() -> Self {
        let memory = Memory::new(&[BUCKET]);
        let store = EmbeddedStore::in_memory(memory.clone()).unwrap();
        let config = agent(None).config().clone();
        Self { store, memory, agent: Agent::with_parts(config, DefaultConnector::default(), Loopback) }
    }

    pub(crate) fn endpoint(&self) -> String {
        self.store.endpoint()
    }

    /// Signs for the bucket, in path style.
    pub(crate) fn presigner(&self) -> Presigner {
        self.presigner_in(AddressingStyle::Path)
    }

    pub(crate) fn presigner_in(&self, style: AddressingStyle) -> Presigner {
        let endpoint = match style {
            AddressingStyle::VirtualHosted => self.store.virtual_host_endpoint(),
            _ => self.store.endpoint(),
        };
        Presigner::builder()
            .credentials(credentials())
            .region(EmbeddedStore::REGION)
            .endpoint(endpoint)
            .addressing_style(style)
            .bucket(BUCKET)
            .build()
            .unwrap()
    }

    /// Sends any request.
    pub(crate) fn send(&self, request: Request<impl AsSendBody>) -> Answer {
        Answer(send(&self.agent, request).unwrap())
    }

    /// Signs an operation and sends it as it was signed.
    pub(crate) fn call(&self, presigner: &Presigner, operation: impl Operation, body: impl AsSendBody) -> Answer {
        self.send(presigner.presign(operation, MINUTE).unwrap().to_http(body).unwrap())
    }

    /// Sends a signed request without a body to another URL.
    pub(crate) fn send_to(&self, url: &str, signed: &PresignedRequest) -> Answer {
        let mut request = signed.to_http(()).unwrap();
        *request.uri_mut() = url.parse().unwrap();
        self.send(request)
    }
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new(EmbeddedStore::ACCESS_KEY_ID, EmbeddedStore::SECRET_ACCESS_KEY).unwrap()
}

/// What the store answered.
#[derive(Debug)]
pub(crate) struct Answer(pub(crate) Response<Vec<u8>>);

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// The status and the error code in the body, such as `(403, "SignatureDoesNotMatch")`.
    pub(crate) fn refusal(&self) -> (u16, &str) {
        let body = str::from_utf8(self.body()).unwrap();
        let code = body.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
        (self.status(), code.map_or("", |(code, _)| code))
    }
}

/// Resolves every name to the loopback address: not every system does so for `BUCKET.localhost`.
#[derive(Debug)]
struct Loopback;

impl Resolver for Loopback {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let port = uri.port_u16().ok_or(ureq::Error::HostNotFound)?;
        let mut addresses = self.empty();
        addresses.push(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        Ok(addresses)
    }
}
