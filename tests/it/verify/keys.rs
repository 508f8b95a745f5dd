//! Keys: unknown ids take the same way as known ones, and what the verifier keeps of them.

use std::cell::Cell;

use presign::Credentials;
use presign::verify::{Verifier, VerifyError};

use super::server::{ID, Requests, SECRET, Server};

/// The right signature by the stand-in of unknown ids: what the lookup found decides, and not the signature.
#[test]
fn nobody_has_the_credentials_of_unknown_ids() {
    let requests = Requests::load();
    for name in ["q/id of nobody", "h/id of nobody", "q/id unknown", "h/id unknown", "q"] {
        let request = requests.get(name);
        let server = Server::for_host(&request.authority);
        let asked = Cell::new(0);
        let find = |_: &str| {
            asked.set(asked.get() + 1);
            None
        };
        let verified = Verifier::new(server.policy).verify_at(&request.request(), find, server.now).map(|_| ());
        assert_eq!((verified, asked.get()), (Err(VerifyError::UnknownAccessKey), 1), "{name}");
    }
}

/// A request whose form is wrong asks for no credentials; one whose time is wrong does, because the signature comes first.
#[test]
fn the_lookup_is_asked_once_and_only_for_possible_requests() {
    let requests = Requests::load();
    for (name, expected) in [
        ("q", 1),
        ("h", 1),
        ("q/expires 0", 0),
        ("q/list without host", 0),
        ("h/hash missing", 0),
        ("q/scope us-east-1", 0),
    ] {
        let request = requests.get(name);
        let server = Server::for_host(&request.authority);
        let asked = Cell::new(0);
        let find = |id: &str| {
            asked.set(asked.get() + 1);
            server.find(id)
        };
        let _ = Verifier::new(server.policy.clone()).verify_at(&request.request(), find, server.now);
        assert_eq!(asked.get(), expected, "{name}");
    }
}

#[test]
fn a_replaced_secret_is_used_at_once() {
    let requests = Requests::load();
    let (old, new) = (requests.get("q"), requests.get("q/other secret"));
    let secrets = [SECRET, "another secret, which replaces the first"]
        .map(|secret| Credentials::new(ID, secret).expect("credentials"));
    let server = Server::for_host(&old.authority);
    let verifier = Verifier::new(server.policy.clone());
    let verify = |request: &super::arrived::Arrived, secret: Option<&Credentials>| {
        verifier.verify_at(&request.request(), |_| secret.cloned(), server.now).map(|_| ())
    };
    for _ in 0..3 {
        assert_eq!(verify(&old, Some(&secrets[0])), Ok(()));
        assert_eq!(verify(&new, Some(&secrets[0])), Err(VerifyError::SignatureDoesNotMatch));
        assert_eq!(verify(&new, Some(&secrets[1])), Ok(()));
        assert_eq!(verify(&old, Some(&secrets[1])), Err(VerifyError::SignatureDoesNotMatch));
        // A deleted key is not a kept one.
        assert_eq!(verify(&new, None), Err(VerifyError::UnknownAccessKey));
        assert_eq!(verify(&old, None), Err(VerifyError::UnknownAccessKey));
    }
}

/// More ids than are kept, each of which is right afterwards.
#[test]
fn many_ids_take_the_places_of_others() {
    let requests = Requests::load();
    let request = requests.get("q");
    let server = Server::for_host(&request.authority);
    let verifier = Verifier::new(server.policy.clone());
    for number in 0..600 {
        let mut unknown = request.clone();
        unknown.replace(ID, &format!("ID{number}"));
        let verified = verifier.verify_at(&unknown.request(), |id| server.find(id), server.now).map(|_| ());
        assert_eq!(verified, Err(VerifyError::UnknownAccessKey));
    }
    assert!(verifier.verify_at(&request.request(), |id| server.find(id), server.now).is_ok());
}

#[cfg(feature = "std")]
#[test]
fn threads_share_a_verifier() {
    let requests = Requests::load();
    let request = requests.get("q");
    let server = Server::for_host(&request.authority);
    let verifier = Verifier::new(server.policy.clone());
    std::thread::scope(|scope| {
        for number in 0..4 {
            let (verifier, server, request) = (&verifier, &server, &request);
            scope.spawn(move || {
                for round in 0..50 {
                    let secret = if (number + round) % 2 == 0 { SECRET } else { "another" };
                    let key = Credentials::new(ID, secret).expect("credentials");
                    let verified = verifier.verify_at(&request.request(), |_| Some(key), server.now);
                    assert_eq!(verified.is_ok(), secret == SECRET);
                }
            });
        }
    });
}
