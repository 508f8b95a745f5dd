//! The same response in every form in which people have it.

use presign::diagnose::{Cause, Line, Refusal, Signed, diagnose};
use serde_json::json;

use super::*;

/// A response in which the content type differs, in all forms.
fn forms(received: &Received) -> Vec<(&'static str, String)> {
    let Received { canonical_request, string_to_sign } = received;
    let aws = received.aws();
    let message = format!(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and \
         signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have \
         been\n'{canonical_request}'\n\nThe String-to-Sign should have been\n'{string_to_sign}'\n"
    );
    let strings = format!(
        "<StringToSign>{}</StringToSign><CanonicalRequest>{}</CanonicalRequest>",
        escaped(string_to_sign),
        escaped(canonical_request)
    );
    vec![
        ("AWS", aws.clone()),
        // Cloudflare R2 since December 2024: AVideo#9667, Portabase#58
        ("R2", aws.replace("Check your key", "Check your secret access key")),
        // Google Cloud Storage: libvmod-awsrest#32
        ("GCS", format!("<?xml version='1.0' encoding='UTF-8'?>{}", error("SignatureDoesNotMatch", "", &strings))),
        ("without bytes", format!("<Error><Code>SignatureDoesNotMatch</Code>{strings}</Error>")),
        (
            "only bytes",
            format!(
                "<Error><Code>SignatureDoesNotMatch</Code><StringToSignBytes>{}</StringToSignBytes><CanonicalRequestBytes>{}\
             </CanonicalRequestBytes></Error>",
                dump(string_to_sign),
                dump(canonical_request)
            ),
        ),
        ("namespace", aws.replace("<Error>", "<Error xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">")),
        ("prefix", aws.replace("</", "</s3:").replace('<', "<s3:").replace("<s3:/s3:", "</s3:").replace("<s3:?", "<?")),
        (
            "indented",
            aws.replace("><", ">\n    <")
                .replace("<StringToSign>", "<StringToSign>\n        ")
                .replace("</CanonicalRequest>", "\n    </CanonicalRequest>"),
        ),
        (
            "line feeds as entities",
            format!(
                "<Error><Code>SignatureDoesNotMatch</Code>{}</Error>",
                strings.replace('\n', "&#xA;").replace("&amp;", "&#38;")
            ),
        ),
        (
            "CDATA",
            format!(
                "<Error><Code>SignatureDoesNotMatch</Code><StringToSign><![CDATA[{string_to_sign}]]></StringToSign>\
             <CanonicalRequest><![CDATA[{canonical_request}]]></CanonicalRequest></Error>"
            ),
        ),
        // A chat lost the line feeds of the texts; the bytes are as they were.
        ("one line", {
            let lost = |text: &str| escaped(&text.replace('\n', " "));
            aws.replace(&escaped(string_to_sign), &lost(string_to_sign))
                .replace(&escaped(canonical_request), &lost(canonical_request))
        }),
        ("Windows", aws.replace('\n', "\r\n")),
        ("cut off at the end", aws.split("<RequestId>").next().expect("a start").to_owned()),
        ("curl -i", format!("HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\n\r\n{aws}")),
        ("after a line of a log", format!("2024-03-15T08:16:00Z ERROR upload failed: {aws}")),
        // selling-partner-api-models#113
        ("service", json!({ "message": message, "code": "InvalidSignatureException" }).to_string()),
        ("errors", json!({ "errors": [{ "code": "InvalidSignature", "message": message }] }).to_string()),
        (
            "type",
            json!({ "__type": "com.amazon.coral.service#InvalidSignatureException", "Message": message }).to_string(),
        ),
        // The query protocol, of STS and IAM.
        (
            "service in XML",
            format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>{}</Message></Error>\
             </ErrorResponse>",
                escaped(&message)
            ),
        ),
        ("message", message.clone()),
        ("message in a log", format!("SignatureDoesNotMatch: {}", message.replace('\n', "\\n"))),
        // An SDK's error as JSON.
        (
            "members",
            json!({ "Error": { "Code": "SignatureDoesNotMatch", "StringToSign": string_to_sign,
            "CanonicalRequest": canonical_request } })
            .to_string(),
        ),
        (
            "HAR",
            json!({ "request": { "url": "https://x" }, "response": { "status": 403, "content": { "text": aws } } })
                .to_string(),
        ),
        ("pasted", format!("StringToSign:\n{string_to_sign}\n\nCanonicalRequest:\n{canonical_request}\n")),
        (
            "pasted in a quotation",
            format!(
                "> the store says\n\n{}\n\n{}\n",
                canonical_request.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n"),
                string_to_sign.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
            ),
        ),
        ("only the canonical request", canonical_request.clone()),
    ]
}

#[test]
fn one_cause_in_every_form() {
    let signed = put();
    for (change, cause) in [
        (("image/png", "image/png; charset=utf-8"), Cause::ContentType),
        (("x-amz-meta-user:42", "x-amz-meta-user:it's"), Cause::HeaderChanged),
        (("PUT", "POST"), Cause::Method),
        (("my%20file%2B1", "my%2520file%252B1"), Cause::UrlRewritten),
        (("UNSIGNED-PAYLOAD", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), Cause::PayloadHash),
    ] {
        let received = Received::new(&signed, |text| text.replacen(change.0, change.1, 1));
        for (form, body) in forms(&received) {
            let refusal = Refusal::parse(Some(403), &body);
            assert_eq!(refusal.canonical_request(), Some(&*received.canonical_request), "{form} {cause}: {body}");
            if form != "only the canonical request" {
                assert_eq!(refusal.string_to_sign(), Some(&*received.string_to_sign), "{form} {cause}");
            }
            assert_causes(&diagnose(&Signed::from(&signed), &refusal), &[cause], form);
        }
    }
    // The neighbor: nothing differs.
    for (form, body) in forms(&Received::new(&signed, str::to_owned)) {
        let expected: &[Cause] = match form {
            // Nothing is known of the scope.
            "only the canonical request" => {
                &[Cause::WrongSecret, Cause::WrongRegion, Cause::SecretAltered, Cause::UnknownAccessKey]
            }
            _ => &[Cause::WrongSecret],
        };
        assert_causes(&why(&signed, 403, &body), expected, form);
    }
}

/// Alibaba Cloud OSS, or a string that was copied by hand: only the hash of the canonical request is known.
#[test]
fn only_the_string_to_sign() {
    let signed = put();
    for (change, cause) in [
        (("PUT", "GET"), Cause::Method),
        (("image/png", "image/png; charset=utf-8"), Cause::ContentType),
        (("image/png", "application/x-www-form-urlencoded"), Cause::ContentType),
        (("content-type:image/png", "content-type:"), Cause::ContentType),
        (("identity", "gzip,gzip(gfe)"), Cause::AcceptEncoding),
        (("amazonaws.com\n", "amazonaws.com:443\n"), Cause::Host),
        (("x-amz-meta-user:42", "x-amz-meta-user:"), Cause::HeaderNotSent),
        (("my%20file%2B1", "my%20file%201"), Cause::UrlRewritten),
        (("&X-Amz-Expires=900", ""), Cause::QueryChanged),
        (("UNSIGNED-PAYLOAD", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), Cause::PayloadHash),
    ] {
        let received = Received::new(&signed, |text| text.replacen(change.0, change.1, 1));
        for body in [received.string_to_sign.clone(), format!("my log: '{}'", received.string_to_sign)] {
            let diagnosis = why(&signed, 403, &body);
            assert_causes(&diagnosis, &[cause], change.1);
            assert!(diagnosis.difference().is_some(), "{}", change.1);
        }
    }
    // A request that is not among the likely ones: what changes the canonical request remains.
    let received = Received::new(&signed, |text| text.replacen("no-store", "max-age=60", 1));
    let diagnosis = why(&signed, 403, &received.string_to_sign);
    assert_eq!(diagnosis.cause(), None);
    assert!(diagnosis.causes().contains(&Cause::HeaderChanged), "{diagnosis}");
    assert!(!diagnosis.causes().contains(&Cause::WrongSecret), "{diagnosis}");
    // Equal, and another time.
    assert_causes(&why(&signed, 403, signed.string_to_sign()), &[Cause::WrongSecret], "equal");
    let other = signed.string_to_sign().replace("T081530Z", "T081531Z");
    let diagnosis = why(&signed, 403, &other);
    assert_eq!(diagnosis.difference().expect("a difference").line(), &Line::Time);
}

#[test]
fn an_element_that_is_cut_off_is_not_used() {
    let signed = put();
    let body = Received::new(&signed, str::to_owned).aws();
    // In the middle of the canonical request.
    let body = body.split("host:").next().expect("a start");
    let refusal = Refusal::parse(Some(403), body);
    assert_eq!(refusal.canonical_request(), None);
    assert_causes(&diagnose(&Signed::from(&signed), &refusal), &[Cause::WrongSecret], "cut off");
}
