//! A server on a port of its own, and a client.

use std::time::Duration;

use presign::{Credentials, Presigner, Timestamp};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use upload_server::{App, Clock, Limits, Store, serve};

pub(crate) const MINUTE: Duration = Duration::from_mins(1);
pub(crate) const LIMITS: Limits = Limits { max_size: 20_000_000, parts_from: 8_000_000 };

/// It runs as a task of the test, and ends with it.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) client: Client,
}

impl Server {
    /// With the embedded store, by the system's clock.
    pub(crate) async fn start() -> (Self, Store) {
        let store = Store::open(None, &[]).unwrap();
        (Self::of(&store, Timestamp::now).await, store)
    }

    /// Another server of the same store, by another clock.
    pub(crate) async fn of(store: &Store, clock: Clock) -> Self {
        Self::with(store.presigner().clone(), clock).await
    }

    pub(crate) async fn with(presigner: Presigner, clock: Clock) -> Self {
        crate::log::start();
        let app = App::new(presigner, LIMITS, MINUTE).unwrap().with_clock(clock);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, app.into_router().unwrap(), std::future::pending()));
        Self { url, client: Client::builder().no_proxy().build().unwrap() }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    /// Posts JSON and returns the status and the JSON of the answer.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        answer(self.request(Method::POST, path).json(body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.request(Method::GET, path)).await
    }

    /// A grant that has to be given.
    pub(crate) async fn upload_url(&self, body: &Value) -> Value {
        let (status, grant) = self.post("/users/get-file-upload-url", body).await;
        assert_eq!(status, 200, "{grant}");
        grant
    }

    /// Reads an object through a URL of the server.
    pub(crate) async fn download(&self, key: &str) -> Response {
        let url = self.client.get(format!("{}/users/get-file-download-url", self.url)).build().unwrap().url().clone();
        let mut url = url;
        url.query_pairs_mut().append_pair("key", key);
        let (status, grant) = answer(self.client.get(url)).await;
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

async fn answer(request: RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let body = answer.text().await.unwrap();
    (status, if body.is_empty() { Value::Null } else { serde_json::from_str(&body).unwrap() })
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn pairs(object: &Value) -> impl Iterator<Item = (&str, &str)> {
    object.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), text(value)))
}

/// What an error looks like.
pub(crate) fn error(code: &str, message: &str) -> Value {
    json!({ "error": { "code": code, "message": message } })
}

/// The status and the code of a store's refusal.
pub(crate) async fn refusal(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let body = answer.text().await.unwrap();
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

/// A clock by which a grant has expired, but not by so much that a store takes the clock for wrong.
pub(crate) fn five_minutes_ago() -> Result<Timestamp, presign::Error> {
    Timestamp::from_unix_seconds(Timestamp::now()?.unix_seconds() - 300)
}
