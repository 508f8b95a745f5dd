//! A store on disk, and a client that signs its requests.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use embedded_store::{EmbeddedStore, Options};
use presign::s3::{AddressingStyle, GetObject, Operation, PutObject};
use presign::{Credentials, PresignedRequest, Presigner, PresignerBuilder};
use ureq::config::Config;
use ureq::http::{self, Request, Uri};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, AsSendBody};

pub(crate) const BUCKET: &str = "user-media";
pub(crate) const MINUTE: Duration = Duration::from_mins(1);

pub(crate) struct Server {
    pub(crate) store: EmbeddedStore,
    agent: Agent,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::start_with(&Options::default())
    }

    pub(crate) fn start_with(options: &Options) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        Self {
            store: EmbeddedStore::on_disk_with(&[BUCKET], options).unwrap(),
            agent: Agent::with_parts(config, DefaultConnector::default(), Loopback),
        }
    }

    /// Signs for the bucket, in path style at the endpoint of the store.
    pub(crate) fn presigner(&self) -> Presigner {
        presigner_at(&self.store.endpoint(), AddressingStyle::Path)
    }

    /// Signs an operation and sends it.
    pub(crate) fn call(&self, operation: impl Operation, body: impl AsSendBody) -> Response {
        self.send(&self.presigner().presign(operation, MINUTE).unwrap(), body)
    }

    pub(crate) fn send(&self, signed: &PresignedRequest, body: impl AsSendBody) -> Response {
        self.run(signed.to_http(body).unwrap())
    }

    pub(crate) fn run(&self, request: Request<impl AsSendBody>) -> Response {
        let (parts, mut body) = self.agent.run(request).unwrap().into_parts();
        Response(http::Response::from_parts(parts, body.with_config().limit(u64::MAX).read_to_vec().unwrap()))
    }

    pub(crate) fn put(&self, key: &str, body: &[u8]) {
        let put = self.call(PutObject::new(key).allow_dot_segments(), body);
        assert_eq!(put.status(), 200, "{key}: {put:?}");
    }

    /// Returns the content of an object, if it exists.
    pub(crate) fn content(&self, key: &str) -> Option<Vec<u8>> {
        let get = self.call(GetObject::new(key).allow_dot_segments(), ());
        match get.error() {
            (200, _) => Some(get.0.into_body()),
            error => {
                assert_eq!(error, (404, "NoSuchKey"), "{key}");
                None
            }
        }
    }
}

pub(crate) fn presigner_at(endpoint: &str, style: AddressingStyle) -> Presigner {
    builder_at(endpoint, style).build().unwrap()
}

pub(crate) fn builder_at(endpoint: &str, style: AddressingStyle) -> PresignerBuilder {
    let credentials = Credentials::new(EmbeddedStore::ACCESS_KEY_ID, EmbeddedStore::SECRET_ACCESS_KEY).unwrap();
    Presigner::builder()
        .credentials(credentials)
        .region(EmbeddedStore::REGION)
        .endpoint(endpoint)
        .addressing_style(style)
        .bucket(BUCKET)
}

#[derive(Debug)]
pub(crate) struct Response(http::Response<Vec<u8>>);

impl Response {
    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// Returns the content of each element of this name, with `&quot;` and `&amp;` resolved.
    pub(crate) fn elements(&self, name: &str) -> Vec<String> {
        let body = str::from_utf8(self.0.body()).unwrap();
        let (start, end) = (format!("<{name}>"), format!("</{name}>"));
        let elements = body.split(&start).skip(1).map(|rest| rest.split_once(&end).unwrap().0);
        elements.map(|element| element.replace("&quot;", "\"").replace("&amp;", "&")).collect()
    }

    /// Returns the content of the only element of this name.
    #[track_caller]
    pub(crate) fn element(&self, name: &str) -> String {
        let [element] = self.elements(name).try_into().unwrap();
        element
    }

    /// Returns the status and, if there is one, the error code, such as `(403, "SignatureDoesNotMatch")`.
    pub(crate) fn error(&self) -> (u16, &str) {
        let body = str::from_utf8(self.0.body()).unwrap_or_default();
        let code = body.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
        (self.status(), code.map_or("", |(code, _)| code))
    }
}

/// Resolves every name to the loopback address: not every system does so for names below `localhost`.
#[derive(Debug)]
struct Loopback;

impl Resolver for Loopback {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut addresses = self.empty();
        addresses.push(SocketAddr::from((Ipv4Addr::LOCALHOST, uri.port_u16().unwrap())));
        Ok(addresses)
    }
}
