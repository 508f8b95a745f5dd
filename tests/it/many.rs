//! Many parameters and headers, in no order: what is signed is the same, and time grows with their number only.

use std::borrow::Cow;
use std::time::Duration;

use presign::s3::{GetObject, Operation, S3Request};
use presign::sigv4::{Request, Service, Signer};
use presign::{Credentials, Error, Method, Presigner, Region, Timestamp};

use crate::naive;

const LIFE: Duration = Duration::from_secs(900);

fn now() -> Timestamp {
    Timestamp::from_unix_seconds(1_710_490_530).expect("in range")
}

fn credentials() -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid")
}

fn presigner() -> Presigner {
    Presigner::builder().credentials(credentials()).region("eu-west-1").bucket("examplebucket").build().expect("valid")
}

/// `count` names and values, neither ascending nor descending. Each name comes about four times, with a value that differs.
fn pairs(prefix: &str, count: usize) -> Vec<(String, String)> {
    (0..count)
        .map(|index| {
            let number = index * 7_919 % 10_007;
            (format!("{prefix}{}", number % count.div_ceil(4)), format!("{} {number}", index % 3))
        })
        .collect()
}

fn expected(service: &str, host: &str, path: &str, query: &[(String, String)], headers: &[(String, String)]) -> String {
    naive::Input {
        method: "GET",
        scheme: "https".into(),
        host: host.into(),
        path: path.into(),
        query: query.to_vec(),
        headers: headers.to_vec(),
        payload: None,
        path_rules: naive::PathRules::of(service),
        access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
        secret: "secret".into(),
        token: None,
        unix_seconds: now().unix_seconds(),
        expires: LIFE.as_secs(),
        region: "eu-west-1".into(),
        service: service.into(),
    }
    .presign()
}

/// The values of each name, joined by commas in the order in which they came.
fn joined(headers: &[(String, String)]) -> Vec<(String, String)> {
    let mut joined = std::collections::BTreeMap::<String, String>::new();
    for (name, value) in headers {
        joined
            .entry(name.clone())
            .and_modify(|values| *values += &format!(",{value}"))
            .or_insert_with(|| value.clone());
    }
    joined.into_iter().collect()
}

/// Around the numbers at which a list is treated in another way.
const COUNTS: [usize; 9] = [0, 1, 2, 15, 16, 17, 18, 40, 300];

#[test]
fn any_number_of_parameters_and_headers_is_signed_in_canonical_order() -> Result<(), Error> {
    let (presigner, host) = (presigner(), "examplebucket.s3.eu-west-1.amazonaws.com");
    let signer = Signer::new(credentials(), Region::new("eu-west-1")?, Service::new("execute-api")?);
    for count in COUNTS {
        for (query, headers) in [
            (pairs("p", count), pairs("x-n-", 0)),
            (pairs("p", 1), pairs("x-n-", count)),
            (pairs("p", count), pairs("x-n-", count)),
        ] {
            let get = query.iter().fold(GetObject::new("a b"), |get, (name, value)| get.query(name, value));
            let get = headers.iter().fold(get, |get, (name, value)| get.header(name, value));
            let signed = presigner.presign_at(&get, LIFE, now())?;
            assert_eq!(signed.url(), expected("s3", host, "/a%20b", &query, &headers), "{count}");
            let listed: Vec<_> = signed.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            assert_eq!(listed, joined(&headers), "{count}");
            assert_eq!(get.request().to_headers(), listed, "{count}");

            let request = Request::new(Method::Get, "https://api.example.com")?.path("/a%20b");
            let request = query.iter().fold(request, |request, (name, value)| request.query(name, value));
            let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
            let signed = signer.presign_at(&request, LIFE, now())?;
            assert_eq!(signed.url(), expected("execute-api", "api.example.com", "/a%20b", &query, &headers), "{count}");
        }
    }
    Ok(())
}

/// An operation of a caller may return its request as it was built.
#[test]
fn an_operation_of_another_crate_may_return_a_long_list_as_it_was_built() -> Result<(), Error> {
    struct Own<'a>(S3Request<'a>);
    impl Operation for Own<'_> {
        fn request(&self) -> Cow<'_, S3Request<'_>> {
            Cow::Borrowed(&self.0)
        }
    }
    let (query, headers) = (pairs("p", 40), pairs("x-n-", 40));
    let request = query.iter().fold(S3Request::new(Method::Get).key("a"), |get, (name, value)| get.query(name, value));
    let request = headers.iter().fold(request, |get, (name, value)| get.header(name, value));
    let url = expected("s3", "examplebucket.s3.eu-west-1.amazonaws.com", "/a", &query, &headers);
    let presigner = presigner();
    assert_eq!(request.to_headers(), joined(&headers));
    let own = Own(request);
    let mut buffer = String::new();
    presigner.presign_into_at(&mut buffer, &own, LIFE, now())?;
    assert_eq!(buffer, url);
    assert_eq!(presigner.presign_at(&own, LIFE, now())?.url(), url);
    assert_eq!(presigner.batch_at(LIFE, now())?.presign(&own)?.url(), url);
    assert_eq!(presigner.presign_at(&own, LIFE, now())?.headers().count(), joined(&headers).len());
    Ok(())
}

/// A list that is sorted while it grows would take seconds here.
#[test]
fn building_is_linear() -> Result<(), Error> {
    let query: Vec<_> = (0..40_000).rev().map(|number| (format!("p{number:05}"), String::new())).collect();
    let get = query.iter().fold(GetObject::new("a"), |get, (name, value)| get.query(name, value));
    let url = presigner().presign_at(get, LIFE, now())?.into_url();
    assert_eq!(url, expected("s3", "examplebucket.s3.eu-west-1.amazonaws.com", "/a", &query, &[]));
    Ok(())
}
