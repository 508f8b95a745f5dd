//! The configurations of `docs/proxies.md`, in the proxies that they are for. `.ci/proxies` installs these and runs this.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;
use std::{env, fs};

use presign::Presigner;
use presign::s3::{AddressingStyle, GetObject, PostPolicy, PutObject};
use ureq::http::Request;

use crate::server::{MINUTE, Server, builder_at};

const PAGE: &str = include_str!("../../../../docs/proxies.md");

/// Keys that some proxy changes.
const KEYS: [&str; 25] = [
    "plain.txt",
    "a b+c%2F~ü.txt",
    "a+b",
    "a%20b",
    "100%",
    "%2F",
    "%252F",
    "a?b=c&d#e",
    "a;b,c@d:e$f",
    "'()*!",
    "a\\b",
    "\"q\"<a>{b}|^`",
    "trail/",
    "..a/b..",
    ".hidden/...",
    "c:/x:y",
    "\u{1}",
    "\u{7f}\u{85}",
    "日本語/ファイル",
    "a[b]",
    "X-Amz-Signature=0",
    DOUBLE,
    LEADING,
    LINE_FEED,
    NUL,
];
const DOUBLE: &str = "a//b///c";
const LEADING: &str = "/leading";
const LINE_FEED: &str = "line\nfeed";
const NUL: &str = "nul\0";

/// A configuration of the page, perhaps with changes, and what it does not let through.
struct Row {
    /// What is between `### PROXY` and the end of the line.
    section: &'static str,
    changes: Changes,
    refused: &'static [&'static str],
    /// Whether a header with `_` in its name arrives.
    underscores: bool,
}

/// Texts, and what takes their place.
type Changes = &'static [(&'static str, &'static str)];

const fn row(section: &'static str, changes: Changes, refused: &'static [&'static str]) -> Row {
    Row { section, changes, refused, underscores: true }
}

const NGINX: [Row; 7] = [
    row("keeps the host", &[], &[NUL]),
    row("sends another host", &[], &[NUL]),
    row("strips a path", &[], &[NUL]),
    row("strips a path", &[("http://store$below_files;", "http://store/;")], &[DOUBLE, LEADING, NUL]),
    row(
        "strips a path",
        &[("http://store$below_files;", "http://store/;"), ("listen 80;", "merge_slashes off; listen 80;")],
        &[NUL],
    ),
    row(
        "strips a path",
        &[("proxy_pass http://store$below_files;", "rewrite ^/files(/.*)$ $1 break; proxy_pass http://store;")],
        &[DOUBLE, LEADING, LINE_FEED, NUL],
    ),
    Row {
        underscores: false,
        ..row("keeps the host", &[("underscores_in_headers on;", "underscores_in_headers off;")], &[NUL])
    },
];

const CADDY: [Row; 5] = [
    row("keeps the host", &[], &[]),
    row("sends another host", &[], &[]),
    row("strips a path", &[], &[]),
    row(
        "strips a path",
        &[("handle /files/* {\n        uri path_regexp ^/files/ /", "handle_path /files/* {")],
        &[DOUBLE, LEADING],
    ),
    Row {
        underscores: false,
        ..row("keeps the host", &[("expected_underscore_headers x-amz-meta-a_b", "# none are expected")], &[])
    },
];

const TRAEFIK: [Row; 4] = [
    row("keeps the host", &[], &[]),
    row("sends another host", &[], &[]),
    row("strips a path", &[], &[DOUBLE, LEADING]),
    row("keeps the host", &[("sanitizePath: false", "sanitizePath: true")], &[DOUBLE, LEADING]),
];

#[test]
#[ignore = "needs a proxy: run .ci/proxies"]
fn the_page_is_true() {
    let name = env::var("PRESIGN_TEST_PROXY").expect("PRESIGN_TEST_PROXY is not set; .ci/proxies sets it");
    let rows: &[Row] = match &*name {
        "nginx" => &NGINX,
        "Caddy" => &CADDY,
        "Traefik" => &TRAEFIK,
        other => panic!("no proxy {other}"),
    };
    for row in rows {
        check(&name, row);
    }
}

fn check(name: &str, row: &Row) {
    let server = Server::start();
    let proxy = Proxy::start(name, row, &server.store.endpoint());
    let presigner = proxy.presigner(row, &server);
    let mut refused = Vec::new();
    for key in KEYS {
        let put = server.send(&presigner.presign(PutObject::new(key), MINUTE).unwrap(), key);
        let get = server.send(&presigner.presign(GetObject::new(key), MINUTE).unwrap(), ());
        match (put.status(), get.status()) {
            (200, 200) => {
                assert_eq!(server.content(key).as_deref(), Some(key.as_bytes()), "{key:?}");
                assert_eq!(get.body(), key.as_bytes(), "{key:?}");
            }
            statuses => {
                assert_eq!(server.content(key), None, "{key:?}");
                refused.push((key, statuses));
            }
        }
    }
    let metadata = presigner.presign(PutObject::new("metadata").metadata("a_b", "c"), MINUTE).unwrap();
    let underscores = server.send(&metadata, "body").status();
    let large = vec![b'a'; 2 << 20];
    let uploaded = server.send(&presigner.presign(PutObject::new("large"), MINUTE).unwrap(), &large).status();
    let posted = post(&server, &presigner);

    println!("{name} {}: {} of {} keys", row.section, KEYS.len() - refused.len(), KEYS.len());
    for (_, change) in row.changes {
        println!("  with `{change}`");
    }
    println!("  refused (PUT, GET): {refused:?}");
    println!("  header with `_`: {underscores}, 2 MiB: {uploaded}, form: {posted}");
    assert_eq!(refused.iter().map(|(key, _)| *key).collect::<Vec<_>>(), row.refused);
    assert_eq!(underscores, if row.underscores { 200 } else { 403 });
    assert_eq!((uploaded, posted), (200, 204));
}

fn post(server: &Server, presigner: &Presigner) -> u16 {
    let policy = PostPolicy::new("form/a b+ü").content_type("text/plain").content_length_range(1..=100);
    let form = presigner.presign_post(&policy, MINUTE).unwrap();
    let body = form.multipart_body("a.txt", "text/plain", b"Hello").unwrap();
    let request = Request::post(form.url()).header("content-type", body.content_type());
    server.run(request.body(body.into_bytes()).unwrap()).status()
}

/// A proxy, which ends with the value.
struct Proxy {
    program: Child,
    port: u16,
    _directory: tempfile::TempDir,
}

impl Proxy {
    fn start(name: &str, row: &Row, store: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        // Free when the proxy starts, in all likelihood.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let (mut files, arguments) = files(name, row.section, directory.path());
        for &(from, to) in row.changes {
            assert!(files.iter().any(|(_, text)| text.contains(from)), "{from}");
            for (_, text) in &mut files {
                *text = text.replace(from, to);
            }
        }
        let address = format!("127.0.0.1:{port}");
        for (file, text) in &mut files {
            let text = text
                .replace("minio:9000", store.strip_prefix("http://").unwrap())
                .replace("listen 80;", &format!("listen {address};"))
                .replace("address: \":80\"", &format!("address: \"{address}\""))
                .replace("\nexample.com {", &format!("\nhttp://{address} {{"))
                .replace("Host(`example.com`)", "Host(`127.0.0.1`)");
            fs::write(directory.path().join(file), text).unwrap();
        }
        let program = env::var("PRESIGN_TEST_PROXY_PROGRAM").expect("PRESIGN_TEST_PROXY_PROGRAM is set");
        let mut command = Command::new(program);
        command.args(arguments).current_dir(directory.path()).env("HOME", directory.path()).stdout(Stdio::null());
        let program = command.spawn().unwrap();
        let mut proxy = Self { program, port, _directory: directory };
        for _ in 0..400 {
            if proxy.is_ready() {
                return proxy;
            }
            assert!(proxy.program.try_wait().unwrap().is_none(), "{name} does not run with that configuration");
            sleep(Duration::from_millis(50));
        }
        panic!("{name} runs, but does not pass requests to the store");
    }

    /// Whether the store responds, which refuses what is not signed. Traefik listens before it knows the way to the store.
    fn is_ready(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)) else { return false };
        let mut response = String::new();
        let request = b"GET /files/ HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n";
        stream.write_all(request).and_then(|()| stream.read_to_string(&mut response)).is_ok()
            && response.starts_with("HTTP/1.1 403")
    }

    /// As the page says.
    fn presigner(&self, row: &Row, server: &Server) -> Presigner {
        let (public, store) = (format!("http://127.0.0.1:{}", self.port), server.store.endpoint());
        let (endpoint, published) = match row.section {
            "keeps the host" => (public, None),
            "sends another host" => (store, Some(public)),
            "strips a path" => (store, Some(public + "/files")),
            other => panic!("no section {other}"),
        };
        builder_at(&endpoint, AddressingStyle::Path).published_endpoint(published).build().unwrap()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

/// The files of a proxy, and its arguments.
fn files(name: &str, section: &str, directory: &Path) -> (Vec<(&'static str, String)>, Vec<String>) {
    let own = block(&format!("### {name} {section}"));
    match name {
        "nginx" => {
            let temporary =
                ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|kind| format!("{kind}_temp_path t;"));
            let main = format!(
                "daemon off; master_process off; pid pid; error_log stderr error; events {{}}\n\
                 http {{\naccess_log off; {}\n{own}}}\n",
                temporary.join(" ")
            );
            let prefix = format!("{}/", directory.display());
            (vec![("conf", main)], ["-e", "stderr", "-p", &prefix, "-c", "conf"].map(str::to_owned).to_vec())
        }
        "Caddy" => {
            let options = block("## Caddy").replacen('{', "{\n    admin off\n    auto_https off", 1);
            (
                vec![("conf", options + "\n" + own)],
                ["run", "--adapter", "caddyfile", "--config", "conf"].map(str::to_owned).to_vec(),
            )
        }
        _ => {
            let silent = "global:\n  checkNewVersion: false\n  sendAnonymousUsage: false\n";
            let files = vec![("static.yml", block("## Traefik").to_owned() + silent), ("dynamic.yml", own.to_owned())];
            (files, vec!["--configFile=static.yml".to_owned()])
        }
    }
}

/// The first block of code below a heading.
fn block(heading: &str) -> &'static str {
    let (_, section) = PAGE.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no section {heading}"));
    let (_, block) = section.split_once("\n```").unwrap();
    let (_, block) = block.split_once('\n').unwrap();
    block.split_once("```\n").unwrap().0
}
