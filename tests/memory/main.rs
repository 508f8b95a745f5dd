//! Nothing that is secret stays in memory when its owner is gone: neither in what was freed, nor in what a thread keeps.
//!
//! Each row signs with secrets that exist nowhere else, drops everything, and looks for the secrets in all memory of the
//! process. What belongs to the caller is left out: the strings that were given, and the results. The allocator counts
//! allocations and never grows anything in place, so each buffer that grows leaves a copy of what was in it.
#![cfg(target_os = "linux")]

mod rows;
mod scan;
#[cfg(feature = "verify")]
mod verified;

use std::any::Any;
use std::fs::File;
use std::hint::black_box;
use std::io::Read as _;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

// Links its allocator.
use allocation_counter as _;
use presign::sigv4::{CredentialScope, Service, SigningKey};
use presign::{Credentials, Region, Timestamp};
use zeroize::{Zeroize as _, Zeroizing};

use crate::rows::ROWS;
use crate::scan::{Scanner, address};

/// A secret in one of its forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Secret {
    AccessKey,
    SigningKey,
    Token,
    /// As in a query.
    EncodedToken,
    /// As in a policy, which is JSON in base64, or in a token, which is a URL in base64.
    Base64OfToken,
    CustomerKey,
}

use Secret::{AccessKey, Base64OfToken, CustomerKey, EncodedToken, SigningKey as DerivedKey, Token};

const SECRETS: [Secret; 6] = [AccessKey, DerivedKey, Token, EncodedToken, Base64OfToken, CustomerKey];

impl Secret {
    /// Its place in [`SECRETS`].
    fn number(self) -> usize {
        SECRETS.iter().position(|other| *other == self).expect("one of them")
    }
}

const NOW: &str = "20240315T081530Z";
const REGION: &str = "eu-west-1";

/// What a caller has, and wipes himself.
struct Given {
    secret_access_key: Zeroizing<String>,
    token: Zeroizing<String>,
    /// 32 bytes in base64.
    customer_key: Zeroizing<String>,
}

/// A session token.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// As that of AWS STS, with some characters that need encoding.
    Usual,
    /// With twice as many of them as others. A thread keeps no buffer for such a request.
    Long,
}

impl Given {
    fn new(shape: Shape) -> Self {
        let token = match shape {
            Shape::Usual => random(240, |at| if at % 6 == 5 { b"/+=" } else { LETTERS }),
            Shape::Long => random(5_000, |at| if at % 3 == 2 { LETTERS } else { b"!#$%()*+,/:;=?@[]^`{|}" }),
        };
        // The last digit has four bits only.
        let customer_key = random(44, |at| {
            if at == 43 {
                b"="
            } else if at == 42 {
                b"AEIMQUYcgkosw048"
            } else {
                LETTERS
            }
        });
        Self { secret_access_key: random(40, |_| LETTERS), token, customer_key }
    }

    fn credentials(&self) -> Credentials {
        let credentials = Credentials::new("ASIAIOSFODNN7EXAMPLE", &*self.secret_access_key);
        credentials.and_then(|credentials| credentials.with_session_token(&*self.token)).expect("valid")
    }

    fn look_for_all(&self, scanner: &mut Scanner) {
        scanner.look_for(self.secret_access_key.as_bytes(), AccessKey.number());
        scanner.look_for(self.token.as_bytes(), Token.number());
        scanner.look_for(self.customer_key.as_bytes(), CustomerKey.number());

        let mut encoded = Zeroizing::new(String::with_capacity(3 * self.token.len()));
        percent_encoding::utf8_percent_encode(&self.token, percent_encoding::NON_ALPHANUMERIC)
            .for_each(|piece| encoded.push_str(piece));
        scanner.look_for(encoded.as_bytes(), EncodedToken.number());

        // The three ways in which the token may meet the groups of three bytes.
        for skipped in 0..3 {
            for token in [&self.token, &encoded] {
                let base64 = base64(&token.as_bytes()[skipped..]);
                scanner.look_for(base64.as_bytes(), Base64OfToken.number());
            }
        }

        let (region, service, now) = (Region::new(REGION).expect("valid"), Service::s3(), now());
        let key = SigningKey::derive(&self.credentials(), &CredentialScope::new(now.amz_date(), &region, &service));
        scanner.look_for(key.as_bytes(), DerivedKey.number());
    }
}

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Characters by place, from the system's random numbers.
fn random(length: usize, alphabet: impl Fn(usize) -> &'static [u8]) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new(vec![0; length]);
    File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes)).expect("Linux has random numbers");
    let mut text = Zeroizing::new(String::with_capacity(length));
    for (at, byte) in bytes.iter().enumerate() {
        let alphabet = alphabet(at);
        text.push(char::from(alphabet[usize::from(*byte) % alphabet.len()]));
    }
    text
}

/// Of whole groups of three bytes. In code of its own, because the features that have the library are not always on.
fn base64(bytes: &[u8]) -> Zeroizing<String> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    for group in bytes.chunks_exact(3) {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        for shift in [18, 12, 6, 0] {
            text.push(char::from(DIGITS[bits >> shift & 63]));
        }
    }
    text
}

fn now() -> Timestamp {
    NOW.parse().expect("a time")
}

/// What a row uses to look at memory, and to hold what is the caller's.
struct Check {
    scanner: Scanner,
    left_out: Vec<Range<usize>>,
    results: Vec<Box<dyn Any>>,
    row: String,
}

impl Check {
    fn new(row: String, given: &Given) -> Self {
        let mut scanner = Scanner::new();
        given.look_for_all(&mut scanner);
        let given = [&given.secret_access_key, &given.token, &given.customer_key];
        let mut left_out = Vec::with_capacity(256);
        left_out.extend(given.map(|text| address(text.as_bytes())));
        scrub_stack(64);
        Self { scanner, left_out, results: Vec::with_capacity(64), row }
    }

    /// Requires secrets to be in memory now, besides what was given: what is not there need not be wiped.
    fn sees(&mut self, secrets: &[Secret]) {
        let found = self.scan();
        for (secret, found) in SECRETS.iter().zip(found) {
            // Without `std`, nothing that is derived is kept.
            let may_be_gone = cfg!(not(feature = "std")) && matches!(secret, DerivedKey | EncodedToken);
            assert!(!secrets.contains(secret) || may_be_gone || found > 0, "{}: {secret:?} is not used", self.row);
        }
    }

    /// Keeps a result, and leaves its texts out from now on.
    fn keep<T: 'static>(&mut self, result: T, texts: impl Fn(&T) -> Vec<&str>) {
        self.left_out.extend(texts(&result).into_iter().map(|text| address(text.as_bytes())));
        self.results.push(Box::new(result));
    }

    fn scan(&mut self) -> [usize; SECRETS.len()] {
        self.scanner.scan(&self.left_out)
    }
}

/// Writes over the part of the stack that is not in use: safe code cannot wipe what moving a value leaves there.
#[inline(never)]
fn scrub_stack(frames: u32) {
    let mut frame = black_box([0_u8; 4 * 1_024]);
    if frames > 0 {
        scrub_stack(frames - 1);
    }
    black_box(&mut frame);
}

/// One test looks at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn the_scan_sees_what_is_alive_and_what_was_dropped_but_not_what_was_wiped() {
    let _alone = alone();
    for shape in [Shape::Usual, Shape::Long] {
        let given = Given::new(shape);
        let mut check = Check::new(format!("{shape:?}"), &given);
        assert_eq!(check.scan(), [0; SECRETS.len()]);
        let count = |check: &mut Check| check.scan()[Token.number()];

        let all = given.token.len() / 8 - 2;
        let mut text = String::from(&*given.token);
        assert_eq!(count(&mut check), all);
        // A buffer that grows leaves a copy behind.
        text.push_str("and more");
        assert!(count(&mut check) > all);
        text.zeroize();
        assert!((1..=all).contains(&count(&mut check)));
        let on_stack: [u8; 40] = given.secret_access_key.as_bytes().try_into().expect("40 bytes");
        assert!(check.scan()[AccessKey.number()] > 0);
        black_box(on_stack);
        // What is freed loses its first bytes to the allocator.
        drop(String::from(&*given.token));
        assert!(count(&mut check) > 1);
    }
}

#[test]
fn nothing_is_left() {
    let _alone = alone();
    let mut wrong = Vec::new();
    for row in ROWS {
        for shape in [Shape::Usual, Shape::Long] {
            let given = Given::new(shape);
            let name = format!("{}, {shape:?}", row.name);
            let mut check = Check::new(name.clone(), &given);
            (row.run)(&given, &mut check).expect(row.name);
            scrub_stack(64);
            let found = check.scan();
            for (secret, found) in SECRETS.iter().zip(found) {
                if found != 0 {
                    wrong.push(format!("{name}: {secret:?} is found {found} times"));
                }
            }
            // The same scan sees what is dropped without being wiped.
            drop([&given.secret_access_key, &given.token, &given.customer_key].map(|secret| String::from(&**secret)));
            for (secret, found) in SECRETS.iter().zip(check.scan()) {
                let is_dropped = matches!(secret, AccessKey | Token | CustomerKey);
                assert!(!is_dropped || found > 0, "{name}: {secret:?} is not seen");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
