//! Every public vector after a change: only forms that mean the same verify.
//!
//! What means the same is computed here, without the crate: rule 19 for the query, and for the path of S3 that it is decoded
//! once. Bytes are sampled: of each target, every fifteenth one is changed, from another start for each vector, each in three ways.

use percent_encoding::percent_decode_str;
use presign::Region;
use presign::sigv4::Service;
use presign::verify::{ReceivedPayload, ServedHost, Verifier, VerifyError, VerifyPolicy};

use super::arrived::Arrived;
use super::vectors::{FILES, cases, verifier};
use crate::naive::normalize;
use crate::support::Case;

struct Vector {
    case: Case,
    arrived: Arrived,
    verifier: Verifier,
}

impl Vector {
    fn all() -> Vec<Self> {
        let cases = FILES.iter().flat_map(|(file, _)| cases(file));
        cases.map(|case| Self { arrived: Arrived::of(&case), verifier: verifier(&case), case }).collect()
    }

    fn accepts(&self, request: &Arrived) -> bool {
        self.verify(request).is_ok()
    }

    fn verify(&self, request: &Arrived) -> Result<(), VerifyError> {
        let credentials = self.case.credentials().expect("credentials");
        let find = |id: &str| (id == credentials.access_key_id()).then(|| credentials.clone());
        self.verifier.verify_at(&request.request(), find, self.case.now().expect("a time")).map(|_| ())
    }

    /// The names of the signed headers.
    fn is_signed(&self, header: &str) -> bool {
        let names = self.case.expected("signed_headers").expect("signed headers");
        names.split(';').any(|name| name.eq_ignore_ascii_case(header))
    }

    /// The path and the parameters of a target, if it can be decoded.
    fn meaning(&self, target: &str) -> Option<Meaning> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        if !path.starts_with('/') {
            return None;
        }
        let normalized = if self.case.is_true("normalize_path") { normalize(path) } else { path.to_owned() };
        let path = match self.case.input("path_encoding") {
            "single" => decode(&normalized)?,
            _ => decode(path).map(|_| normalized.into_bytes())?,
        };
        let mut parameters = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parameters.push([decode(name)?, decode(value)?]);
        }
        parameters.sort();
        Some((path, parameters))
    }
}

/// A decoded path, and decoded parameters in order.
type Meaning = (Vec<u8>, Vec<[Vec<u8>; 2]>);

fn decode(text: &str) -> Option<Vec<u8>> {
    let is_escape = |piece: &str| piece.len() >= 2 && piece.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    text.split('%').skip(1).all(is_escape).then(|| percent_decode_str(text).collect())
}

type Headers = Vec<(String, String)>;

/// Calls a function with changed targets.
fn change_bytes(number: usize, target: &str, mut check: impl FnMut(String)) {
    for (position, character) in target.char_indices().skip(number % 15).step_by(15) {
        // The next byte, the other case, and a character that means something somewhere.
        let mark = ['&', '=', '%', '+', '/', '?', ';', '.', ' ', '#', '\0', 'é'][(number + position) % 12];
        let changed = match character {
            '\0'..='\x7f' => [char::from(character as u8 ^ 1), char::from(character as u8 ^ 0x20), mark],
            _ => ['x', mark, 'é'],
        };
        for changed in changed.into_iter().filter(|changed| *changed != character) {
            let mut target = target.to_owned();
            target.replace_range(position..position + character.len_utf8(), changed.encode_utf8(&mut [0; 4]));
            check(target);
        }
    }
}

#[test]
fn a_changed_byte_of_the_target_is_refused_unless_it_means_the_same() {
    let (mut changes, mut same) = (0, 0);
    for (number, vector) in Vector::all().iter().enumerate() {
        let meaning = vector.meaning(&vector.arrived.target).expect("a meaning");
        change_bytes(number, &vector.arrived.target, |target| {
            let expected = vector.meaning(&target).is_some_and(|changed| changed == meaning);
            let changed = Arrived { target, ..vector.arrived.clone() };
            let found = vector.verify(&changed);
            assert_eq!(
                found.is_ok(),
                expected,
                "{}: {found:?}\n{}\n{}",
                vector.case.name(),
                vector.arrived.target,
                changed.target
            );
            changes += 1;
            same += usize::from(expected);
        });
    }
    assert!(changes > 25_000 && same > 100, "{changes} changes, {same} of the same meaning");
}

/// With `path_as_sent`, only the query may be written in another way.
#[test]
fn a_changed_byte_of_the_path_is_refused_if_paths_are_taken_as_they_were_sent() {
    let mut changes = 0;
    for (number, vector) in Vector::all().iter().enumerate().filter(|(_, vector)| vector.case.input("service") == "s3")
    {
        let region = Region::new(vector.case.input("region")).expect("a region");
        let policy = VerifyPolicy::new(region, Service::s3(), ServedHost::any()).path_as_sent();
        let vector =
            Vector { verifier: Verifier::new(policy), case: vector.case.clone(), arrived: vector.arrived.clone() };
        assert!(vector.accepts(&vector.arrived), "{}", vector.case.name());
        let (path, query) = vector.arrived.target.split_once('?').unwrap_or((&vector.arrived.target, ""));
        let end = if query.is_empty() { String::new() } else { format!("?{query}") };
        change_bytes(number, path, |path| {
            let changed = Arrived { target: format!("{path}{end}"), ..vector.arrived.clone() };
            assert!(!vector.accepts(&changed), "{}: {}", vector.case.name(), changed.target);
            changes += 1;
        });
        let encoded = Arrived { target: vector.arrived.target.replacen("%2F", "%2f", 1), ..vector.arrived.clone() };
        assert!(vector.accepts(&encoded), "{}: {}", vector.case.name(), encoded.target);
    }
    assert!(changes > 500, "{changes}");
}

#[test]
fn a_changed_header_is_refused_if_it_is_signed() {
    let mut changes = 0;
    for vector in Vector::all() {
        for number in 0..vector.arrived.headers.len() {
            let name = vector.arrived.headers[number].0.to_lowercase();
            let is_authorization = name == "authorization";
            // A host that is not the authority is refused, too.
            let is_covered = vector.is_signed(&name) || is_authorization || name == "x-amz-security-token";
            let is_appended = name == "x-amz-security-token" && !vector.is_signed(&name);
            let mut variants: Vec<(&str, Arrived)> = Vec::new();
            let mut change = |what, change: &dyn Fn(&mut Headers)| {
                let mut changed = vector.arrived.clone();
                change(&mut changed.headers);
                variants.push((what, changed));
            };
            change("longer", &|headers| headers[number].1.push('x'));
            change("longer at the start", &|headers| headers[number].1.insert(0, 'x'));
            change("other", &|headers| headers[number].1 = "other".into());
            change("twice", &|headers| headers.insert(number, headers[number].clone()));
            if name != "host" {
                change("dropped", &|headers| drop(headers.remove(number)));
            }
            change("other name", &|headers| headers[number].0.push('x'));
            for (what, changed) in variants {
                // A host in no header is that of the authority.
                let is_left_out = name == "host" && what == "other name";
                let expected = !is_covered || is_left_out;
                let found = vector.verify(&changed);
                assert_eq!(found.is_ok(), expected, "{} {name} {what} {is_appended}: {found:?}", vector.case.name());
                changes += 1;
            }
            let value = vector.arrived.headers[number].1.clone();
            for (position, character) in
                value.char_indices().filter(|(_, character)| character.is_ascii_graphic()).step_by(3)
            {
                let mut changed = vector.arrived.clone();
                let other = if character == 'x' { "y" } else { "x" };
                changed.headers[number].1.replace_range(position..=position, other);
                assert_eq!(vector.accepts(&changed), !is_covered, "{} {name} {position}", vector.case.name());
                changes += 1;
            }
        }
    }
    assert!(changes > 5_000, "{changes}");
}

#[test]
fn an_added_header_is_refused_if_stores_act_on_it() {
    for vector in Vector::all() {
        for name in ["x-amz-acl", "X-Amz-Copy-Source", "x-amz-unknown"] {
            if vector.is_signed(name) {
                continue;
            }
            let mut changed = vector.arrived.clone();
            changed.add(name, "x");
            let found = vector.verify(&changed);
            assert!(
                matches!(found, Err(VerifyError::HeadersNotSigned { .. })),
                "{} {name}: {found:?}",
                vector.case.name()
            );
        }
        let mut changed = vector.arrived.clone();
        for name in ["x-forwarded-host", "accept", "x-custom-header"] {
            changed.add(name, "x");
        }
        assert!(vector.accepts(&changed), "{}", vector.case.name());
    }
}

#[test]
fn another_method_host_or_body_is_refused() {
    for vector in Vector::all() {
        for method in ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "get", "X"] {
            if method != vector.arrived.method {
                let changed = Arrived { method: method.into(), ..vector.arrived.clone() };
                assert_eq!(vector.verify(&changed), Err(VerifyError::SignatureDoesNotMatch), "{}", vector.case.name());
            }
        }
        let mut changed = Arrived { authority: "other.example.com".into(), ..vector.arrived.clone() };
        changed.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("host"));
        assert_eq!(vector.verify(&changed), Err(VerifyError::SignatureDoesNotMatch), "{}", vector.case.name());
        if vector.case.input("payload_hash") != "UNSIGNED-PAYLOAD" {
            let changed = Arrived { payload: ReceivedPayload::Sha256([1; 32]), ..vector.arrived.clone() };
            let found = vector.verify(&changed);
            assert!(
                matches!(found, Err(VerifyError::SignatureDoesNotMatch | VerifyError::PayloadMismatch)),
                "{} {found:?}",
                vector.case.name()
            );
        }
    }
}

#[test]
fn parameters_may_come_in_any_order_and_in_no_other_number_or_case() {
    let mut changes = 0;
    for vector in Vector::all() {
        let Some((path, query)) = vector.arrived.target.split_once('?') else { continue };
        let pairs: Vec<&str> = query.split('&').collect();
        let with = |pairs: &[&str]| Arrived { target: format!("{path}?{}", pairs.join("&")), ..vector.arrived.clone() };
        let name = vector.case.name();
        let mut reversed = pairs.clone();
        reversed.reverse();
        assert!(vector.accepts(&with(&reversed)), "{name}");
        let is_appended =
            |pair: &str| pair.starts_with("X-Amz-Security-Token=") && !vector.case.is_true("session_token_signed");
        for number in 0..pairs.len() {
            let mut rotated = pairs.clone();
            rotated.rotate_left(number);
            assert!(vector.accepts(&with(&rotated)), "{name}");
            let mut twice = pairs.clone();
            twice.push(pairs[number]);
            assert!(!vector.accepts(&with(&twice)), "{name}: {} twice", pairs[number]);
            let mut fewer = pairs.clone();
            fewer.remove(number);
            assert!(!vector.accepts(&with(&fewer)), "{name}: without {}", pairs[number]);
            let (key, value) = pairs[number].split_once('=').unwrap_or((pairs[number], ""));
            let swapped: String = key
                .chars()
                .map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
                .collect();
            let swapped = format!("{swapped}={value}");
            // Digits of an escape have two cases.
            if decode(&swapped) != decode(&format!("{key}={value}")) {
                let mut other = pairs.clone();
                other[number] = &swapped;
                assert!(!vector.accepts(&with(&other)), "{name}: {swapped}");
            }
            let mut empty = pairs.clone();
            empty[number] = key;
            let is_empty = value.is_empty();
            assert!(
                vector.accepts(&with(&empty)) == is_empty || is_appended(pairs[number]),
                "{name}: {key} without its value"
            );
            changes += 1;
        }
        assert!(!vector.accepts(&with(&[&pairs[..], &["x-id=GetObject"]].concat())), "{name}");
    }
    assert!(changes > 2_000, "{changes}");
}
