//! Stopping the server.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use upload_server::serve;

use crate::server::{Server, aws, noon};

/// A server whose only request waits until it is told to go on.
struct Waiting {
    connection: TcpStream,
    stop: oneshot::Sender<()>,
    go_on: Arc<Notify>,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
}

async fn request_under_way() -> Waiting {
    let (arrived, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let handler = {
        let (arrived, go_on) = (Arc::clone(&arrived), Arc::clone(&go_on));
        move || async move {
            arrived.notify_one();
            go_on.notified().await;
            "done"
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let router = Router::new().route("/", get(handler));
    let server = tokio::spawn(serve(listener, router, async { drop(stopped.await) }));
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    arrived.notified().await;
    Waiting { connection, stop, go_on, server }
}

#[tokio::test]
async fn a_request_under_way_is_answered() {
    let Waiting { mut connection, stop, go_on, server } = request_under_way().await;
    stop.send(()).unwrap();
    tokio::task::yield_now().await;
    assert!(!server.is_finished());
    go_on.notify_one();
    let mut response = String::new();
    connection.read_to_string(&mut response).await.unwrap();
    assert!(response.starts_with("HTTP/1.1 200") && response.ends_with("done"), "{response}");
    server.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_request_that_hangs_does_not_hold_the_server() {
    let Waiting { connection: _connection, stop, server, .. } = request_under_way().await;
    // From here on, time passes as soon as there is nothing else to do.
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
    assert_eq!(start.elapsed().as_secs(), 10);
}

#[tokio::test]
async fn a_request_that_does_not_end_is_answered() {
    let server = Server::with(aws(), noon).await;
    let mut connection = TcpStream::connect(server.url.strip_prefix("http://").unwrap()).await.unwrap();
    let head = "POST /users/get-file-upload-url HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                content-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    connection.write_all(head.as_bytes()).await.unwrap();
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    let mut response = String::new();
    connection.read_to_string(&mut response).await.unwrap();
    assert!(response.starts_with("HTTP/1.1 408"), "{response}");
    assert!(response.ends_with(r#"{"error":{"code":"timeout","message":"The request took too long."}}"#), "{response}");
    assert_eq!(start.elapsed().as_secs(), 60);
}
