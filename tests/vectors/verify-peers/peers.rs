//! Requests signed by aws-sigv4 and rusty-s3, for `verify-peers.jsonl`: one JSON line each.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{sign, PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings, UriPathNormalizationMode};
use aws_sigv4::sign::v4::SigningParams;
use rusty_s3::{Bucket, S3Action, UrlStyle};
use serde_json::{json, Value};

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const TOKEN: &str = "IQoJb3JpZ2luX2VjE+/abc==//EXAMPLE+token==";
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn put(signer: &str, version: &str, name: &str, method: &str, url: &str, headers: Vec<(String, String)>, service: &str, token: Option<&str>) {
    let rest = url.split_once("://").unwrap().1;
    let at = rest.find(['/', '?']).unwrap();
    let mut line = json!({
        "name": format!("{signer}/{name}"), "signer": signer, "version": version, "method": method, "target": &rest[at..],
        "authority": &rest[..at], "headers": headers, "region": "eu-west-1", "service": service,
    });
    if let Some(token) = token {
        line["session_token"] = Value::from(token);
    }
    if service != "s3" {
        line["body_sha256"] = Value::from(EMPTY);
    }
    println!("{line}");
}

fn main() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_710_490_530);
    for (name, url, service, headers, token) in [
        ("plain", "https://s3.example.com/user-media/a.png", "s3", vec![], None),
        ("key", "https://s3.example.com/user-media/a%20b/%C3%BC%2B%28~%29", "s3", vec![], None),
        ("slashes", "https://s3.example.com/user-media//a/../b//", "s3", vec![], None),
        ("query", "https://s3.example.com/user-media/a?list-type=2&prefix=a%2Bb%20c&b=2&b=10", "s3", vec![], None),
        ("headers", "https://s3.example.com/user-media/a", "s3", vec![("content-type", "image/png"), ("x-amz-meta-a", "  x   y "), ("x-amz-meta-a", "z")], None),
        ("token", "https://s3.example.com/user-media/a", "s3", vec![], Some(TOKEN)),
        ("port", "http://s3.example.com:9000/user-media/a", "s3", vec![], None),
        ("api", "https://api.example.com/prod/a%20b/../c?x=1", "execute-api", vec![], None),
        ("sts", "https://sts.example.com/?Action=GetCallerIdentity&Version=2011-06-15", "sts", vec![("x-amz-meta-a", "1")], Some(TOKEN)),
    ] {
        for (form, location) in [("query", SignatureLocation::QueryParams), ("header", SignatureLocation::Headers)] {
            let mut settings = SigningSettings::default();
            settings.signature_location = location;
            if form == "query" {
                settings.expires_in = Some(Duration::from_secs(900));
            }
            if service == "s3" {
                settings.percent_encoding_mode = PercentEncodingMode::Single;
                settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
                settings.payload_checksum_kind = if form == "query" { PayloadChecksumKind::NoHeader } else { PayloadChecksumKind::XAmzSha256 };
            }
            let identity = Credentials::new(ID, SECRET, token.map(str::to_owned), None, "static").into();
            let params = SigningParams::builder().identity(&identity).region("eu-west-1").name(service).time(now).settings(settings).build().unwrap().into();
            let body = if service == "s3" && form == "query" { SignableBody::UnsignedPayload } else { SignableBody::Bytes(b"") };
            let request = SignableRequest::new("PUT", url, headers.iter().copied(), body).unwrap();
            let (instructions, _) = sign(request, &params).unwrap().into_parts();
            let mut request = http::Request::put(url);
            for (name, value) in &headers {
                request = request.header(*name, *value);
            }
            let mut request = request.body(()).unwrap();
            instructions.apply_to_request_http1x(&mut request);
            let sent = request.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
            put("aws-sigv4", "1.6.4", &format!("{form}/{name}"), "PUT", &request.uri().to_string(), sent, service, token);
        }
    }
    for (name, token) in [("", None), ("-token", Some(TOKEN))] {
        let credentials = match token {
            Some(token) => rusty_s3::Credentials::new_with_token(ID, SECRET, token),
            None => rusty_s3::Credentials::new(ID, SECRET),
        };
        let host: url::Url = "https://s3.example.com".parse().unwrap();
        let time = jiff::Timestamp::from_second(1_710_490_530).unwrap();
        let expires = Duration::from_secs(900);
        for (style, style_name) in [(UrlStyle::Path, "path"), (UrlStyle::VirtualHost, "virtual")] {
            let bucket = Bucket::new(host.clone(), style, "user-media", "eu-west-1").unwrap();
            let mut add = |what: &str, method: &str, url: String, headers: Vec<(String, String)>| {
                put("rusty-s3", "0.11.0", &format!("{style_name}/{what}{name}"), method, &url, headers, "s3", token);
            };
            let mut get = bucket.get_object(Some(&credentials), "dir/a b+ü.txt");
            get.query_mut().insert("response-content-type", "text/plain; charset=utf-8");
            add("get", "GET", get.sign_with_time(expires, &time).to_string(), vec![]);
            let mut put_object = bucket.put_object(Some(&credentials), "a//b");
            put_object.headers_mut().insert("content-type", "image/png");
            put_object.headers_mut().insert("x-amz-meta-a", "x  y");
            let sent = vec![("content-type".into(), "image/png".into()), ("x-amz-meta-a".into(), "x  y".into())];
            add("put", "PUT", put_object.sign_with_time(expires, &time).to_string(), sent);
            add("head", "HEAD", bucket.head_object(Some(&credentials), "~(a)").sign_with_time(expires, &time).to_string(), vec![]);
            add("delete", "DELETE", bucket.delete_object(Some(&credentials), "%2F").sign_with_time(expires, &time).to_string(), vec![]);
            add("part", "PUT", bucket.upload_part(Some(&credentials), "a", 3, "u+/=").sign_with_time(expires, &time).to_string(), vec![]);
        }
    }
}
