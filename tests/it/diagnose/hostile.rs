//! Bodies that are no responses of a store, and secrets.

use std::time::Instant;

use presign::diagnose::{Refusal, Signed, diagnose};
use proptest::prelude::*;

use super::*;

/// All that is said about a body.
fn said(signed: &Explanation, body: &str) -> String {
    let refusal = Refusal::parse(Some(403), body);
    let signed = Signed::from(signed);
    let diagnosis = diagnose(&signed, &refusal);
    format!("{signed:?} {refusal:?} {diagnosis:?} {diagnosis} {}", diagnosis.advice())
}

#[test]
fn large_and_deep_bodies() {
    let signed = put();
    let mut entities = String::from("<!DOCTYPE e [<!ENTITY a \"aaaaaaaaaa\">");
    for (name, inner) in ('b'..='z').zip('a'..='y') {
        entities += &format!("<!ENTITY {name} \"{}\">", format!("&{inner};").repeat(10));
    }
    entities += "]><Error><Code>&z;</Code></Error>";
    let million = 1_000_000;
    let bodies = [
        "<a>".repeat(million),
        "</a>".repeat(million),
        "[".repeat(million),
        "{\"a\":".repeat(million),
        "{\"message\":\"".to_owned() + &"\\u0000".repeat(million),
        "&amp;".repeat(2 * million),
        format!("<Error><Message>{}</Message></Error>", "&#x41;".repeat(million)),
        format!(
            "<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>{}</CanonicalRequest></Error>",
            "\n".repeat(million)
        ),
        format!(
            "<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>GET\n/\n{}\n\n\nhost\nx</CanonicalRequest></Error>",
            "a=b&".repeat(20_000)
        ),
        format!("<Error><StringToSignBytes>{}</StringToSignBytes></Error>", "ff ".repeat(million)),
        "GET\n/\n".repeat(million),
        "GET\n/\na=b\nhost:x\n".repeat(million),
        "AWS4-HMAC-SHA256\n".repeat(million),
        "Canonical String'".repeat(million),
        "é".repeat(5 * million),
        "\u{feff}\u{0}\u{fffd}".repeat(million),
        entities,
    ];
    for body in bodies {
        let start = Instant::now();
        let text = said(&signed, &body);
        assert!(text.len() < 1_000_000, "{} bytes of text about {:?}", text.len(), body.get(..30));
        // A second in a debug build is far from linear. Generous, for machines that do something else.
        assert!(start.elapsed().as_secs() < 20, "{:?} takes {:?}", body.get(..30), start.elapsed());
    }
}

/// An entity is shown as it is written, never resolved.
#[test]
fn entities_of_a_document() {
    let body = "<!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Error><Code>&x;</Code></Error>";
    assert_eq!(Refusal::parse(None, body).code(), Some("&x;"));
    let body = "<Error><Code>a&#65;&#x42;&amp;&lt;&gt;&apos;&quot;&nbsp;&#0;&</Code></Error>";
    let refusal = Refusal::parse(None, body);
    assert!(refusal.code().expect("a code").starts_with("aAB&<>'\"&nbsp;"), "{refusal:?}");
}

#[test]
fn every_start_of_a_response_is_read() {
    let signed = put();
    let received = Received::new(&signed, |text| text.replacen("image/png", "text/plain", 1));
    let body = received.aws();
    for end in 0..body.len() {
        let Some(start) = body.get(..end) else { continue };
        // A part of a string never counts for the whole string.
        if let Some(found) = Refusal::parse(None, start).canonical_request() {
            assert_eq!(found, received.canonical_request, "at {end}");
        }
    }
}

/// Neither side of a difference shows a signature, a session token or a key of SSE-C, however the line was mangled.
#[test]
fn secrets_are_not_shown() {
    let signed = secret_put();
    assert!(signed.canonical_request().contains("SENTINEL") && signed.canonical_request().contains(CUSTOMER_KEY));
    let changes: &[fn(&str) -> String] = &[
        |t| t.replace("SENTINEL", "SENTINELx"),
        |t| t.replace("%2Ftoken", "%252Ftoken"),
        |t| t.replace("c2VudGluZWwt", "d2VudGluZWwt"),
        |t| t.replace("&X-Amz-", "%26X-Amz-"),
        |t| t.replace("&X-Amz-", "&amp%3BX-Amz-"),
        |t| t.replace('&', "%2526"),
        |t| t.replace("/a\n", "/a%3F").replacen("X-Amz-", "x\nX-Amz-", 1),
        |t| t.replace("/a\n", "/a%3F"),
        |t| t.replace("X-Amz-Security-Token", "x-amz-security-token"),
        |t| t.replace("customer-key:", "customer-key: "),
        |t| t.replace("x-amz-server-side-encryption-customer-key:", "X-Amz-Server-Side-Encryption-Customer-Key:"),
        |t| t.replace("host:", "host:a\nauthorization:SENTINEL\ncookie:SENTINEL\nx:"),
        |t| t.replace("X-Amz-Expires=900", "X-Amz-Expires=900&X-Amz-Signature=SENTINEL"),
        |t| t.replace("X-Amz-Expires=900", "X-Amz-Expires=900&X-Goog-Signature=SENTINEL"),
        |t| format!("{t}\ncookie: session=SENTINEL"),
        |t| t.replace("UNSIGNED-PAYLOAD", "authorization: Bearer SENTINEL"),
        |t| t.replace("/a\n", "/a%3FAWSAccessKeyId=b&Signature=SENTINEL\n"),
        |t| t.replace("/a\n", "/a%3FAWSAccessKeyId%3Db%26Signature%3DSENTINEL\n"),
        |t| t.lines().rev().collect::<Vec<_>>().join("\n"),
        |t| t.replace('\n', "%0A").replacen("%0A", "\n", 1),
    ];
    for change in changes {
        let received = Received::new(&signed, change);
        for body in [received.aws(), received.canonical_request.clone()] {
            let text = said(&signed, &body);
            for secret in ["SENTINEL", "c2VudGluZWwt", "d2VudGluZWwt", "Y3VzdG9tZXIt"] {
                assert!(!text.contains(secret), "{text}");
            }
        }
    }
    // It is seen where they differ.
    let received = Received::new(&signed, |text| text.replace("customer-key:c2V", "customer-key:c2W"));
    let diagnosis = why(&signed, 403, &received.aws());
    let difference = diagnosis.difference().expect("a difference");
    assert_eq!(difference.signed(), Some("[redacted: 44 characters, different after 2]"));
    assert_eq!(difference.received(), difference.signed());
}

/// What a store writes cannot move the cursor of a terminal.
#[test]
fn control_characters_are_escaped() {
    let signed = put();
    let received = Received::new(&signed, |text| text.replacen("image/png", "\u{1b}[2J\u{7}\u{85}", 1));
    let body = json_body(&received);
    let text = why(&signed, 403, &body).to_string();
    assert!(text.contains("\\u{1b}[2J\\u{7}\\u{85}"), "{text}");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
}

fn json_body(received: &Received) -> String {
    serde_json::json!({ "code": "SignatureDoesNotMatch", "CanonicalRequest": received.canonical_request }).to_string()
}

proptest! {
    #[test]
    fn any_text(body in ".{0,300}") {
        said(&put(), &body);
    }

    /// Pieces of responses in any order.
    #[test]
    fn any_pieces(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "<Error>", "</Error>", "<Code>", "</Code>", "SignatureDoesNotMatch", "<CanonicalRequest>", "</CanonicalRequest>", "GET", "\n",
        "/", "\n\n", "host:x", "host", "a=b&c", "UNSIGNED-PAYLOAD", "<StringToSign>", "</StringToSign>", "AWS4-HMAC-SHA256\n",
        "20240315T081530Z\n", "20240315/eu-west-1/s3/aws4_request\n", "&#x0;", "&", "<![CDATA[", "]]>", "<!--", "{\"message\":\"", "\"}",
        "The Canonical String", "'", "The String-to-Sign", "<Region>", "é", "%", "%2", "+", "X-Amz-Credential=", "=",
    ]), 0..40)) {
        said(&put(), &pieces.concat());
    }

    /// One byte of a real response is another one.
    #[test]
    fn any_damage(at in 0_usize..4_000, character in any::<char>()) {
        let signed = put();
        let mut body: Vec<char> = Received::new(&signed, |text| text.replacen("PUT", "GET", 1)).aws().chars().collect();
        let at = at % body.len();
        body[at] = character;
        said(&signed, &body.into_iter().collect::<String>());
    }
}
