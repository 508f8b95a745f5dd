//! Every rule: requests that break it, with what the verifier and AWS say, and next to them requests that do not.
//!
//! The requests are those of `tests/vectors/verify-requests.jsonl`, which were signed without the crate.

#![allow(clippy::items_after_statements, reason = "changes are next to the rows that they are for")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use presign::Region;
use presign::sigv4::{Service, SessionTokenParameter};
use presign::verify::{LastSecond, ReceivedPayload, ServedHost, VerifiedPayload, VerifyPolicy};

use super::arrived::Arrived;
use super::server::{Requests, Server, TOKEN, temporary, time};

pub type Change = fn(&mut Server, &mut Arrived);

/// The start of the `Debug` text of an error, and the status and the code of AWS. Nothing if the request is accepted.
pub type Expected = Option<(&'static str, u16, &'static str)>;

pub struct Row {
    rule: u8,
    request: String,
    change: Change,
    expected: Expected,
}

pub fn row(rule: u8, request: &str, change: Change, expected: Expected) -> Row {
    Row { rule, request: request.into(), change, expected }
}

pub const AS_IT_IS: Change = |_, _| {};
pub const ACCEPTED: Expected = None;

const QUERY: &str = "AuthorizationQueryParametersError";
const HEADER: &str = "AuthorizationHeaderMalformed";
const DENIED: &str = "AccessDenied";
pub const NO_MATCH: Expected = Some(("SignatureDoesNotMatch", 403, "SignatureDoesNotMatch"));

#[allow(clippy::unnecessary_wraps, reason = "an expectation of a row")]
fn refused_in_query(variant: &'static str) -> Expected {
    Some((variant, 400, QUERY))
}

#[allow(clippy::unnecessary_wraps, reason = "an expectation of a row")]
fn refused_in_header(variant: &'static str) -> Expected {
    Some((variant, 400, HEADER))
}

/// The code of a rule whose form AWS names after the mechanism: of `q/...` and of `h/...`.
fn malformed(request: &str, variant: &'static str) -> Expected {
    if request.starts_with('q') { refused_in_query(variant) } else { refused_in_header(variant) }
}

pub fn check(rows: &[Row], requests: &Requests) -> BTreeSet<String> {
    let mut failures = String::new();
    for (number, row) in rows.iter().enumerate() {
        let mut request = requests.get(&row.request);
        let mut server = Server::for_host(&request.authority);
        (row.change)(&mut server, &mut request);
        let found = server.verify(&request);
        let is_right = match (&found, row.expected) {
            (Ok(_), None) => true,
            (Err(error), Some((variant, status, code))) => {
                let (debug, response) = (format!("{error:?}"), error.response());
                let is_variant =
                    debug.strip_prefix(variant).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
                is_variant && (response.status(), response.code()) == (status, code)
            }
            _ => false,
        };
        if !is_right {
            let found = found.map(|_| ()).map_err(|error| (format!("{error:?}"), error.response()));
            writeln!(failures, "row {number}, rule {}, {}: {found:?}, not {:?}", row.rule, row.request, row.expected)
                .expect("written");
        }
    }
    assert!(failures.is_empty(), "{failures}");
    rows.iter().map(|row| row.request.clone()).collect()
}

/// Requests that the rows need not have, because other files use them.
const ELSEWHERE: [&str; 3] = ["q/unsigned parameter", "q/action twice", "q/other secret"];

#[test]
fn every_rule_has_its_rows() {
    let requests = Requests::load();
    let rows = rows();
    for rule in 1..=26 {
        let expected: BTreeSet<_> =
            rows.iter().filter(|row| row.rule == rule).map(|row| row.expected.is_some()).collect();
        // Rules 15 accepts only.
        assert!(expected.contains(&false) && (rule == 15 || expected.contains(&true)), "rule {rule}: {expected:?}");
    }
    let used = check(&rows, &requests);
    let is_of_another_file = |name: &&str| name.starts_with('f') || ELSEWHERE.contains(name);
    let unused: Vec<_> = requests.names().filter(|name| !is_of_another_file(name) && !used.contains(*name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
    assert!(rows.len() > 400, "{} rows", rows.len());
}

fn rows() -> Vec<Row> {
    let rows = [
        mechanism(),
        parameters(),
        repetitions(),
        algorithm(),
        credential(),
        scope(),
        date(),
        expires(),
        times(),
        signed_headers(),
        unsigned_headers(),
        header_and_parameter(),
        host(),
        path(),
        query(),
        header_values(),
        payload(),
        session_token(),
        access_key(),
        signature(),
        limits(),
    ];
    rows.into_iter().flatten().collect()
}

fn mechanism() -> Vec<Row> {
    let several = Some(("SeveralMechanisms", 400, "InvalidArgument"));
    let version_2 = Some(("SignatureVersion2", 400, "InvalidRequest"));
    vec![
        row(1, "q", AS_IT_IS, ACCEPTED),
        row(1, "h", AS_IT_IS, ACCEPTED),
        row(
            1,
            "q",
            |_, r| r.add("authorization", "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b"),
            several,
        ),
        row(1, "q", |_, r| r.add("Authorization", "Bearer x"), several),
        row(1, "q", |_, r| r.add("AUTHORIZATION", "Token x"), several),
        row(1, "q", |_, r| r.add("authorization", "AWS AKIAIOSFODNN7EXAMPLE:c2ln"), several),
        row(1, "q", |_, r| r.add("authorization", ""), several),
        row(1, "h", |_, r| r.target += "?X-Amz-Algorithm=AWS4-HMAC-SHA256", several),
        row(1, "h", |_, r| r.target += "?x-amz-signature=0", several),
        row(1, "h", |_, r| r.target += "?X-Amz-Security-Token=0", several),
        row(1, "h", |_, r| r.target += "?X-Amz-S3session-Token=0", several),
        row(1, "h", |_, r| r.headers.push(r.headers[0].clone()), several),
        row(1, "h", |_, r| r.add("Authorization", "Bearer x"), several),
        row(1, "h/and X-Amz-Expires", AS_IT_IS, several),
        row(1, "h/and version 2", AS_IT_IS, several),
        row(1, "q/and version 2", AS_IT_IS, several),
        row(1, "q/parameter Signature", AS_IT_IS, ACCEPTED),
        row(1, "q", |_, r| r.target = "/user-media/a?AWSAccessKeyId=a&Expires=1&Signature=b".into(), version_2),
        row(1, "h", |_, r| r.set("authorization", "AWS AKIAIOSFODNN7EXAMPLE:c2ln"), version_2),
        row(1, "h", |_, r| r.remove("authorization"), Some(("NotSigned", 403, DENIED))),
        row(1, "q", |_, r| r.target = "/user-media/a".into(), Some(("NotSigned", 403, DENIED))),
        row(1, "q", |_, r| r.target = "/user-media/a?X-Amz-Content-Sha256=x".into(), Some(("NotSigned", 403, DENIED))),
        row(1, "h", |_, r| r.set("authorization", "Bearer x"), Some(("UnsupportedScheme", 400, "InvalidArgument"))),
        row(1, "h", |_, r| r.set("authorization", ""), Some(("NotSigned", 403, DENIED))),
        row(1, "h", |_, r| r.set("authorization", "AWS4-HMAC-SHA256"), refused_in_header("AuthorizationHeader")),
        row(
            1,
            "h",
            |_, r| r.replace_in_authorization("Signature=", "signature="),
            refused_in_header("AuthorizationHeader"),
        ),
        row(
            1,
            "h",
            |_, r| r.replace_in_authorization("Credential=", "Credentials="),
            refused_in_header("AuthorizationHeader"),
        ),
        row(
            1,
            "h",
            |_, r| r.replace_in_authorization(", SignedHeaders", " SignedHeaders"),
            refused_in_header("AuthorizationHeader"),
        ),
        row(
            1,
            "h",
            |_, r| r.replace_in_authorization("SignedHeaders=", "Signature=0, SignedHeaders="),
            refused_in_header("AuthorizationHeader"),
        ),
        row(
            1,
            "h",
            |_, r| r.replace_in_authorization("SignedHeaders=", "Other=0, SignedHeaders="),
            refused_in_header("AuthorizationHeader"),
        ),
        row(1, "h", |_, r| r.headers[0].1.push(','), refused_in_header("AuthorizationHeader")),
        row(1, "h", |_, r| r.headers[0].1 = format!("  {}  ", r.headers[0].1), ACCEPTED),
        row(1, "h/separator comma", AS_IT_IS, ACCEPTED),
        row(1, "h/separator tab", AS_IT_IS, ACCEPTED),
        row(1, "h/separator spaces", AS_IT_IS, ACCEPTED),
    ]
}

fn parameters() -> Vec<Row> {
    let mut rows = vec![row(2, "q", AS_IT_IS, ACCEPTED), row(2, "q/put", AS_IT_IS, ACCEPTED)];
    for (name, missing) in [
        ("X-Amz-Algorithm", r#"Missing { name: "X-Amz-Algorithm" }"#),
        ("X-Amz-Credential", r#"Missing { name: "X-Amz-Credential" }"#),
        ("X-Amz-Date", r#"Missing { name: "X-Amz-Date" }"#),
        ("X-Amz-Expires", r#"Missing { name: "X-Amz-Expires" }"#),
        ("X-Amz-SignedHeaders", r#"Missing { name: "X-Amz-SignedHeaders" }"#),
        ("X-Amz-Signature", r#"Missing { name: "X-Amz-Signature" }"#),
    ] {
        rows.push(row(2, &format!("q/without {name}"), AS_IT_IS, refused_in_query(missing)));
        rows.push(row(2, &format!("q/only {}", name.to_lowercase()), AS_IT_IS, refused_in_query(missing)));
    }
    rows.push(row(2, "q", |_, r| r.target = "/?X-Amz-Security-Token=x".into(), refused_in_query("Missing")));
    rows
}

fn repetitions() -> Vec<Row> {
    let mut rows = vec![row(3, "q", AS_IT_IS, ACCEPTED), row(3, "q/token", |s, _| s.use_token(), ACCEPTED)];
    for name in ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders"] {
        for request in [name, &format!("{name} other"), &name.to_lowercase()] {
            rows.push(row(3, &format!("q/twice {request}"), AS_IT_IS, refused_in_query("Repeated")));
        }
    }
    for name in ["X-Amz-Security-Token", "x-amz-security-token"] {
        rows.push(row(3, &format!("q/twice {name}"), |s, _| s.use_token(), refused_in_query("Repeated")));
    }
    let signature = refused_in_query(r#"Repeated { name: "X-Amz-Signature" }"#);
    rows.extend([
        row(3, "q", |_, r| r.add_parameter("X-Amz-Signature=0"), signature),
        row(3, "q", |_, r| r.add_parameter("x-amz-signature"), signature),
        row(3, "q", |_, r| r.add_parameter("X-Amz%2DSignature=0"), signature),
        row(3, "q", |_, r| r.add_parameter("%58-amz-signature=0"), signature),
        row(3, "q", |_, r| r.add_parameter("X-Amz-Date=20240315T081530Z"), refused_in_query("Repeated")),
        row(3, "h/date x-amz-date twice", AS_IT_IS, Some(("Repeated", 400, "InvalidArgument"))),
        row(3, "h/date twice", AS_IT_IS, Some(("Repeated", 400, "InvalidArgument"))),
    ]);
    rows
}

fn algorithm() -> Vec<Row> {
    let mut rows = vec![row(4, "q", AS_IT_IS, ACCEPTED), row(4, "h", AS_IT_IS, ACCEPTED)];
    for name in ["AWS4-HMAC-SHA1", "aws4-hmac-sha256", "AWS4-ECDSA-P256-SHA256", "AWS4-HMAC-SHA512", ""] {
        rows.push(row(4, &format!("q/algorithm {name}"), AS_IT_IS, refused_in_query("Algorithm")));
    }
    for name in ["AWS4-HMAC-SHA1", "AWS4-ECDSA-P256-SHA256"] {
        rows.push(row(4, &format!("h/algorithm {name}"), AS_IT_IS, refused_in_header("Algorithm")));
    }
    rows.push(row(4, "h/algorithm aws4-hmac-sha256", AS_IT_IS, Some(("UnsupportedScheme", 400, "InvalidArgument"))));
    rows
}

fn credential() -> Vec<Row> {
    let mut rows = Vec::new();
    for mechanism in ["q", "h"] {
        rows.push(row(5, &format!("{mechanism}/id with a plus"), AS_IT_IS, ACCEPTED));
        // The form is right: `Credentials` cannot have such an id.
        for id in ["with a slash", "with two slashes"] {
            let unknown = Some(("UnknownAccessKey", 403, "InvalidAccessKeyId"));
            rows.push(row(5, &format!("{mechanism}/id {id}"), AS_IT_IS, unknown));
        }
        for what in [
            "four parts",
            "five parts without the last",
            "other terminator",
            "slash at the end",
            "no id",
            "no region",
            "no service",
            "short date",
            "date with dashes",
            "encoded twice",
            "only the id",
            "empty",
        ] {
            let name = format!("{mechanism}/credential {what}");
            rows.push(row(5, &name, AS_IT_IS, malformed(mechanism, "Credential")));
        }
    }
    rows.push(row(5, "q/id empty of nobody", AS_IT_IS, refused_in_query("Credential")));
    rows
}

fn scope() -> Vec<Row> {
    const REGION: Change = |s, _| s.set(|policy| policy.region(Region::new("us-east-1").expect("a region")));
    const STS: Change = |s, _| s.set(|policy| policy.service(Service::new("sts").expect("a service")));
    let mut rows = vec![
        row(6, "q", AS_IT_IS, ACCEPTED),
        row(6, "h", AS_IT_IS, ACCEPTED),
        row(6, "q/service s3express", AS_IT_IS, refused_in_query("Service")),
        row(
            6,
            "q/service s3express",
            |s, _| s.set(|policy| policy.service(Service::new("s3express").expect("a service"))),
            ACCEPTED,
        ),
    ];
    for mechanism in ["q", "h"] {
        let mut add =
            |what: &str, change, expected| rows.push(row(6, &format!("{mechanism}/scope {what}"), change, expected));
        add("day before", AS_IT_IS, malformed(mechanism, "ScopeDate"));
        add("day after", AS_IT_IS, malformed(mechanism, "ScopeDate"));
        add("us-east-1", AS_IT_IS, malformed(mechanism, "Region"));
        add("upper-case region", AS_IT_IS, malformed(mechanism, "Region"));
        add("us-east-1", REGION, ACCEPTED);
        add("us-east-1", |s, _| s.set(VerifyPolicy::any_region), ACCEPTED);
        add("upper-case region", REGION, malformed(mechanism, "Region"));
        add("region with a space", |s, _| s.set(VerifyPolicy::any_region), malformed(mechanism, "Credential"));
        add("sts", AS_IT_IS, malformed(mechanism, "Service"));
        add("sts", STS, ACCEPTED);
        add("upper-case service", AS_IT_IS, malformed(mechanism, "Service"));
    }
    rows
}

fn date() -> Vec<Row> {
    let mut rows = vec![row(7, "q", AS_IT_IS, ACCEPTED), row(7, "h", AS_IT_IS, ACCEPTED)];
    for text in [
        "20240230T081530Z",
        "20240315T241530Z",
        "20240315T081560Z",
        "20240315T081530",
        "20240315T081530z",
        "20240315t081530Z",
        "20240315T081530+0000",
        "20240315 081530Z",
        "20240315T0815Z",
        "20240315T081530.5Z",
        "20240315081530Z",
        "20240315T081530ZZ",
        "2024-03-15T08:15:30Z",
        "1710490530",
        "Fri, 15 Mar 2024 08:15:30 GMT",
        "+0240315T081530Z",
        "",
        "19691231T235959Z",
    ] {
        rows.push(row(7, &format!("q/time {text}"), AS_IT_IS, refused_in_query("Date")));
        rows.push(row(7, &format!("h/time {text}"), AS_IT_IS, Some(("Date", 403, DENIED))));
    }
    rows
}

fn expires() -> Vec<Row> {
    let mut rows = Vec::new();
    for text in ["1", "901", "604800", "0900"] {
        rows.push(row(8, &format!("q/expires {text}"), AS_IT_IS, ACCEPTED));
    }
    for text in ["0", "00", "-1", "-900"] {
        rows.push(row(8, &format!("q/expires {text}"), AS_IT_IS, refused_in_query("ExpiresTooShort")));
    }
    for text in ["+5", "1e3", "900.0", " 900", "900 ", "", "abc", "0x10", "\u{669}\u{660}\u{660}"] {
        rows.push(row(8, &format!("q/expires {text}"), AS_IT_IS, refused_in_query("Expires")));
    }
    for text in ["604801", "99999999999999999999"] {
        rows.push(row(
            8,
            &format!("q/expires {text}"),
            AS_IT_IS,
            refused_in_query("ExpiresTooLong { max_seconds: 604800 }"),
        ));
    }
    const QUARTER: Change = |s, _| s.set(|policy| policy.max_expires(Duration::from_secs(900)));
    rows.push(row(8, "q", QUARTER, ACCEPTED));
    rows.push(row(8, "q/expires 901", QUARTER, refused_in_query("ExpiresTooLong { max_seconds: 900 }")));
    rows
}

/// Rules 9 to 11. All were signed at 08:15:30, for 15 minutes.
fn times() -> Vec<Row> {
    let not_yet = Some(("NotYetValid", 403, DENIED));
    let expired = Some(("Expired", 403, DENIED));
    let skewed = Some(("TimeTooSkewed", 403, "RequestTimeTooSkewed"));
    let no_date = Some(("Date", 403, DENIED));
    const MINUTES_5: Change = |s, _| s.set(|policy| policy.clock_skew(Duration::from_secs(300)));
    vec![
        row(9, "q", |s, _| s.now = time("20240315T080030Z"), ACCEPTED),
        row(9, "q", |s, _| s.now = time("20240315T080029Z"), not_yet),
        row(9, "q", |s, _| s.now = time("20240314T081530Z"), not_yet),
        row(9, "q", |s, _| s.now = time("19700101T000000Z"), not_yet),
        row(
            9,
            "q",
            |s, r| {
                MINUTES_5(s, r);
                s.now = time("20240315T081030Z");
            },
            ACCEPTED,
        ),
        row(
            9,
            "q",
            |s, r| {
                MINUTES_5(s, r);
                s.now = time("20240315T081029Z");
            },
            not_yet,
        ),
        row(10, "q", |s, _| s.now = time("20240315T083030Z"), ACCEPTED),
        row(10, "q", |s, _| s.now = time("20240315T083031Z"), expired),
        row(10, "q", |s, _| s.now = time("99991231T235959Z"), expired),
        row(10, "q/expires 1", |s, _| s.now = time("20240315T081531Z"), ACCEPTED),
        row(10, "q/expires 1", |s, _| s.now = time("20240315T081532Z"), expired),
        row(10, "q/expires 604800", |s, _| s.now = time("20240322T081530Z"), ACCEPTED),
        row(10, "q/expires 604800", |s, _| s.now = time("20240322T081531Z"), expired),
        row(
            10,
            "q",
            |s, _| {
                s.set(|policy| policy.last_second(LastSecond::Expired));
                s.now = time("20240315T083029Z");
            },
            ACCEPTED,
        ),
        row(
            10,
            "q",
            |s, _| {
                s.set(|policy| policy.last_second(LastSecond::Expired));
                s.now = time("20240315T083030Z");
            },
            expired,
        ),
        // A wrong signature is wrong at any time, and says nothing about the time.
        row(
            10,
            "q",
            |s, r| {
                r.replace("X-Amz-Expires=900", "X-Amz-Expires=9000");
                s.now = time("20240315T093030Z");
            },
            NO_MATCH,
        ),
        row(11, "h", |s, _| s.now = time("20240315T083030Z"), ACCEPTED),
        row(11, "h", |s, _| s.now = time("20240315T083031Z"), skewed),
        row(11, "h", |s, _| s.now = time("20240315T080030Z"), ACCEPTED),
        row(11, "h", |s, _| s.now = time("20240315T080029Z"), skewed),
        row(
            11,
            "h",
            |s, r| {
                MINUTES_5(s, r);
                s.now = time("20240315T082030Z");
            },
            ACCEPTED,
        ),
        row(
            11,
            "h",
            |s, r| {
                MINUTES_5(s, r);
                s.now = time("20240315T082031Z");
            },
            skewed,
        ),
        row(11, "h/date GMT", AS_IT_IS, ACCEPTED),
        row(11, "h/date GMT", |s, _| s.now = time("20240315T083031Z"), skewed),
        row(11, "h/date -0000", AS_IT_IS, ACCEPTED),
        row(11, "h/date +0000", AS_IT_IS, ACCEPTED),
        row(11, "h/date ISO", AS_IT_IS, ACCEPTED),
        row(11, "h/date unsigned", AS_IT_IS, ACCEPTED),
        row(11, "h/date unsigned", |_, r| r.set("date", "Fri, 15 Mar 2024 08:15:31 GMT"), NO_MATCH),
        row(11, "h/date +0100", AS_IT_IS, no_date),
        row(11, "h/date of RFC 850", AS_IT_IS, no_date),
        row(11, "h/date of asctime", AS_IT_IS, no_date),
        row(11, "h/date RFC 3339", AS_IT_IS, no_date),
        row(11, "h/date of nothing", AS_IT_IS, no_date),
        row(11, "h/date none", AS_IT_IS, Some((r#"Missing { name: "x-amz-date" }"#, 403, DENIED))),
        // `x-amz-date` counts if both are there.
        row(11, "h/date both", AS_IT_IS, ACCEPTED),
        row(11, "h/date both, date new", AS_IT_IS, skewed),
        row(11, "h/date both, date new", |s, _| s.now = time("20240314T000000Z"), ACCEPTED),
        row(11, "h/date x-amz-date wrong", AS_IT_IS, no_date),
    ]
}

/// Rules 12 and 13.
fn signed_headers() -> Vec<Row> {
    let mut rows = vec![row(12, "q", AS_IT_IS, ACCEPTED), row(12, "h", AS_IT_IS, ACCEPTED)];
    for mechanism in ["q", "h"] {
        let mut add =
            |what: &str, expected| rows.push(row(12, &format!("{mechanism}/list {what}"), AS_IT_IS, expected));
        add("sorted", ACCEPTED);
        for what in ["without host", "empty", "Host"] {
            add(what, Some((r#"HeadersNotSigned { names: "host" }"#, 403, DENIED)));
        }
        for what in ["unsorted", "upper case", "host twice", "twice", "empty name", "with a space", "with a colon"] {
            add(what, malformed(mechanism, "SignedHeaders"));
        }
    }
    let missing = Some((r#"SignedHeaderMissing { name: "x-amz-acl" }"#, 403, "SignatureDoesNotMatch"));
    for request in ["q/signed header", "h/signed header"] {
        rows.push(row(13, request, AS_IT_IS, ACCEPTED));
        rows.push(row(13, request, |_, r| r.set("x-amz-acl", "public-read"), NO_MATCH));
        rows.push(row(13, request, |_, r| r.remove("x-amz-acl"), missing));
    }
    rows.extend([
        // MinIO would take the value from the query.
        row(
            13,
            "q/signed header",
            |_, r| {
                r.remove("x-amz-acl");
                r.add_parameter("x-amz-acl=private");
            },
            missing,
        ),
        row(13, "q/value in the query", AS_IT_IS, ACCEPTED),
        row(13, "q/put", AS_IT_IS, ACCEPTED),
        row(13, "q/put", |_, r| r.remove("content-type"), Some(("SignedHeaderMissing", 403, "SignatureDoesNotMatch"))),
        row(13, "q/put", |_, r| r.set("content-type", ""), NO_MATCH),
        row(13, "q/put", |_, r| r.headers.reverse(), ACCEPTED),
        row(13, "q/put", |_, r| r.headers[1].0 = "X-AMZ-ACL".into(), ACCEPTED),
    ]);
    rows
}

/// Rules 14 and 15.
fn unsigned_headers() -> Vec<Row> {
    const FROM_CDN: Change = |s, r| {
        s.set(|policy| policy.unsigned_header("X-Amz-Cf-Id"));
        r.add("x-amz-cf-id", "x");
    };
    let acl = Some((r#"HeadersNotSigned { names: "x-amz-acl" }"#, 403, DENIED));
    let mut rows = Vec::new();
    for request in ["q", "h", "q/put unsigned headers", "q/other", "h/other"] {
        let request = if request == "q/put unsigned headers" { "q/key" } else { request };
        rows.extend([
            row(14, request, AS_IT_IS, ACCEPTED),
            row(14, request, |_, r| r.add("x-amz-acl", "public-read"), acl),
            row(14, request, |_, r| r.add("X-AMZ-ACL", ""), acl),
            row(
                14,
                request,
                |_, r| {
                    r.add("x-amz-tagging", "a=b");
                    r.add("X-Amz-Acl", "private");
                    r.add("x-amz-acl", "private");
                },
                Some((r#"HeadersNotSigned { names: "x-amz-acl, x-amz-tagging" }"#, 403, DENIED)),
            ),
            row(14, request, |_, r| r.add("x-amz-", "x"), Some(("HeadersNotSigned", 403, DENIED))),
            row(14, request, |_, r| r.add("x-amz-cf-id", "x"), Some(("HeadersNotSigned", 403, DENIED))),
            row(14, request, FROM_CDN, ACCEPTED),
            // Before the signature.
            row(
                14,
                request,
                |s, r| {
                    s.keys.clear();
                    r.add("x-amz-acl", "private");
                },
                acl,
            ),
            row(15, request, |_, r| r.add("content-type", "text/html"), ACCEPTED),
            row(
                15,
                request,
                |_, r| {
                    for name in [
                        "range",
                        "accept",
                        "user-agent",
                        "x-amzn-trace-id",
                        "x-forwarded-host",
                        "x-amz",
                        "expect",
                        "cookie",
                    ] {
                        r.add(name, "x");
                    }
                },
                ACCEPTED,
            ),
        ]);
    }
    rows.extend([
        row(14, "q", |_, r| r.add("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), ACCEPTED),
        row(14, "h/hash unsigned header", |_, r| r.payload = ReceivedPayload::NotRead, ACCEPTED),
        row(
            14,
            "h/date x-amz-date unsigned",
            AS_IT_IS,
            Some((r#"HeadersNotSigned { names: "x-amz-date" }"#, 403, DENIED)),
        ),
        row(14, "q", |_, r| r.add("x-amz-date", "20240315T081530Z"), Some(("HeadersNotSigned", 403, DENIED))),
    ]);
    rows
}

fn header_and_parameter() -> Vec<Row> {
    let both = Some((r#"HeaderAndParameter { name: "x-amz-meta-a" }"#, 403, "SignatureDoesNotMatch"));
    vec![
        row(16, "q/header and parameter", AS_IT_IS, ACCEPTED),
        row(16, "q/header and parameter in another case", AS_IT_IS, ACCEPTED),
        row(16, "h/header and parameter", AS_IT_IS, ACCEPTED),
        row(16, "q/parameter", AS_IT_IS, ACCEPTED),
        row(16, "h/parameter", AS_IT_IS, ACCEPTED),
        row(16, "q/content-type and parameter", AS_IT_IS, ACCEPTED),
        row(16, "q/header and other parameter", AS_IT_IS, both),
        row(16, "q/header and two parameters", AS_IT_IS, both),
        row(16, "h/header and other parameter", AS_IT_IS, both),
        row(
            16,
            "q/parameter",
            |s, r| {
                s.set(|policy| policy.unsigned_header("x-amz-meta-a"));
                r.add("x-amz-meta-a", "1");
            },
            both,
        ),
        row(
            16,
            "h/parameter",
            |s, r| {
                s.set(|policy| policy.unsigned_header("x-amz-meta-a"));
                r.add("X-Amz-Meta-A", "1");
            },
            both,
        ),
    ]
}

fn host() -> Vec<Row> {
    let other = Some(("Host", 403, "SignatureDoesNotMatch"));
    const PORT_9000: Change =
        |s, _| s.set(|policy| policy.host(ServedHost::new("s3.example.com:9000").expect("a host")));
    const IPV6: Change = |s, _| {
        s.set(|policy| {
            policy.host(ServedHost::new("[::1]:9000").expect("a host")).host(ServedHost::new("[::1]").expect("a host"))
        });
    };
    const ANY: Change = |s, _| s.set(|policy| policy.host(ServedHost::any()));
    let mut rows = Vec::new();
    for mechanism in ["q", "h"] {
        let mut add =
            |what: &str, change, expected| rows.push(row(17, &format!("{mechanism}/host {what}"), change, expected));
        for what in ["443 signed", "80 signed", "443 sent", "80 sent", "443 both", "bucket", "upper case"] {
            add(what, AS_IT_IS, ACCEPTED);
        }
        // Both ports at once have no client.
        add("443 for 80", AS_IT_IS, NO_MATCH);
        add("9000 both", AS_IT_IS, other);
        add("9000 both", PORT_9000, ACCEPTED);
        add("9000 signed", PORT_9000, NO_MATCH);
        add("9000 sent", PORT_9000, NO_MATCH);
        add("IPv6", IPV6, ACCEPTED);
        add("IPv6 80 signed", IPV6, ACCEPTED);
        add("IPv6 80 sent", IPV6, ACCEPTED);
        add("IPv6", AS_IT_IS, other);
        add("other", AS_IT_IS, other);
        add("other", ANY, ACCEPTED);
        add("trailing dot", AS_IT_IS, other);
        // The signature is of the name as it was signed.
        add("upper case sent", AS_IT_IS, NO_MATCH);
        rows.extend([
            row(17, mechanism, |_, r| r.add("host", "s3.example.com"), ACCEPTED),
            row(17, mechanism, |_, r| r.add("Host", " S3.example.com "), ACCEPTED),
            row(17, mechanism, |_, r| r.add("host", "evil.example.com"), other),
            row(17, mechanism, |_, r| r.add("host", "s3.example.com:443"), ACCEPTED),
            row(17, mechanism, |_, r| r.add("host", "s3.example.com:8443"), other),
            row(
                17,
                mechanism,
                |_, r| {
                    r.add("host", "s3.example.com");
                    r.add("host", "s3.example.com");
                },
                other,
            ),
            row(17, mechanism, |_, r| r.add("x-forwarded-host", "evil.example.com"), ACCEPTED),
            row(
                17,
                mechanism,
                |s, r| {
                    ANY(s, r);
                    r.authority = "evil.example.com".into();
                },
                NO_MATCH,
            ),
            row(
                17,
                mechanism,
                |s, r| {
                    ANY(s, r);
                    r.authority = "evil.example.com".into();
                    r.add("x-forwarded-host", "s3.example.com");
                },
                NO_MATCH,
            ),
            row(
                17,
                mechanism,
                |s, r| {
                    ANY(s, r);
                    r.authority.clear();
                },
                other,
            ),
            row(
                17,
                mechanism,
                |s, r| {
                    ANY(s, r);
                    r.authority = "s3.example.com\nx".into();
                },
                other,
            ),
            row(
                17,
                mechanism,
                |s, r| {
                    ANY(s, r);
                    r.authority = "user@s3.example.com".into();
                },
                other,
            ),
            row(17, mechanism, |_, r| r.target = format!("http://s3.example.com{}", r.target), ACCEPTED),
            row(17, mechanism, |_, r| r.target = format!("http://evil.example.com{}", r.target), other),
            row(17, mechanism, |_, r| r.target = format!("http://user@s3.example.com{}", r.target), other),
        ]);
    }
    rows
}

fn path() -> Vec<Row> {
    const AS_SENT: Change = |s, _| s.set(VerifyPolicy::path_as_sent);
    let as_sent = Some(("PathEncoding", 403, "SignatureDoesNotMatch"));
    let mut rows = Vec::new();
    for mechanism in ["q", "h"] {
        for what in ["dots", "slashes", "encoded slash", "root", "only slashes"] {
            rows.push(row(18, &format!("{mechanism}/path {what}"), AS_IT_IS, ACCEPTED));
            rows.push(row(18, &format!("{mechanism}/path {what}"), AS_SENT, ACCEPTED));
        }
        for what in ["dots", "slashes", "unicode", "dots above the root", "encoded dots", "lower case"] {
            rows.push(row(18, &format!("{mechanism}/other path {what}"), AS_IT_IS, ACCEPTED));
        }
    }
    rows.extend([
        row(18, "q/path dots", |_, r| r.replace("/a/../b/./c", "/b/c"), NO_MATCH),
        row(18, "q/path slashes", |_, r| r.replace("//a//", "/a/"), NO_MATCH),
        row(18, "q/path normalized", AS_IT_IS, NO_MATCH),
        row(18, "q/path sent encoded twice", AS_IT_IS, NO_MATCH),
        row(18, "q/path signed encoded twice", AS_IT_IS, NO_MATCH),
        row(18, "q/path signed as sent, bare", AS_IT_IS, NO_MATCH),
        row(18, "q/path signed as sent, lower case", AS_IT_IS, NO_MATCH),
        row(18, "q/path signed with a bare slash", AS_IT_IS, ACCEPTED),
        row(18, "q/path signed with a bare slash", AS_SENT, as_sent),
        row(18, "q/path signed with an encoded slash", AS_IT_IS, NO_MATCH),
        row(18, "q/key", AS_IT_IS, ACCEPTED),
        row(18, "q/key", AS_SENT, ACCEPTED),
        row(18, "q/key", |_, r| r.replace("%C3%BC", "%c3%Bc"), ACCEPTED),
        row(18, "q/key", |_, r| r.replace("%C3%BC%2B%28~%29", "ü+(%7E)"), ACCEPTED),
        row(
            18,
            "q/key",
            |s, r| {
                AS_SENT(s, r);
                r.replace("%C3", "%c3");
            },
            as_sent,
        ),
        row(
            18,
            "q/key",
            |s, r| {
                AS_SENT(s, r);
                r.replace("%28", "(");
            },
            as_sent,
        ),
        row(18, "q/other path once", AS_IT_IS, NO_MATCH),
        row(18, "q/other path decoded", AS_IT_IS, NO_MATCH),
        row(18, "q/other path sent normalized", AS_IT_IS, ACCEPTED),
        row(18, "q/other path sent in lower case", AS_IT_IS, NO_MATCH),
    ]);
    rows
}

fn query() -> Vec<Row> {
    const SPACE: Change = |s, _| s.set(VerifyPolicy::plus_is_space);
    let mut rows = Vec::new();
    for request in ["q/query", "h/query"] {
        rows.extend([
            row(19, request, AS_IT_IS, ACCEPTED),
            row(19, request, |_, r| r.replace("a=&b=2", "a&b=2"), ACCEPTED),
            row(19, request, |_, r| r.replace("a=&b=2&b=10", "b=10&b=2&a="), ACCEPTED),
            row(19, request, |_, r| r.replace("a=&b=2&b=10", "b=2&a=&b=10"), ACCEPTED),
            row(19, request, |_, r| r.replace("x%20y%2Bz%3Bw", "x%20y+z;w"), ACCEPTED),
            row(19, request, |_, r| r.replace("%2F%3F", "/?"), ACCEPTED),
            row(19, request, |_, r| r.replace("%C3%BC", "%c3%bc"), ACCEPTED),
            row(19, request, |_, r| r.replace("a%26b%3Dc", "%61%26b=c"), ACCEPTED),
            row(19, request, |_, r| r.replace("A=~", "A=%7E"), ACCEPTED),
            row(19, request, |_, r| r.replace("x%20y", "x+y"), NO_MATCH),
            row(19, request, |_, r| r.replace("a%26b%3Dc", "a&b%3Dc"), NO_MATCH),
            row(19, request, |_, r| r.replace("b=2&b=10", "b=2"), NO_MATCH),
            row(19, request, |_, r| r.replace("b=2&b=10", "b=2&b=10&b=10"), NO_MATCH),
            row(19, request, |_, r| r.replace("b=2&b=10", "b=2%2C10"), NO_MATCH),
            row(19, request, |_, r| r.replace("%3Bw", ";w"), ACCEPTED),
            row(19, request, |_, r| r.replace("%3Bw", "&w"), NO_MATCH),
            row(19, request, |_, r| r.replace("A=~", "a=~"), NO_MATCH),
            row(19, request, |_, r| r.replace("%C3%BC", "%25C3%25BC"), NO_MATCH),
            row(19, request, |_, r| r.replace("prefix=", "prefix%3D"), NO_MATCH),
        ]);
    }
    rows.extend([
        row(19, "q/post", |_, r| r.replace("uploads=", "uploads"), ACCEPTED),
        row(19, "h/post", |_, r| r.replace("uploads=", "uploads"), ACCEPTED),
        row(19, "h/post", |_, r| r.replace("uploads=", "uploads=1"), NO_MATCH),
        row(19, "q/query sorted by decoded names", AS_IT_IS, ACCEPTED),
        row(19, "q/query space", AS_IT_IS, ACCEPTED),
        row(19, "q/query space", |_, r| r.replace("x%20y", "x+y"), NO_MATCH),
        row(
            19,
            "q/query space",
            |s, r| {
                SPACE(s, r);
                r.replace("x%20y", "x+y");
            },
            ACCEPTED,
        ),
        row(19, "q/query plus", |_, r| r.replace("x%2By", "x+y"), ACCEPTED),
        row(
            19,
            "q/query plus",
            |s, r| {
                SPACE(s, r);
                r.replace("x%2By", "x+y");
            },
            NO_MATCH,
        ),
        row(19, "q/query plus", SPACE, ACCEPTED),
        // What is not a parameter changes nothing.
        row(19, "q", |_, r| r.add_parameter("&&"), ACCEPTED),
        row(19, "h", |_, r| r.target.push('?'), ACCEPTED),
        row(19, "h", |_, r| r.target.push_str("?="), NO_MATCH),
        row(19, "q", |_, r| r.add_parameter("a"), NO_MATCH),
        row(19, "q", |_, r| r.replace("%2F20240315", "/20240315"), ACCEPTED),
        row(19, "q/put", |_, r| r.replace("content-type%3Bhost", "content-type;host"), ACCEPTED),
        row(19, "q", |_, r| r.replace("X-Amz-Date", "X-Amz-D%61te"), ACCEPTED),
    ]);
    rows
}

fn header_values() -> Vec<Row> {
    let mut rows = Vec::new();
    for request in ["q/spaces", "h/spaces"] {
        rows.extend([
            row(20, request, AS_IT_IS, ACCEPTED),
            row(20, request, |_, r| r.set("x-amz-meta-a", "a b c"), ACCEPTED),
            row(20, request, |_, r| r.set("x-amz-meta-a", "a\r\n b\n\tc"), ACCEPTED),
            row(20, request, |_, r| r.set("x-amz-meta-quotes", "\"a b\""), ACCEPTED),
            row(20, request, |_, r| r.set("x-amz-meta-a", "a bc"), NO_MATCH),
            row(20, request, |_, r| r.set("x-amz-meta-a", "a b\u{a0}c"), NO_MATCH),
            row(20, request, |_, r| r.set("x-amz-meta-empty", "  "), ACCEPTED),
            row(20, request, |_, r| r.set("x-amz-meta-a", "a b\nc"), Some(("HeaderValue", 400, "InvalidURI"))),
            row(20, request, |_, r| r.set("x-amz-meta-a", "a b c\0"), Some(("HeaderValue", 400, "InvalidURI"))),
        ]);
    }
    for request in ["q/repeated", "h/repeated"] {
        rows.extend([
            row(20, request, AS_IT_IS, ACCEPTED),
            row(
                20,
                request,
                |_, r| {
                    r.remove("x-amz-meta-a");
                    r.add("x-amz-meta-a", "2,1");
                },
                ACCEPTED,
            ),
            row(
                20,
                request,
                |_, r| {
                    r.remove("x-amz-meta-a");
                    r.add("X-Amz-Meta-A", "2");
                    r.add("x-amz-meta-a", "1");
                },
                ACCEPTED,
            ),
            row(
                20,
                request,
                |_, r| {
                    r.remove("x-amz-meta-a");
                    r.add("x-amz-meta-a", "1");
                    r.add("x-amz-meta-a", "2");
                },
                NO_MATCH,
            ),
            row(
                20,
                request,
                |_, r| {
                    r.remove("x-amz-meta-a");
                    r.add("x-amz-meta-a", "2, 1");
                },
                NO_MATCH,
            ),
            row(20, request, |_, r| r.add("x-amz-meta-a", "3"), NO_MATCH),
        ]);
    }
    rows.extend([
        row(
            20,
            "q/joined",
            |_, r| {
                r.remove("x-amz-meta-a");
                r.add("x-amz-meta-a", "2");
                r.add("x-amz-meta-a", "1");
            },
            ACCEPTED,
        ),
        row(20, "q/joined", AS_IT_IS, ACCEPTED),
        row(20, "q/unicode value", AS_IT_IS, ACCEPTED),
        row(20, "q/unicode value", |_, r| r.set("x-amz-meta-a", "u\u{308}"), NO_MATCH),
    ]);
    rows
}

/// The hash of another body than the one that was signed.
const OTHER_BODY: ReceivedPayload = ReceivedPayload::Sha256([7; 32]);

/// Rules 21 and 22.
fn payload() -> Vec<Row> {
    let invalid = Some(("ContentSha256", 400, "InvalidArgument"));
    let mismatch = Some(("PayloadMismatch", 400, "XAmzContentSHA256Mismatch"));
    let repeated = Some((r#"Repeated { name: "x-amz-content-sha256" }"#, 400, "InvalidArgument"));
    let both = Some(("HeaderAndParameter", 403, "SignatureDoesNotMatch"));
    let mut rows = Vec::new();
    for request in [
        "q/hash in a header",
        "q/hash in an unsigned header",
        "q/hash in the query",
        "q/hash in the query in lower case",
        "q/hash in both",
        "h/put",
        "h/hash unsigned header",
        "h/other",
        "q/other",
        "q/other hash in a header",
    ] {
        rows.push(row(21, request, AS_IT_IS, ACCEPTED));
        if !request.ends_with("other") {
            rows.push(row(21, request, |_, r| r.payload = ReceivedPayload::Empty, mismatch));
            rows.push(row(21, request, |_, r| r.payload = OTHER_BODY, mismatch));
            rows.push(row(21, request, |_, r| r.payload = ReceivedPayload::NotRead, ACCEPTED));
        }
    }
    for request in ["q", "q/unsigned in the query", "q/unsigned in a header", "h/put unsigned"] {
        rows.push(row(21, request, AS_IT_IS, ACCEPTED));
        rows.push(row(21, request, |_, r| r.payload = OTHER_BODY, ACCEPTED));
        rows.push(row(21, request, |_, r| r.payload = ReceivedPayload::Empty, ACCEPTED));
    }
    rows.extend([
        row(21, "q/hash in an unsigned header", |_, r| r.remove("x-amz-content-sha256"), NO_MATCH),
        row(21, "q/hash in an unsigned header", |_, r| r.set("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), NO_MATCH),
        row(21, "q/hash in an unsigned header that says nothing", AS_IT_IS, NO_MATCH),
        row(21, "q/hash in the query that is not the line", AS_IT_IS, NO_MATCH),
        row(21, "q/hash in the query twice", AS_IT_IS, repeated),
        row(21, "q/hash in the query in two cases", AS_IT_IS, repeated),
        row(21, "q/hash in both, different", AS_IT_IS, both),
        row(21, "q/hash in both, header unsigned", AS_IT_IS, both),
        row(21, "q/empty hash", AS_IT_IS, NO_MATCH),
        row(21, "h/hash twice", AS_IT_IS, repeated),
        row(
            21,
            "h/hash missing",
            AS_IT_IS,
            Some((r#"Missing { name: "x-amz-content-sha256" }"#, 400, "InvalidRequest")),
        ),
        // Other services hash the body, which has to be read first.
        row(21, "q/other", |_, r| r.payload = ReceivedPayload::NotRead, Some(("PayloadUnknown", 500, "InternalError"))),
        row(21, "h/other", |_, r| r.payload = ReceivedPayload::NotRead, Some(("PayloadUnknown", 500, "InternalError"))),
        row(21, "q/other", |_, r| r.payload = ReceivedPayload::Empty, NO_MATCH),
        row(21, "h/other", |_, r| r.payload = OTHER_BODY, NO_MATCH),
        row(21, "h/other", |_, r| r.add("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), NO_MATCH),
        row(21, "q/sts", |_, r| r.payload = ReceivedPayload::Empty, ACCEPTED),
        row(21, "q/lattice", |s, _| *s = lattice(), ACCEPTED),
        row(21, "q/lattice hash", |s, _| *s = lattice(), invalid),
        row(21, "h", |_, r| r.payload = ReceivedPayload::Empty, ACCEPTED),
        row(21, "h", |_, r| r.payload = OTHER_BODY, mismatch),
    ]);
    for (what, expected) in [
        ("upper case", invalid),
        ("short", invalid),
        ("long", invalid),
        ("empty", invalid),
        ("words", invalid),
        ("lower case words", invalid),
        ("no digits", invalid),
    ] {
        for start in ["q/line", "q/line in the query", "h/line"] {
            rows.push(row(21, &format!("{start} {what}"), AS_IT_IS, expected));
        }
    }
    let streaming = Some(("StreamingPayload", 501, "NotImplemented"));
    rows.push(row(22, "q/hash in a header", AS_IT_IS, ACCEPTED));
    for what in ["streaming", "streaming trailer", "streaming unsigned", "streaming unknown", "streaming ECDSA"] {
        for start in ["q/line", "q/line in the query", "h/line"] {
            rows.push(row(22, &format!("{start} {what}"), AS_IT_IS, streaming));
        }
    }
    // Without its signature: an unsigned header selects no weaker check.
    for name in ["q", "q/put"] {
        rows.push(row(22, name, |_, r| r.add("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), streaming));
    }
    rows
}

fn lattice() -> Server {
    let mut server = Server::for_host("api.example.com");
    server.set(|policy| policy.service(Service::new("vpc-lattice-svcs").expect("a service")));
    server
}

fn session_token() -> Vec<Row> {
    const TEMPORARY: Change = |s, _| s.use_token();
    let wrong = Some(("SessionToken", 400, "InvalidToken"));
    let expired = Some(("CredentialsExpired", 400, "ExpiredToken"));
    let unsigned = Some((r#"HeadersNotSigned { names: "x-amz-security-token" }"#, 403, DENIED));
    let mut rows = Vec::new();
    for request in [
        "q/token",
        "q/token in a header",
        "q/token in both",
        "q/token of S3 Express",
        "h/token",
        "h/token of S3 Express",
    ] {
        rows.push(row(23, request, TEMPORARY, ACCEPTED));
        rows.push(row(23, request, AS_IT_IS, wrong));
        rows.push(row(
            23,
            request,
            |s, _| {
                s.keys = [temporary().with_expiration(time("20240315T081530Z"))].into();
            },
            expired,
        ));
        rows.push(row(
            23,
            request,
            |s, _| {
                s.keys = [temporary().with_expiration(time("20240315T081531Z"))].into();
            },
            ACCEPTED,
        ));
    }
    for request in [
        "q",
        "h",
        "q/token of another",
        "h/token of another",
        "q/token empty",
        "q/token by both names",
        "h/token by both names",
    ] {
        rows.push(row(23, request, TEMPORARY, wrong));
    }
    rows.extend([
        row(23, "q/token empty", AS_IT_IS, wrong),
        row(23, "q/token in both, different", TEMPORARY, Some(("HeaderAndParameter", 403, "SignatureDoesNotMatch"))),
        // The name is that of a parameter of the signature in another case, so it is not the token.
        row(23, "q/token in lower case", TEMPORARY, wrong),
        row(23, "q/token unsigned", TEMPORARY, NO_MATCH),
        row(23, "h/token unsigned", TEMPORARY, unsigned),
        row(
            23,
            "q",
            |s, r| {
                s.use_token();
                r.add("x-amz-security-token", TOKEN);
            },
            unsigned,
        ),
        row(
            23,
            "q",
            |s, r| {
                s.use_token();
                r.add_parameter("X-Amz-Security-Token=x");
            },
            NO_MATCH,
        ),
        row(23, "h/token twice", TEMPORARY, Some(("Repeated", 400, "InvalidArgument"))),
        row(23, "q/appended token", TEMPORARY, ACCEPTED),
        row(23, "q/appended token", AS_IT_IS, wrong),
        row(23, "q/appended token of another", TEMPORARY, wrong),
        row(23, "q/appended token that is signed", TEMPORARY, NO_MATCH),
        row(23, "q/appended none", AS_IT_IS, ACCEPTED),
        row(23, "q/appended none", TEMPORARY, wrong),
        row(
            23,
            "q/appended none",
            |s, r| {
                s.use_token();
                r.add("x-amz-security-token", TOKEN);
            },
            ACCEPTED,
        ),
        row(
            23,
            "q/token of S3 Express",
            |s, _| {
                s.use_token();
                let service = Service::s3().session_token_parameter(SessionTokenParameter::S3Session);
                s.policy = VerifyPolicy::new(Region::new("eu-west-1").expect("a region"), service, ServedHost::any());
            },
            ACCEPTED,
        ),
    ]);
    rows
}

fn access_key() -> Vec<Row> {
    let unknown = Some(("UnknownAccessKey", 403, "InvalidAccessKeyId"));
    let mut rows = Vec::new();
    for mechanism in ["q", "h"] {
        rows.push(row(24, mechanism, AS_IT_IS, ACCEPTED));
        rows.push(row(24, mechanism, |s, _| s.keys.clear(), unknown));
        rows.push(row(24, &format!("{mechanism}/id unknown"), AS_IT_IS, unknown));
        // The signature is that of the credentials that unknown ids are verified with.
        rows.push(row(24, &format!("{mechanism}/id of nobody"), AS_IT_IS, unknown));
    }
    rows
}

fn signature() -> Vec<Row> {
    let mut rows = Vec::new();
    for mechanism in ["q", "h"] {
        rows.extend([
            row(25, mechanism, AS_IT_IS, ACCEPTED),
            row(25, mechanism, |_, r| change_signature(r, str::to_uppercase), NO_MATCH),
            row(25, mechanism, |_, r| change_signature(r, |digits| digits[..63].into()), NO_MATCH),
            row(25, mechanism, |_, r| change_signature(r, |digits| format!("{digits}0")), NO_MATCH),
            row(25, mechanism, |_, r| change_signature(r, |digits| format!("{digits}00")), NO_MATCH),
            row(25, mechanism, |_, r| change_signature(r, |_| String::new()), NO_MATCH),
            row(25, mechanism, |_, r| change_signature(r, |_| "0".repeat(64)), NO_MATCH),
            row(25, mechanism, |_, r| change_signature(r, |_| "g".repeat(64)), NO_MATCH),
            row(
                25,
                mechanism,
                |_, r| change_signature(r, |digits| format!("{}%", &digits[..63])),
                if mechanism == "q" { Some(("Encoding", 400, "InvalidURI")) } else { NO_MATCH },
            ),
            row(
                25,
                mechanism,
                |s, _| {
                    s.keys = [presign::Credentials::new(super::server::ID, "another").expect("credentials")].into();
                },
                NO_MATCH,
            ),
            row(25, mechanism, |_, r| r.method = "HEAD".into(), NO_MATCH),
            row(25, mechanism, |_, r| r.method = "get".into(), NO_MATCH),
        ]);
    }
    rows
}

/// In the query or in the header, after which nothing comes.
fn change_signature(request: &mut Arrived, change: impl Fn(&str) -> String) {
    let place =
        if request.target.contains("X-Amz-Signature=") { &mut request.target } else { &mut request.headers[0].1 };
    let start = place.rfind("Signature=").expect("a signature") + "Signature=".len();
    let digits = change(&place[start..]);
    place.replace_range(start.., &digits);
}

fn limits() -> Vec<Row> {
    let encoding = Some(("Encoding", 400, "InvalidURI"));
    let target = Some(("Target", 400, "InvalidURI"));
    let too_large = Some(("HeadersTooLarge", 400, "RequestHeaderSectionTooLarge"));
    let too_many = Some(("TooMany", 400, "RequestHeaderSectionTooLarge"));
    let method = Some(("Method", 405, "MethodNotAllowed"));
    let mut rows = vec![
        row(26, "q/many parameters", AS_IT_IS, ACCEPTED),
        row(26, "q/too many parameters", AS_IT_IS, too_many),
        row(26, "q/many signed headers", AS_IT_IS, ACCEPTED),
        row(26, "q/too many signed headers", AS_IT_IS, too_many),
        row(26, "q/long target", AS_IT_IS, ACCEPTED),
        row(26, "q/long target", |_, r| r.target.push('&'), Some(("TargetTooLong", 400, "InvalidURI"))),
        row(26, "q", |_, r| (0..256).for_each(|_| r.add("a", "")), ACCEPTED),
        row(26, "q", |_, r| (0..257).for_each(|_| r.add("a", "")), too_large),
        row(26, "q", |_, r| r.add("a", &"x".repeat(65_535)), ACCEPTED),
        row(26, "q", |_, r| r.add("a", &"x".repeat(65_536)), too_large),
    ];
    for mechanism in ["q", "h"] {
        rows.extend([
            row(26, mechanism, |_, r| r.replace("a%20b", "a%2b%"), encoding),
            row(26, mechanism, |_, r| r.replace("a%20b", "a%2gb"), encoding),
            row(26, mechanism, |_, r| r.replace("a%20b", "a%FFb"), encoding),
            row(26, mechanism, |_, r| r.replace("a%20b", "a%C0%AFb"), encoding),
            row(26, mechanism, |_, r| r.replace("a%20b", "a%ED%A0%80b"), encoding),
            row(26, mechanism, |_, r| r.target += if r.target.contains('?') { "&a=%" } else { "?a=%" }, encoding),
            row(26, mechanism, |_, r| r.target += if r.target.contains('?') { "&%FF=a" } else { "?%FF=a" }, encoding),
            row(26, mechanism, |_, r| r.target.remove(0).to_string().clear(), target),
            row(26, mechanism, |_, r| r.target.clear(), target),
            row(26, mechanism, |_, r| r.target = "*".into(), target),
            row(26, mechanism, |_, r| r.method.clear(), method),
            row(26, mechanism, |_, r| r.method = "GET\nx".into(), method),
            row(26, mechanism, |_, r| r.method = "GET /".into(), method),
            row(26, mechanism, |_, r| r.method = "G".repeat(33), method),
        ]);
    }
    rows.push(row(26, "h/other", |_, r| r.replace("a%20b", "a%b"), encoding));
    rows
}

/// The further elements that AWS's response has.
#[test]
fn responses_have_the_details_of_aws() {
    let requests = Requests::load();
    type Details = &'static [(&'static str, &'static str)];
    let rows: [(&str, Change, Details); 12] = [
        ("q", |_, r| r.add("authorization", "x"), &[("ArgumentName", "Authorization")]),
        ("q/scope us-east-1", AS_IT_IS, &[("Region", "eu-west-1")]),
        ("h/scope us-east-1", AS_IT_IS, &[("Region", "eu-west-1")]),
        ("q/scope us-east-1", |s, _| s.set(|policy| policy.region(Region::new("auto").expect("a region"))), &[]),
        (
            "q",
            |s, _| s.now = time("20240314T081530Z"),
            &[
                ("X-Amz-Date", "2024-03-15T08:15:30Z"),
                ("Expires", "2024-03-15T08:30:30Z"),
                ("ServerTime", "2024-03-14T08:15:30Z"),
            ],
        ),
        (
            "q",
            |s, _| s.now = time("20240316T081530Z"),
            &[("X-Amz-Expires", "900"), ("Expires", "2024-03-15T08:30:30Z"), ("ServerTime", "2024-03-16T08:15:30Z")],
        ),
        (
            "h",
            |s, _| s.now = time("20240316T081530Z"),
            &[
                ("RequestTime", "20240315T081530Z"),
                ("ServerTime", "2024-03-16T08:15:30Z"),
                ("MaxAllowedSkewMilliseconds", "900000"),
            ],
        ),
        ("q/list without host", AS_IT_IS, &[("HeadersNotSigned", "host")]),
        (
            "q",
            |_, r| {
                r.add("x-amz-tagging", "a");
                r.add("x-amz-acl", "a");
            },
            &[("HeadersNotSigned", "x-amz-acl, x-amz-tagging")],
        ),
        ("q", |_, r| change_signature(r, str::to_uppercase), &[]),
        ("q/line short", AS_IT_IS, &[("ArgumentName", "x-amz-content-sha256")]),
        ("q/id unknown", AS_IT_IS, &[]),
    ];
    for (name, change, details) in rows {
        let mut request = requests.get(name);
        let mut server = Server::for_host(&request.authority);
        change(&mut server, &mut request);
        let response = server.verify(&request).expect_err("refused").response();
        assert_eq!(response.details().collect::<Vec<_>>(), details, "{name}");
        for (element, value) in details {
            assert!(response.to_xml().contains(&format!("<{element}>{value}</{element}>")), "{name}");
        }
    }
}

/// The hash of the payload that a request was signed with.
#[test]
fn the_payload_of_a_request_is_what_was_signed() {
    let requests = Requests::load();
    for (name, expected) in [
        ("q", VerifiedPayload::Unsigned),
        ("q/unsigned in the query", VerifiedPayload::Unsigned),
        ("h/put unsigned", VerifiedPayload::Unsigned),
    ] {
        let request = requests.get(name);
        assert_eq!(
            Server::for_host(&request.authority).verify(&request).map(|verified| verified.payload()),
            Ok(expected)
        );
    }
    for name in ["q/hash in a header", "q/hash in an unsigned header", "q/hash in the query", "h/put", "h/other"] {
        let request = requests.get(name);
        let verified = Server::for_host(&request.authority).verify(&request).expect("accepted");
        for (body, is_right) in [("Welcome to Amazon S3.", true), ("", false), ("Welcome to Amazon S3", false)] {
            let mut check = verified.payload().check();
            body.as_bytes().chunks(7).for_each(|piece| check.update(piece));
            assert_eq!(check.finish().is_ok(), is_right, "{name} {body}");
        }
    }
}
