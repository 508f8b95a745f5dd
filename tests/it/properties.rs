//! Random inputs: the crate says what the naive implementation says, and what it says holds.

use std::time::Duration;

use percent_encoding::percent_decode_str;
use presign::s3::{
    AddressingStyle, CompleteMultipartUpload, CompletedPart, CopySource, DeleteObjects, GetObject, ObjectIdentifier,
    PutObject, S3Request, Store,
};
use presign::sigv4::{Request, Service, Signer};
use presign::{Credentials, Error, Method, Presigner, Region, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::naive::{self, uri_encode};

/// Any text, with the characters that matter more often than they would come by chance.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9/._~ +%&=?#:@!$'()*,;-]{0,40}",
        "\\PC{0,20}",
        any::<String>(),
        proptest::collection::vec(
            prop_oneof![Just("/"), Just("."), Just(".."), Just("%2e"), Just("\\"), Just("a"), Just("é")],
            0..8
        )
        .prop_map(|parts| parts.concat()),
    ]
}

/// Any text, with markup more often than it would come by chance.
fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("</ETag>"),
        Just("</Key>"),
        Just("<"),
        Just(">"),
        Just("&"),
        Just("&amp;"),
        Just("\""),
        Just("'"),
        Just("]]>"),
        Just("<!--"),
        Just("\r"),
        Just("\n"),
        Just("\t"),
        Just("a"),
        Just("é"),
        Just("\0"),
    ];
    prop_oneof![text(), proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())]
}

/// What an XML parser makes of a text. Markup in it is an error of the test.
fn unescape(escaped: &str) -> String {
    assert!(!escaped.contains(['<', '>', '"', '\'', '\r', '\n', '\t']), "{escaped:?}");
    let mut text = String::new();
    let mut pieces = escaped.split('&');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (entity, rest) = piece.split_once(';').expect("a reference");
        text.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "#9" => '\t',
            "#10" => '\n',
            "#13" => '\r',
            other => panic!("entity {other}"),
        });
        text.push_str(rest);
    }
    text
}

fn has_dot_segment(key: &str) -> bool {
    key.split('/').any(|segment| segment == "." || segment == "..")
}

/// A key that can be signed without opting in.
pub fn key() -> impl Strategy<Value = String> {
    text().prop_filter("a valid key", |key| !key.is_empty() && key.len() <= 1_024 && !has_dot_segment(key))
}

pub fn query() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof!["[a-z]{1,3}[-.%0-9A-Z~]?", text(), Just("X-Amz-Zzz".to_owned())]
        .prop_filter("a valid name", |name| !name.is_empty() && !is_signers_parameter(name));
    proptest::collection::vec((name, text()), 0..6)
}

fn is_signers_parameter(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["algorithm", "credential", "date", "expires", "region-set", "s3session-token", "security-token", "signature"]
        .iter()
        .any(|reserved| name == format!("x-amz-{reserved}"))
        || name == "x-amz-signedheaders"
}

pub fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        "x-amz-meta-[a-z-]{0,3}",
        "X-Custom-[A-Za-z0-9!#$%&'*+.^_`|~-]{1,6}",
        Just("Content-Type".to_owned()),
        Just("cache-control".to_owned()),
        Just("aaa".to_owned()),
    ];
    proptest::collection::vec((name, "[ -~\t]{0,12}"), 0..6)
}

/// An endpoint and its `Host` header according to a WHATWG parser.
pub fn endpoint() -> impl Strategy<Value = (String, String, String)> {
    let host = prop_oneof![
        "[a-zA-Z][a-zA-Z0-9]{0,8}(\\.[a-z][a-z0-9]{1,8}){0,3}".prop_filter("no Punycode", |h| !h.contains("xn")),
        any::<[u8; 4]>().prop_map(|octets| std::net::Ipv4Addr::from(octets).to_string()),
        prop_oneof![
            any::<u128>(),
            any::<u16>().prop_map(u128::from),
            any::<u32>().prop_map(|low| 0xffff_0000_0000 | u128::from(low))
        ]
        .prop_map(|bits| format!("[{}]", std::net::Ipv6Addr::from(bits))),
    ];
    let port = prop_oneof![Just(None), Just(Some(80)), Just(Some(443)), (1..=u16::MAX).prop_map(Some)];
    let base = prop_oneof![Just(String::new()), "(/[a-z][A-Za-z0-9_~.-]{0,6}){1,3}"];
    (prop_oneof![Just("http"), Just("https")], host, port, base).prop_map(|(scheme, host, port, base)| {
        let text = format!("{scheme}://{host}{}", port.map(|port| format!(":{port}")).unwrap_or_default());
        let parsed = url::Url::parse(&text).expect("a valid URL");
        let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
        let authority = format!("{}{port}", parsed.host_str().expect("a host"));
        (text + &base, authority, base)
    })
}

/// Credentials, instant and expiry.
pub fn who_and_when() -> impl Strategy<Value = (String, String, Option<String>, i64, u64)> {
    (
        "[!-+.0-~-]{1,20}",
        "[ -~]{1,80}",
        proptest::option::of("[!-~]{1,60}"),
        prop_oneof![0..=253_402_300_799_i64 - 604_800, (0..2_932_000_i64).prop_map(|day| day * 86_400)],
        1..=604_800_u64,
    )
}

pub fn method() -> impl Strategy<Value = Method> {
    prop_oneof![Just(Method::Get), Just(Method::Put), Just(Method::Head), Just(Method::Delete), Just(Method::Post)]
}

pub fn credentials(id: &str, secret: &str, token: Option<&String>) -> Result<Credentials, Error> {
    let credentials = Credentials::new(id, secret)?;
    match token {
        Some(token) => credentials.with_session_token(token),
        None => Ok(credentials),
    }
}

/// The same cases in every run. `PROPTEST_RNG_SEED` and `PROPTEST_CASES` ask for others.
pub fn deterministic(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases },
        rng_seed: match default.rng_seed {
            RngSeed::Random => RngSeed::Fixed(0x5167_7634),
            fixed @ RngSeed::Fixed(_) => fixed,
        },
        failure_persistence: None,
        ..default
    }
}

proptest! {
    #![proptest_config(deterministic(1_000))]

    #[test]
    fn s3_urls_are_those_of_the_naive_implementation(
        method in method(),
        (endpoint, authority, base) in endpoint(),
        bucket in "[a-z0-9][a-z0-9-]{1,20}[a-z0-9]",
        key in key(),
        query in query(),
        headers in headers(),
        (id, secret, token, unix_seconds, expires) in who_and_when(),
        style in prop_oneof![Just(AddressingStyle::Path), Just(AddressingStyle::VirtualHosted), Just(AddressingStyle::BucketEndpoint)],
        service in prop_oneof![Just("s3"), Just("s3express"), Just("s3-outposts")],
    ) {
        let builder = Presigner::builder()
            .credentials(credentials(&id, &secret, token.as_ref())?)
            .region("eu-west-1")
            .endpoint(&endpoint)
            .addressing_style(style)
            .service(Service::new(service)?);
        let builder = if style == AddressingStyle::BucketEndpoint { builder } else { builder.bucket(&bucket) };
        let presigner = builder.build();
        let is_ip = authority.starts_with('[') || authority.split(':').next().is_some_and(|host| host.parse::<std::net::Ipv4Addr>().is_ok());
        if style == AddressingStyle::VirtualHosted && (is_ip || bucket.starts_with("xn--")) {
            prop_assert!(presigner.is_err());
            return Ok(());
        }
        let presigner = presigner?;
        let (host, prefix) = match style {
            AddressingStyle::Path => (authority, format!("{base}/{bucket}/")),
            AddressingStyle::VirtualHosted => (format!("{bucket}.{authority}"), format!("{base}/")),
            _ => (authority, format!("{base}/")),
        };
        let expected = naive::Input {
            method: method.as_str(),
            scheme: endpoint.split(':').next().unwrap_or_default().into(),
            host: host.clone(),
            path: prefix.clone() + &uri_encode(&key, false),
            query, headers, payload: None, path_rules: naive::PathRules::of(service), access_key_id: id, secret, token, unix_seconds, expires,
            region: "eu-west-1".into(),
            service: service.into(),
        };

        let mut request = S3Request::new(method).key(&key);
        for (name, value) in &expected.query {
            request = request.query(name, value);
        }
        for (name, value) in &expected.headers {
            request = request.header(name, value);
        }
        let now = Timestamp::from_unix_seconds(unix_seconds)?;
        let life = Duration::from_secs(expires);
        let signed = presigner.presign_at(&request, life, now)?;
        prop_assert_eq!(signed.url(), expected.presign());
        prop_assert_eq!(signed.expires_at().unix_seconds(), unix_seconds + i64::try_from(expires)?);

        // A browser sends it as it is, to the host and for the object that were named.
        let parsed = url::Url::parse(signed.url())?;
        prop_assert_eq!(parsed.as_str(), signed.url());
        let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
        prop_assert_eq!(format!("{}{port}", parsed.host_str().unwrap_or_default()), host);
        prop_assert_eq!(percent_decode_str(parsed.path()).decode_utf8()?, prefix + &key);
        prop_assert_eq!(parsed.fragment(), None);

        // What is signed is what is sent.
        let explanation = presigner.explain_at(&request, life, now)?;
        let signed_query = explanation.canonical_request().split('\n').nth(2).unwrap_or_default();
        let sent_query = parsed.query().and_then(|query| query.rsplit_once("&X-Amz-Signature="));
        prop_assert_eq!(sent_query.map(|(query, _)| query), Some(signed_query));
    }

    #[test]
    fn urls_for_other_services_are_those_of_the_naive_implementation(
        method in method(),
        (endpoint, authority, base) in endpoint(),
        path in key(),
        is_encoded in any::<bool>(),
        query in query(),
        headers in headers(),
        (id, secret, token, unix_seconds, expires) in who_and_when(),
        region in "[a-z]{2}-[a-z]{4}-[0-9]",
        service in prop_oneof![Just("sts"), Just("execute-api"), Just("iotdevicegateway"), Just("s3")],
    ) {
        let signer = Signer::new(credentials(&id, &secret, token.as_ref())?, Region::new(&region)?, Service::new(service)?);
        let raw = format!("/{path}");
        let encoded = uri_encode(&raw, false);
        let request = Request::new(method, &endpoint)?;
        let mut request = if is_encoded { request.path(&encoded) } else { request.raw_path(&raw) };
        let expected = naive::Input {
            method: method.as_str(),
            scheme: endpoint.split(':').next().unwrap_or_default().into(),
            host: authority,
            path: base + &encoded,
            query, headers, payload: None, path_rules: naive::PathRules::of(service), access_key_id: id, secret, token, unix_seconds, expires, region,
            service: service.into(),
        };
        for (name, value) in &expected.query {
            request = request.query(name, value);
        }
        for (name, value) in &expected.headers {
            request = request.header(name, value);
        }
        let now = Timestamp::from_unix_seconds(unix_seconds)?;
        let signed = signer.presign_at(&request, Duration::from_secs(expires), now)?;
        prop_assert_eq!(signed.url(), expected.presign());
        let parsed = url::Url::parse(signed.url())?;
        prop_assert_eq!(parsed.as_str(), signed.url());

        let authorized = signer.authorize_at(&request, now)?;
        let authorization = authorized.headers().find(|(name, _)| *name == "authorization");
        let expected = expected.authorize();
        prop_assert_eq!(authorization.map(|(_, value)| value), Some(expected.as_str()));
    }

    /// A published endpoint replaces the origin of the URL, and changes nothing else.
    #[test]
    fn published_urls_are_the_signed_ones_at_another_base(
        (endpoint, authority, _) in endpoint(),
        (public, public_authority, public_base) in endpoint(),
        style in prop_oneof![Just(AddressingStyle::Path), Just(AddressingStyle::BucketEndpoint)],
        key in key(),
        query in query(),
        headers in headers(),
    ) {
        let builder = Presigner::builder()
            .credentials(credentials("id", "secret", None)?)
            .region("eu-west-1")
            .endpoint(&endpoint)
            .addressing_style(style)
            .bucket((style == AddressingStyle::Path).then_some("user-media"));
        let mut request = S3Request::new(Method::Put).key(&key);
        for (name, value) in &query {
            request = request.query(name, value);
        }
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        let life = Duration::from_secs(60);
        let presigners = [builder.clone().build()?, builder.published_endpoint(&public).build()?];
        let [signed, published] = presigners.map(|it| it.presign_at(&request, life, Timestamp::from_unix_seconds(0)?));
        let (signed, published) = (signed?, published?);
        let scheme = |text: &str| text.split(':').next().unwrap_or_default().to_owned();
        let rest = signed.url().strip_prefix(&format!("{}://{authority}", scheme(&endpoint)));
        let expected = format!("{}://{public_authority}{public_base}{}", scheme(&public), rest.unwrap_or_default());
        prop_assert_eq!(published.url(), expected);
        prop_assert!(published.headers().eq(signed.headers()));
        let parsed = url::Url::parse(published.url())?;
        prop_assert_eq!(parsed.as_str(), published.url());
    }

    /// Whatever an account or a region is, the request goes to the store.
    #[test]
    fn no_account_and_no_region_leaves_the_store(account in text(), region in text(), at in 0..Store::ALL.len()) {
        let store = Store::ALL[at].clone();
        let Some(template) = Store::ALL[at].endpoint_template() else { return Ok(()) };
        let domain = template.rsplit(['}', '/']).find(|part| part.contains('.')).expect("a domain");
        let builder = Presigner::builder().store(store).account(account).region(region).bucket("bucket");
        if let Ok(presigner) = builder.credentials(Credentials::new("id", "secret").expect("valid")).build() {
            let now = Timestamp::from_unix_seconds(0).expect("in range");
            let signed = presigner.presign_at(GetObject::new("k"), Duration::from_secs(1), now).expect("valid");
            let host = signed.url().split('/').nth(2).expect("a host");
            prop_assert!(host.ends_with(domain), "{} {}", host, domain);
        }
    }

    /// The source that a server decodes is the object that was named.
    #[test]
    fn copy_sources_decode_to_the_same_key(key in text(), version_id in text()) {
        let source = CopySource::new("archive", &key);
        if key.is_empty() || key.len() > 1_024 {
            prop_assert!(source.is_err());
            return Ok(());
        }
        let value = source?.version_id(&version_id).to_string();
        prop_assert!(value.bytes().all(|byte| byte.is_ascii_graphic()));
        let (path, query) = value.split_once('?').expect("a version");
        prop_assert_eq!(percent_decode_str(path).decode_utf8()?, format!("archive/{key}"));
        let version = query.strip_prefix("versionId=").unwrap_or_default();
        prop_assert_eq!(percent_decode_str(version).decode_utf8()?, version_id);
        prop_assert_eq!(path, format!("archive/{}", uri_encode(&key, false)));
    }

    /// Tags and metadata arrive as they were given, or there is an error.
    #[test]
    fn tags_and_metadata_arrive(
        tags in proptest::collection::vec((text(), text()), 0..4),
        metadata in proptest::collection::vec(("[a-z]{1,8}", text()), 0..4),
    ) {
        let put = tags.iter().fold(PutObject::new("k"), |put, (key, value)| put.tag(key, value));
        let put = metadata.iter().fold(put, |put, (name, value)| put.metadata(name, value));
        let presigner = Presigner::builder()
            .credentials(Credentials::new("id", "secret")?)
            .region("eu-west-1")
            .bucket("user-media")
            .build()?;
        let Ok(signed) = presigner.presign_at(&put, Duration::from_secs(60), Timestamp::from_unix_seconds(0)?) else {
            let has_bad_tag = tags.iter().any(|(key, value)| {
                key.is_empty() || key.encode_utf16().count() > 128 || value.encode_utf16().count() > 256
            });
            let is_sendable = |c: char| c == '\t' || c == ' ' || c.is_ascii_graphic();
            let bytes: usize = metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
            prop_assert!(has_bad_tag || bytes > 2_048 || metadata.iter().any(|(_, value)| !value.chars().all(is_sendable)));
            return Ok(());
        };
        let header = |wanted: &str| signed.headers().find(|(name, _)| *name == wanted).map(|(_, value)| value);
        let tagging = header("x-amz-tagging").unwrap_or_default();
        let decoded: Vec<(String, String)> = url::form_urlencoded::parse(tagging.as_bytes()).into_owned().collect();
        prop_assert_eq!(decoded, tags);
        for (name, _) in &metadata {
            let values = metadata.iter().filter(|(other, _)| other == name);
            let values: Vec<_> = values.map(|(_, value)| value.trim_matches([' ', '\t'])).collect();
            let expected = values.join(",");
            prop_assert_eq!(header(&format!("x-amz-meta-{name}")), Some(expected.as_str()));
        }
    }

    /// No entity tag and no key can change the document: a parser finds what was given, and nothing else.
    #[test]
    fn bodies_cannot_be_changed_from_within(e_tag in hostile_text(), key in hostile_text()) {
        if let Ok(body) = CompleteMultipartUpload::body([CompletedPart::new(1, e_tag.as_str()), CompletedPart::new(2, "b")]) {
            let middle = body.split_once("<ETag>").and_then(|(_, rest)| rest.split_once("</ETag>"));
            let (escaped, rest) = middle.expect("an entity tag");
            prop_assert_eq!(unescape(escaped), e_tag);
            prop_assert_eq!(rest, "</Part><Part><PartNumber>2</PartNumber><ETag>b</ETag></Part></CompleteMultipartUpload>");
        }
        if let Ok(body) = DeleteObjects::body([ObjectIdentifier::new(key.as_str())]) {
            let start = "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>";
            let escaped = body.strip_prefix(start).and_then(|rest| rest.strip_suffix("</Key></Object></Delete>"));
            prop_assert_eq!(unescape(escaped.unwrap_or_default()), key);
        }
    }

    /// Whatever goes in: an error, or a URL that a browser leaves as it is.
    #[test]
    fn no_input_panics(
        texts in proptest::collection::vec(text(), 12),
        seconds in any::<i64>(),
        expires in any::<Duration>(),
        style in prop_oneof![Just(AddressingStyle::Auto), Just(AddressingStyle::Path), Just(AddressingStyle::VirtualHosted), Just(AddressingStyle::BucketEndpoint)],
        is_valid in any::<[bool; 8]>(),
    ) {
        let [id, secret, token, region, bucket, endpoint, key, path, query_name, query_value, header_name, header_value] = &texts[..] else {
            unreachable!("twelve texts")
        };
        // Each part is often a valid one, so that the others are reached.
        let pick = |at: usize, valid: &str, other: &str| if is_valid[at] { valid.to_owned() } else { other.to_owned() };
        let _ = region.parse::<Timestamp>();
        let _ = Service::new(region);
        let result = (|| {
            let credentials = Credentials::new(pick(0, "id", id), pick(1, "secret", secret))?
                .with_session_token(pick(2, "token", token))?;
            let now = Timestamp::from_unix_seconds(if is_valid[3] { seconds.rem_euclid(1 << 33) } else { seconds })?;
            let expires = if is_valid[4] { Duration::from_secs(60) } else { expires };
            let builder = Presigner::builder().region(pick(5, "us-east-1", region));
            let has_bucket = style != AddressingStyle::BucketEndpoint;
            let builder = if has_bucket { builder.bucket(pick(6, "bucket", bucket)) } else { builder };
            let builder = if is_valid[7] { builder } else { builder.endpoint(endpoint) };
            let presigner = builder.credentials(credentials.clone()).addressing_style(style).build()?;
            let request = S3Request::new(Method::Get).key(key).query(query_name, query_value).header(header_name, header_value);
            let first = presigner.presign_at(request, expires, now);
            let signer = Signer::new(credentials, Region::new("r")?, Service::new("sts")?);
            let second = signer.presign_at(&Request::new(Method::Get, "https://h")?.path(path), expires, now);
            Ok::<_, Error>([first, second])
        })();
        for signed in result.into_iter().flatten().flatten() {
            if !signed.url().contains("xn--") {
                let parsed = url::Url::parse(signed.url())?;
                prop_assert_eq!(parsed.as_str(), signed.url());
            }
        }
    }
}
