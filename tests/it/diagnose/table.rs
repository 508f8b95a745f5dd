//! The causes and the table of the documentation.

use std::collections::BTreeSet;

use presign::diagnose::Cause;

use super::{bodies, differences};

/// The sentences are for a table of the documentation, a terminal and a log.
#[test]
fn every_cause_is_described() {
    let mut sentences = BTreeSet::new();
    for cause in Cause::ALL {
        for sentence in [cause.evidence(), cause.advice(), cause.experiment()] {
            assert!(sentence.ends_with('.'), "{cause:?}: {sentence}");
            assert!(!sentence.contains(['|', '\n']), "{cause:?}: {sentence}");
            assert!(sentence.matches(". ").count() == 0, "one sentence, {cause:?}: {sentence}");
            assert!(sentences.insert(sentence), "{cause:?} has the sentence of another: {sentence}");
        }
        let description = cause.to_string();
        assert!(description.starts_with(char::is_lowercase) && !description.ends_with('.'), "{description}");
    }
    assert!(Cause::ALL.is_sorted() && Cause::ALL.len() == 27);
}

/// Each cause is the only one of some row, and there is a row beside it that has another.
#[test]
fn every_cause_can_be_found() {
    let of_bodies = bodies::bodies();
    let of_bodies = of_bodies.iter().filter_map(|body| <[Cause; 1]>::try_from(body.causes).ok());
    let of_lines = differences::rows().into_iter().map(|(_, _, cause, ..)| [cause]);
    let found: BTreeSet<Cause> = of_bodies.chain(of_lines).flatten().collect();
    // Of the credentials, of the form of a secret, and of no response at all: tests of their own.
    let elsewhere = [Cause::WrongSecret, Cause::CredentialsExpired, Cause::SecretAltered, Cause::HiddenByBrowser];
    let missing: Vec<_> =
        Cause::ALL.iter().filter(|cause| !found.contains(*cause) && !elsewhere.contains(cause)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// There is no other table of causes that could say something else.
#[test]
fn there_is_one_table() {
    let front_page = include_str!("../../../src/lib.rs");
    let section = front_page.split("//! # `SignatureDoesNotMatch`").nth(1).expect("the section");
    let section = section.split("//! # ").next().expect("its end");
    assert!(section.contains("diagnose") && !section.contains("|---|"), "{section}");
}
