//! Hosts, regions and services against the endpoint test cases that ship with the AWS SDKs (`s3-endpoints.jsonl`). The
//! SDKs' errors have other words than ours, so `s3-endpoint-errors.json` has our message for each case that is an
//! error.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use presign::s3::{AddressingStyle, GetObject};
use presign::{Credentials, Error, Presigner};
use serde_json::Value;

/// Why a case is not run, if it is not.
fn left_out(params: &Value, url: Option<&str>) -> Option<&'static str> {
    let is = |name: &str| params[name] == true;
    match params["bucket"].as_str() {
        None => Some("no bucket: an operation on the account or without a host of its own"),
        _ if params["region"] == "aws-global" => Some("a pseudo region for the global endpoint"),
        _ if url.is_some_and(|url| url.contains("/s3.amazonaws.com") || url.contains(".s3.amazonaws.com")) => {
            Some("the global endpoint, never used here")
        }
        _ if is("use_s3_express_control_endpoint") => Some("the control plane of directory buckets"),
        _ if is("disable_access_points") || is("disable_multi_region_access_points") => {
            Some("a setting of SDK clients that excludes a kind of ARN")
        }
        _ => None,
    }
}

/// Bucket names that the rules put into the path percent-encoded, or that are shorter than any bucket of S3. They are
/// refused here.
const REFUSED_BUCKETS: [&str; 4] = ["bucket!", "bucket name", "example.com#", "aa"];

/// The host with the key, and the scope.
fn presign(params: &Value) -> Result<(String, String), Error> {
    let text = |name: &str| params[name].as_str();
    let build = |style| {
        let is = |name: &str| params[name] == true;
        Presigner::builder()
            .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?)
            .addressing_style(style)
            .region(text("region"))
            .bucket(text("bucket"))
            .endpoint(text("endpoint"))
            .dual_stack(is("use_dual_stack"))
            .fips(is("use_fips"))
            .accelerate(is("accelerate"))
            .arn_region_must_match(params["use_arn_region"] == false)
            .session_auth(!is("disable_s3_express_session_auth"))
            .build()
    };
    let presigner = if params["force_path_style"] == true {
        build(AddressingStyle::Path)
    } else if params["endpoint"].is_null() {
        build(AddressingStyle::Auto)
    } else {
        // The rules prefer the host for given endpoints too, and fall back to the path in silence.
        match build(AddressingStyle::VirtualHosted) {
            Err(Error::BucketNotDnsName | Error::VirtualHostOnIpAddress) => build(AddressingStyle::Path),
            other => other,
        }
    }?;
    let signed = presigner.presign_at(GetObject::new("key"), Duration::from_secs(60), "20240315T081530Z".parse()?)?;
    let (url, query) = signed.url().split_once('?').expect("a query");
    let credential = query.split('&').find(|part| part.starts_with("X-Amz-Credential=")).expect("a credential");
    let scope = credential.split("%2F").skip(2).take(2).collect::<Vec<_>>().join("/");
    // The scope of SigV4A has no region.
    let region_set = query.split('&').find_map(|part| part.strip_prefix("X-Amz-Region-Set="));
    Ok((url.to_owned(), region_set.map_or(scope.clone(), |set| format!("{set} {scope}"))))
}

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(file)).expect("the vectors")
}

#[test]
fn sdk_endpoint_cases() {
    let errors: BTreeMap<String, String> =
        serde_json::from_str(&read("s3-endpoint-errors.json")).expect("a map of errors");
    let (mut passed, mut refused, mut skipped, mut failures) = (0, 0, 0, Vec::new());
    for line in read("s3-endpoints.jsonl").lines() {
        let case: Value = serde_json::from_str(line).expect("JSON");
        let (name, params) = (&case["name"], &case["params"]);
        if left_out(params, case["url"].as_str()).is_some() {
            skipped += 1;
            continue;
        }
        let actual = presign(params);
        if case["error"].is_null() && params["bucket"].as_str().is_some_and(|bucket| REFUSED_BUCKETS.contains(&bucket))
        {
            refused += 1;
            assert!(matches!(actual, Err(Error::InvalidCharacter { .. } | Error::BucketLength { .. })), "{name}");
            continue;
        }
        let expected = match (case["error"].as_str(), case["auth_schemes"][0]["name"].as_str()) {
            (Some(_), _) => Err(errors.get(name.as_str().expect("a name")).cloned().unwrap_or_default()),
            (None, Some("sigv4a")) if case["auth_schemes"].as_array().is_some_and(|all| all.len() == 1) => {
                if cfg!(feature = "sigv4a") {
                    assert_eq!(case["auth_schemes"][0]["signingRegionSet"], serde_json::json!(["*"]));
                    let url = format!("{}/key", case["url"].as_str().expect("a URL"));
                    Ok((url, "%2A s3/aws4_request".to_owned()))
                } else {
                    Err(Error::MultiRegionAccessPoint.to_string())
                }
            }
            (None, _) => {
                let schemes = case["auth_schemes"].as_array().expect("schemes");
                let scheme = schemes.iter().find(|scheme| scheme["name"] != "sigv4a").expect("SigV4");
                let text = |name: &str| scheme[name].as_str().expect("a text");
                let url = format!("{}/key", case["url"].as_str().expect("a URL"));
                Ok((url, format!("{}/{}", text("signingRegion"), text("signingName"))))
            }
        };
        // With the feature, what the SDKs refuse of a Multi-Region Access Point is refused for its own reason.
        let needs_feature = expected == Err(Error::MultiRegionAccessPoint.to_string());
        if cfg!(feature = "sigv4a") && needs_feature && actual.is_err() {
            passed += 1;
            continue;
        }
        let actual = actual.map_err(|error| error.to_string());
        if actual == expected {
            passed += 1;
        } else {
            failures.push(format!("{name} {params}\n  expected {expected:?}\n  got      {actual:?}"));
        }
    }
    assert!(failures.is_empty(), "{} failed\n{}", failures.len(), failures.join("\n"));
    assert_eq!((passed, refused, skipped), (288, 14, 91));
}
