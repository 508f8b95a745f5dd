//! Keys that some client, proxy or server mistakes for another.

use presign::s3::{DeleteObject, HeadObject, PutObject};

use crate::case::{Outcome, S3, check};
use crate::known::known;
use crate::store::Store;

const KEYS: [&str; 32] = [
    "folder/plain.txt",
    "grüße.txt",
    "gru\u{308}ße.txt",
    "日本語/ファイル.txt",
    "emoji 🦀👩‍👩‍👧.png",
    " ",
    " a b ",
    "a  b",
    "a+b",
    "a%20b",
    "100%",
    "%2F",
    "a%2Fb",
    "%252F",
    "%zz",
    "a~b",
    "a#b",
    "a?b=c&d=e",
    "a;b,c@d:e$f",
    "a[b]",
    "'()*!",
    "a\\b",
    "\"quoted\"",
    "<a>&amp;</a>",
    "{a}|b^c`d",
    "X-Amz-Signature=0",
    "//",
    "a//b",
    "a///b//",
    "/leading",
    "trailing/",
    "..a/b..",
];

#[test]
#[ignore = "needs a store: run .ci/other-stores"]
fn every_key_is_the_one_that_was_signed() {
    let store = Store::from_env();
    let mut outcomes = Vec::new();
    for key in KEYS {
        let body = format!("the content of {key}").into_bytes();
        let put = store.call(PutObject::new(key), &body);
        if put.is_success() {
            let head = store.call(HeadObject::new(key), ());
            assert_eq!(head.header("content-length"), Some(&*body.len().to_string()), "{key:?}");
        }
        outcomes.push(Outcome::new(key, S3::Accepts, &put));
    }
    // None has overwritten another.
    for (key, _) in KEYS.into_iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_accepted()) {
        let body = format!("the content of {key}").into_bytes();
        assert_eq!(store.get(key).unwrap().body(), body, "{key:?}");
        assert!(store.call(DeleteObject::new(key), ()).is_success(), "{key:?}");
        assert!(store.get(key).is_none(), "{key:?}");
    }
    check(&store, known(&store.name).map(|known| known.keys), &outcomes);
}
