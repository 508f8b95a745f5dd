//! A server on an ephemeral port, and a client.

use std::time::Duration;

use presign::{Credentials, Presigner, Timestamp};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use upload_server::{App, Clock, EmbeddedSettings, Limits, Rules, Store, StoreSettings, serve};

pub(crate) const MINUTE: Duration = Duration::from_mins(1);
pub(crate) const MAX_SIZE: u64 = 20_000_000;

pub(crate) fn rules() -> Rules {
    let limits = Limits { max_size: MAX_SIZE, parts_from: 8_000_000, ..Limits::default() };
    Rules { limits, expires: MINUTE, ..Rules::default() }
}

pub(crate) fn embedded_store() -> Store {
    let settings = EmbeddedSettings { listen: ([127, 0, 0, 1], 0).into(), public_url: None, fail_every: None };
    Store::open(&StoreSettings::Embedded(settings), Vec::new()).unwrap()
}

/// A server that runs as a task of the test, and ends with it.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) client: Client,
}

impl Server {
    /// Starts a server with the embedded store, by the system's clock.
    pub(crate) async fn start() -> (Self, Store) {
        let store = embedded_store();
        (Self::of(&store, Timestamp::now).await, store)
    }

    /// Starts another server of the same store, by another clock.
    pub(crate) async fn of(store: &Store, clock: Clock) -> Self {
        Self::with_rules(store, rules(), clock).await
    }

    /// Starts a server for a store that is not started here.
    pub(crate) async fn with(presigner: Presigner, clock: Clock) -> Self {
        Self::of(&Store::of(presigner).unwrap(), clock).await
    }

    pub(crate) async fn with_rules(store: &Store, rules: Rules, clock: Clock) -> Self {
        crate::log::start();
        let app = App::new(store, rules).unwrap().with_clock(clock).with_first_pause(Duration::ZERO);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, app.into_router().unwrap(), std::future::pending()));
        Self { url, client: Client::builder().no_proxy().build().unwrap() }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    /// Posts JSON and returns the status and the JSON of the response.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        response(self.request(Method::POST, path).json(body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        response(self.request(Method::GET, path)).await
    }

    /// Returns a grant that the server must give.
    pub(crate) async fn grant(&self, body: &Value) -> Value {
        let (status, grant) = self.post("/users/get-upload-grant", body).await;
        assert_eq!(status, 200, "{grant}");
        grant
    }

    /// Asks for a link to an object.
    pub(crate) async fn link(&self, key: &str) -> (u16, Value) {
        response(self.request(Method::GET, "/users/get-file-download-url").query(&[("key", key)])).await
    }

    /// Reads an object through a link of the server.
    pub(crate) async fn download(&self, key: &str) -> Response {
        let (status, grant) = self.link(key).await;
        assert_eq!(status, 200, "{grant}");
        self.client.get(text(&grant["url"])).send().await.unwrap()
    }

    /// Does what a grant says.
    pub(crate) async fn send(&self, grant: &Value, file: &[u8]) -> Response {
        self.send_to(text(&grant["url"]), grant, file).await
    }

    /// The same, but to another URL.
    pub(crate) async fn send_to(&self, url: &str, grant: &Value, file: &[u8]) -> Response {
        let method = text(&grant["method"]).parse().unwrap();
        let request = self.client.request(method, url);
        let request = if grant["method"] == "POST" {
            let fields = pairs(&grant["fields"]);
            let form = presign::s3::MultipartBody::new(fields, "file", "application/octet-stream", file).unwrap();
            request.header("content-type", form.content_type()).body(form.into_bytes())
        } else {
            // The client sets the length itself, as browsers do.
            let headers = pairs(&grant["headers"]).filter(|(name, _)| *name != "content-length");
            headers.fold(request, |request, (name, value)| request.header(name, value)).body(file.to_vec())
        };
        request.send().await.unwrap()
    }
}

pub(crate) async fn response(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let body = response.text().await.unwrap();
    (status, if body.is_empty() { Value::Null } else { serde_json::from_str(&body).unwrap() })
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn pairs(object: &Value) -> impl Iterator<Item = (&str, &str)> {
    object.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), text(value)))
}

/// Returns the body of an error response.
pub(crate) fn error(code: &str, message: &str) -> Value {
    json!({ "error": { "code": code, "message": message } })
}

/// Returns the status and the code of a store's refusal.
pub(crate) async fn refusal(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let body = response.text().await.unwrap();
    let code = body.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
    (status, code.map_or(String::new(), |(code, _)| code.to_owned()))
}

/// Signs for AWS, with the credentials of its documentation: nothing is sent there.
pub(crate) fn aws() -> Presigner {
    Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").unwrap())
        .region("eu-west-1")
        .bucket("user-media")
        .build()
        .unwrap()
}

#[allow(clippy::unnecessary_wraps, reason = "a clock may fail")]
pub(crate) fn noon() -> Result<Timestamp, presign::Error> {
    "20261124T120000Z".parse()
}

/// Tells a time at which grants have expired by now, but not by so much that a store takes the clock for wrong.
pub(crate) fn five_minutes_ago() -> Result<Timestamp, presign::Error> {
    Timestamp::now()?.checked_sub(Duration::from_mins(5))
}
