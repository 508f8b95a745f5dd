//! A gateway in front of a store, and a client that reaches it under each of its names.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use embedded_store::{EmbeddedStore, Memory};
use gateway::{Gateway, Keys};
use presign::s3::{AddressingStyle, Operation};
use presign::{Credentials, PresignedRequest, Presigner};
use quickstart::{agent, send};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use ureq::config::Config;
use ureq::http::{Request, Response, Uri};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, AsSendBody};

pub(crate) const BUCKET: &str = "round-trip";
/// The response to a URL for another region.
pub(crate) const OTHER_REGION: (u16, &str) = (400, "AuthorizationQueryParametersError");
pub(crate) const MINUTE: Duration = Duration::from_mins(1);

pub(crate) struct Server {
    // Dropped first, so that no request is under way when the store stops.
    _runtime: Runtime,
    address: SocketAddr,
    store: Option<EmbeddedStore>,
    pub(crate) memory: Memory,
    agent: Agent,
}

impl Server {
    /// Starts a gateway that explains, in front of a store in memory.
    pub(crate) fn start() -> Self {
        let memory = Memory::new(&[BUCKET]);
        Self::in_front_of(EmbeddedStore::in_memory(memory.clone()).unwrap(), memory, true, store_key())
    }

    /// Starts one that responds to all strangers alike.
    pub(crate) fn silent() -> Self {
        let memory = Memory::new(&[BUCKET]);
        Self::in_front_of(EmbeddedStore::in_memory(memory.clone()).unwrap(), memory, false, store_key())
    }

    /// Starts one in front of a store that can list, copy and take uploads in parts.
    pub(crate) fn on_disk() -> Self {
        Self::in_front_of(
            EmbeddedStore::on_disk(&[BUCKET, "other-bucket"]).unwrap(),
            Memory::new(&[]),
            true,
            store_key(),
        )
    }

    /// Starts one whose key the store does not accept.
    pub(crate) fn with_wrong_store_key() -> Self {
        let memory = Memory::new(&[BUCKET]);
        let key = Credentials::new(EmbeddedStore::ACCESS_KEY_ID, "wrong").unwrap();
        Self::in_front_of(EmbeddedStore::in_memory(memory.clone()).unwrap(), memory, false, key)
    }

    pub(crate) fn stop_store(&mut self) {
        self.store = None;
    }

    fn in_front_of(store: EmbeddedStore, memory: Memory, explain: bool, key: Credentials) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let keys = Keys::default()
            .with(credentials(), format!("{BUCKET}/"))
            .with(alice(), format!("{BUCKET}/users/alice/"))
            .with(temporary(), format!("{BUCKET}/"));
        let hosts = [address.to_string(), format!("localhost:{}", address.port())];
        let builder = Presigner::builder().credentials(key).region(EmbeddedStore::REGION).bucket(BUCKET);
        let presigner = builder.endpoint(store.endpoint()).build().unwrap();
        let gateway = Gateway::new(&hosts.each_ref().map(String::as_str), keys, presigner).unwrap();
        let gateway = if explain { gateway.explain() } else { gateway };
        runtime.spawn(axum::serve(listener, gateway.into_router()).into_future());
        let config = agent(None).config().clone();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Loopback);
        Self { _runtime: runtime, address, store: Some(store), memory, agent }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Signs for the bucket at the gateway, in path style.
    pub(crate) fn presigner(&self) -> Presigner {
        self.presigner_in(AddressingStyle::Path)
    }

    pub(crate) fn presigner_in(&self, style: AddressingStyle) -> Presigner {
        let endpoint = match style {
            AddressingStyle::VirtualHosted => format!("http://localhost:{}", self.address.port()),
            _ => self.endpoint(),
        };
        let builder = Presigner::builder().credentials(credentials()).region(EmbeddedStore::REGION).bucket(BUCKET);
        builder.endpoint(endpoint).addressing_style(style).build().unwrap()
    }

    /// Signs as a user who has a prefix.
    pub(crate) fn alice(&self) -> Presigner {
        self.presigner().with_credentials(alice())
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

fn store_key() -> Credentials {
    Credentials::new(EmbeddedStore::ACCESS_KEY_ID, EmbeddedStore::SECRET_ACCESS_KEY).unwrap()
}

/// A key of the gateway, which the store does not know, for the whole bucket.
pub(crate) fn credentials() -> Credentials {
    Credentials::new("GATEWAYCLIENT", "secret/of/the+client").unwrap()
}

/// A key for `users/alice/`.
pub(crate) fn alice() -> Credentials {
    Credentials::new("GATEWAYALICE", "secret/of/alice").unwrap()
}

/// A key with a session token.
pub(crate) fn temporary() -> Credentials {
    Credentials::new("GATEWAYTEMPORARY", "secret").unwrap().with_session_token("IQoJb3JpZ2luX2Vj/+==").unwrap()
}

/// A response of the gateway.
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
        (self.status(), self.element("Code").unwrap_or(""))
    }

    /// The content of the first element of a name.
    pub(crate) fn element(&self, name: &str) -> Option<&str> {
        let (_, rest) = str::from_utf8(self.body()).ok()?.split_once(&format!("<{name}>"))?;
        Some(rest.split_once("</")?.0)
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
