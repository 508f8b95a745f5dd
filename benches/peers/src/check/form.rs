//! Checks a presigned form.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use presign::sigv4::{Service, SigningContext, SigningKey};
use presign::{Region, Timestamp};
use serde_json::Value;
use sha2::Sha256;

use super::check_clock;
use crate::contestant::Clock;
use crate::task::{ACCESS_KEY_ID, BUCKET, CONTENT_TYPE, FORM_LIFE, KEY, MAX_LENGTH, MIN_LENGTH, REGION, credentials};

/// Compares the policy with the one that was asked for, the fields of the form with the policy, and the signature with
/// the one by the signing key of presign.
pub(crate) fn check_form(fields: &BTreeMap<String, String>, clock: Clock, left_out: &[&str]) -> Result<(), String> {
    let fields: BTreeMap<_, _> =
        fields.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.as_str())).collect();
    let field = |name: &str| fields.get(name).copied().ok_or_else(|| format!("it has no field {name}"));
    let date = field("x-amz-date")?;
    let timestamp: Timestamp = date.parse().map_err(|error| format!("x-amz-date {date}: {error}"))?;
    check_clock(timestamp, clock)?;

    let expected = expected_fields(date);
    for (name, value) in expected.iter().filter(|(name, _)| !left_out.contains(name)) {
        if field(name)? != value {
            return Err(format!("the field {name} is {} instead of {value}", field(name)?));
        }
    }
    let policy = field("policy")?;
    check_policy(policy, &expected, timestamp)?;
    let signature = signature(policy, timestamp);
    if field("x-amz-signature")? != signature {
        return Err(format!("the signature is {} instead of {signature}", field("x-amz-signature")?));
    }
    Ok(())
}

/// Returns the fields that have a condition.
fn expected_fields(date: &str) -> BTreeMap<&'static str, String> {
    let credential = format!("{ACCESS_KEY_ID}/{}/{REGION}/s3/aws4_request", &date[..8]);
    BTreeMap::from([
        ("key", KEY.to_owned()),
        ("content-type", CONTENT_TYPE.to_owned()),
        ("x-amz-algorithm", "AWS4-HMAC-SHA256".to_owned()),
        ("x-amz-credential", credential),
        ("x-amz-date", date.to_owned()),
    ])
}

/// Checks that the policy has the conditions that were asked for, and no others.
fn check_policy(policy: &str, fields: &BTreeMap<&str, String>, timestamp: Timestamp) -> Result<(), String> {
    let policy = STANDARD.decode(policy).map_err(|error| format!("the policy is not base64: {error}"))?;
    let policy: Value = serde_json::from_slice(&policy).map_err(|error| format!("the policy is not JSON: {error}"))?;

    let eq = |(name, value): (&str, &str)| format!("{name} = {value}");
    let mut expected: BTreeSet<_> = fields.iter().map(|(name, value)| eq((name, value))).collect();
    expected.insert(eq(("bucket", BUCKET)));
    expected.insert(format!("content-length-range {MIN_LENGTH} {MAX_LENGTH}"));
    let conditions = policy["conditions"].as_array().ok_or("the policy has no conditions")?;
    let conditions: BTreeSet<_> = conditions.iter().map(condition).collect();
    if conditions != expected {
        return Err(format!("the conditions are {conditions:?} instead of {expected:?}"));
    }

    let expiration = policy["expiration"].as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    let expiration = expiration.ok_or_else(|| format!("the expiration is {}", policy["expiration"]))?;
    let expected = timestamp.unix_seconds() + FORM_LIFE.as_secs().cast_signed();
    // Some read the clock twice.
    if expiration.as_second().abs_diff(expected) > 1 {
        return Err(format!("the policy ends at {expiration}, {FORM_LIFE:?} after {timestamp} was asked for"));
    }
    Ok(())
}

/// Returns the same string for both notations of a condition.
fn condition(condition: &Value) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let eq = |name: &str, value| format!("{} = {}", name.trim_start_matches('$').to_ascii_lowercase(), text(value));
    match condition {
        Value::Object(members) => members.iter().map(|(name, value)| eq(name, value)).collect::<Vec<_>>().join(", "),
        Value::Array(parts) => match parts.as_slice() {
            [operator, name, value] if operator == "eq" => eq(&text(name), value),
            parts => parts.iter().map(text).collect::<Vec<_>>().join(" "),
        },
        condition => condition.to_string(),
    }
}

/// Returns the HMAC of the encoded policy.
fn signature(policy: &str, timestamp: Timestamp) -> String {
    let (credentials, region, service) = (credentials(), Region::new(REGION).expect("a region"), Service::s3());
    let context = SigningContext::new(&credentials, &region, &service, timestamp);
    let key = SigningKey::derive(&credentials, &context.scope());
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any length").chain_update(policy);
    hex::encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::now;

    const DATE: &str = "20240315T081530Z";

    /// Returns a signed form with the policy of a test.
    fn form(policy: &str) -> BTreeMap<String, String> {
        let policy = STANDARD.encode(policy);
        let signature = signature(&policy, now());
        let mut form: BTreeMap<_, _> =
            expected_fields(DATE).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        form.extend([("Policy".to_owned(), policy), ("X-Amz-Signature".to_owned(), signature)]);
        form
    }

    const POLICY: &str = r#"{"expiration": "2024-03-15T09:15:30.000Z", "conditions": [{"bucket": "examplebucket"},
        ["eq", "$key", "photos/2024/summer trip.jpeg"], {"Content-Type": "image/jpeg"},
        ["content-length-range", 1, 5000000], {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
        {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20240315/us-east-1/s3/aws4_request"},
        {"x-amz-date": "20240315T081530Z"}]}"#;

    #[test]
    fn both_ways_to_write_a_condition() {
        assert_eq!(check_form(&form(POLICY), Clock::Given, &[]), Ok(()));
        assert_eq!(check_form(&form(&POLICY.replace("30.000Z", "31Z")), Clock::Given, &[]), Ok(()));
    }

    #[test]
    fn a_changed_policy_is_found() {
        for (from, to) in [
            ("09:15:30", "10:15:30"),
            ("examplebucket", "other"),
            ("5000000", "5000001"),
            ("\"eq\"", "\"starts-with\""),
            ("{\"Content-Type\": \"image/jpeg\"},", ""),
            ("{\"bucket\"", "{\"acl\": \"private\"}, {\"bucket\""),
        ] {
            let changed = POLICY.replacen(from, to, 1);
            assert_ne!(changed, POLICY, "{from} is in the policy");
            assert!(check_form(&form(&changed), Clock::Given, &[]).is_err(), "{changed}");
        }
    }

    #[test]
    fn a_changed_field_is_found() {
        for name in form(POLICY).keys() {
            let mut changed = form(POLICY);
            changed.insert(name.clone(), "other".to_owned());
            assert!(check_form(&changed, Clock::Given, &[]).is_err(), "{name}");
            changed.remove(name);
            assert!(check_form(&changed, Clock::Given, &[]).is_err(), "{name}");
        }
        let mut without = form(POLICY);
        without.remove("key");
        assert_eq!(check_form(&without, Clock::Given, &["key"]), Ok(()));
    }
}
