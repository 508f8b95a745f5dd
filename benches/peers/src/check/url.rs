//! Checks a presigned URL.

use presign::sigv4::{Request, Service, Signer};
use presign::{Method, Region, Timestamp};
use url::Url;

use super::check_clock;
use crate::contestant::Clock;
use crate::task::{KEY, REGION, URL_LIFE, credentials};

/// The host of the bucket with its region, and the older one without a region, which is valid for `us-east-1`.
const HOSTS: [&str; 2] = ["examplebucket.s3.us-east-1.amazonaws.com", "examplebucket.s3.amazonaws.com"];

/// Compares a URL with that of presign for the same host and instant, in any order of the query.
pub(crate) fn check_url(text: &str, clock: Clock, unasked: &[(&str, &str)]) -> Result<(), String> {
    let url = Url::parse(text).map_err(|error| format!("{text}: {error}"))?;
    if url.as_str() != text {
        return Err(format!("a browser changes {text} to {url}"));
    }
    let host = url.host_str().unwrap_or_default();
    if !HOSTS.contains(&host) {
        return Err(format!("it is for the host {host}"));
    }
    let date = url.query_pairs().find(|(name, _)| name == "X-Amz-Date").ok_or("it has no X-Amz-Date")?.1;
    let timestamp: Timestamp = date.parse().map_err(|error| format!("X-Amz-Date={date}: {error}"))?;
    check_clock(timestamp, clock)?;
    let expected = presigned(host, timestamp, unasked);
    if url.scheme() != expected.scheme() || url.path() != expected.path() || query(&url) != query(&expected) {
        return Err(format!("{url}\ninstead of\n{expected}"));
    }
    Ok(())
}

/// Returns the same URL by presign.
fn presigned(host: &str, timestamp: Timestamp, unasked: &[(&str, &str)]) -> Url {
    let request =
        Request::new(Method::Get, &format!("https://{host}")).expect("an endpoint").raw_path(format!("/{KEY}"));
    let request = unasked.iter().fold(request, |request, (name, value)| request.query(*name, *value));
    let signer = Signer::new(credentials(), Region::new(REGION).expect("a region"), Service::s3());
    let presigned = signer.presign_at(&request, URL_LIFE, timestamp).expect("valid");
    presigned.to_url().expect("a URL")
}

fn query(url: &Url) -> Vec<(String, String)> {
    let mut query: Vec<_> = url.query_pairs().into_owned().collect();
    query.sort();
    query
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::now;

    #[test]
    fn a_changed_url_is_found() {
        let right = presigned(HOSTS[0], now(), &[]).to_string();
        assert_eq!(check_url(&right, Clock::Given, &[]), Ok(()));
        assert!(check_url(&right, Clock::Read, &[]).is_err(), "the clock");
        assert!(check_url(&right, Clock::Given, &[("x-id", "GetObject")]).is_err(), "a parameter that is missing");
        let signature = right.rsplit_once('=').unwrap().1;
        for (from, to) in [
            (signature, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
            ("https:", "http:"),
            (HOSTS[0], "s3.us-east-1.amazonaws.com"),
            (HOSTS[0], HOSTS[1]),
            ("trip.jpeg", "trip.png"),
            ("summer%20trip", "summer trip"),
            ("20240315T081530Z", "20240315T081531Z"),
            ("X-Amz-Expires=900", "X-Amz-Expires=901"),
            ("&X-Amz-Signature", "&x-id=GetObject&X-Amz-Signature"),
        ] {
            let changed = right.replacen(from, to, 1);
            assert_ne!(changed, right, "{from} is in the URL");
            assert!(check_url(&changed, Clock::Given, &[]).is_err(), "{changed}");
        }
    }

    #[test]
    fn what_is_unasked_is_signed_too() {
        let unasked = [("x-id", "GetObject")];
        assert_eq!(check_url(presigned(HOSTS[1], now(), &unasked).as_str(), Clock::Given, &unasked), Ok(()));
    }
}
