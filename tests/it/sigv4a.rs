//! SigV4A: the vectors of AWS and of its Common Runtime, and signatures that another implementation verifies.

use presign::Credentials;
use presign::sigv4::AsymmetricSigningKey;

use crate::support::{Case, hex_decode};

#[test]
fn keys() {
    let cases: Vec<_> =
        Case::load("signing-key.jsonl").into_iter().filter(|case| case.kind() == "signing-key-v4a").collect();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let credentials = Credentials::new(case.input("access_key"), case.input("secret_key")).expect("valid");
        let key = AsymmetricSigningKey::derive(&credentials);
        let mut expected = [0; 32];
        hex_decode(case.expected("private_key").expect("a key"), &mut expected);
        assert_eq!(key.as_bytes(), expected, "{}", case.name());
        for (coordinate, name) in key.public_key().iter().zip(["x", "y"]) {
            hex_decode(case.expected_json("public_key")[name].as_str().expect("digits"), &mut expected);
            assert_eq!(*coordinate, expected, "{}", case.name());
        }
    }
}
