//! Keys that some client, proxy or server mistakes for another.

use presign::s3::{AddressingStyle, DeleteObject, GetObject, HeadObject, PutObject};

use crate::server::{BUCKET, Server};

/// All of them are stored by s3s exactly as they are.
const KEYS: [&str; 54] = [
    "plain.txt",
    "folder/plain.txt",
    // Other scripts, composed and decomposed: no normalization may make these two one key.
    "grüße.txt",
    "gru\u{308}ße.txt",
    "日本語/ファイル.txt",
    "עברית",
    "emoji 🦀👩‍👩‍👧.png",
    // Spaces and what stands for them.
    " ",
    "a b",
    " a b ",
    "a  b",
    "a+b",
    "a%20b",
    // Percent signs, alone and as if the key were encoded already.
    "%",
    "100%",
    "%2F",
    "a%2Fb",
    "%252F",
    "%zz",
    "%00",
    // Delimiters of a URL and of a query.
    "a~b",
    "a#b",
    "a?b",
    "a?b=c&d=e",
    "a&b",
    "a=b",
    "a;b",
    "a,b",
    "a@b",
    "a:b",
    "a$b",
    "a[b]",
    "'()*!",
    "-_.~",
    "a\\b",
    "\"quoted\"",
    "<a>&amp;</a>",
    "{a}|b^c`d",
    "X-Amz-Signature=0",
    // Slashes that paths lose to normalization.
    "/",
    "//",
    "a//b",
    "a///b//",
    "/leading",
    "//leading",
    "trailing/",
    "trailing//",
    // Dots that are not segments; presign refuses those that are.
    "..a/b..",
    ".hidden/...",
    "c:/x:y",
    // Control characters.
    "\u{1}",
    "line\nfeed",
    "carriage\r\treturn",
    "\u{7f}\u{0}\u{85}",
];

#[test]
fn path_style() {
    round_trips(AddressingStyle::Path);
}

#[test]
fn virtual_hosted_style() {
    round_trips(AddressingStyle::VirtualHosted);
}

fn round_trips(style: AddressingStyle) {
    let server = Server::start();
    // The longest keys that S3 has: 1,024 bytes, and what fits of a character of three bytes.
    let longest = ["a".repeat(1_024), "語".repeat(341)];
    for key in KEYS.into_iter().chain(longest.iter().map(String::as_str)) {
        round_trip(&server, style, key);
    }
}

fn round_trip(server: &Server, style: AddressingStyle, key: &str) {
    let presigner = server.presigner_in(style);
    let body = format!("the content of {key}").into_bytes();

    let put = server.call(&presigner, PutObject::new(key), &body);
    assert_eq!(put.status(), 200, "PUT {key:?}: {put:?}");
    assert_eq!(server.memory.keys(), [(BUCKET.to_owned(), key.to_owned())]);
    assert_eq!(server.memory.object(BUCKET, key).unwrap().body, body, "{key:?}");

    let get = server.call(&presigner, GetObject::new(key), ());
    assert_eq!(get.status(), 200, "GET {key:?}: {get:?}");
    assert_eq!(get.body(), body, "{key:?}");

    let head = server.call(&presigner, HeadObject::new(key), ());
    assert_eq!(head.status(), 200, "HEAD {key:?}: {head:?}");
    assert_eq!(head.header("content-length"), Some(&*body.len().to_string()), "{key:?}");

    let delete = server.call(&presigner, DeleteObject::new(key), ());
    assert_eq!(delete.status(), 204, "DELETE {key:?}: {delete:?}");
    assert_eq!(server.memory.keys(), []);
    assert_eq!(server.call(&presigner, GetObject::new(key), ()).refusal(), (404, "NoSuchKey"), "{key:?}");
}
