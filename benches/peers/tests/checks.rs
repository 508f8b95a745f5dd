//! Checks that the URLs and forms of the peers are right.

use peers::{Contestant, boto3, forms, urls};

fn assert_right(contestants: &[Contestant]) {
    for contestant in contestants {
        assert_eq!(contestant.verdict(), Ok(()), "{}", contestant.name());
    }
}

#[test]
fn urls_are_right() {
    let urls = urls();
    assert_eq!(urls.len(), 12);
    assert_right(&urls);
}

#[test]
fn forms_are_right() {
    assert_right(&forms());
}

#[test]
fn a_form_of_boto3_is_right() {
    match boto3() {
        Ok(contestant) => assert_right(&[contestant]),
        Err(reason) => eprintln!("skipped: {reason}"),
    }
}

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = urls().iter().chain(&forms()).map(Contestant::name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}
