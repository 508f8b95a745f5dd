//! What is tried, what S3 does with it, and what a store did.

use crate::known::{Does, Table};
use crate::store::{Answer, Store};

/// What S3 does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum S3 {
    Accepts,
    /// Of a form: because of what its policy says.
    RefusesByPolicy,
    Refuses,
}

/// Something to try.
pub(crate) struct Case<T> {
    pub(crate) what: &'static str,
    pub(crate) s3: S3,
    pub(crate) make: fn(&Store) -> T,
}

/// What became of it.
pub(crate) struct Outcome {
    what: String,
    s3: S3,
    result: Result,
    summary: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Result {
    Accepted,
    Refused,
    /// An error of the store itself.
    Failed,
}

impl Outcome {
    pub(crate) fn new(what: impl Into<String>, s3: S3, answer: &Answer) -> Self {
        let result = match answer.status() {
            200..300 => Result::Accepted,
            400..500 => Result::Refused,
            500.. => Result::Failed,
            _ => panic!("{answer:?}"),
        };
        Self { what: what.into(), s3, result, summary: answer.summary() }
    }

    pub(crate) fn is_accepted(&self) -> bool {
        self.result == Result::Accepted
    }

    /// Whether the store did this.
    fn is(&self, does: Does) -> bool {
        let (result, start) = match (does, self.s3 == S3::Accepts) {
            (Does::Same(start), false) | (Does::Stricter(start), true) => (Result::Refused, start),
            (Does::Laxer(start), false) => (Result::Accepted, start),
            (Does::Fails(start), _) => (Result::Failed, start),
            _ => return false,
        };
        self.result == result && self.summary.starts_with(start)
    }
}

/// Compares with what is known of the store. Of one that is not known, all that counts is that it does as S3 does.
pub(crate) fn check(store: &Store, table: Option<Table>, outcomes: &[Outcome]) {
    let mut complaints = Vec::new();
    for outcome in outcomes {
        let Outcome { what, s3, summary, .. } = outcome;
        println!("{} | {what} | S3: {s3:?} | {summary}", store.name);
        let known = table.unwrap_or_default().iter().find(|(case, _)| case == what);
        let is_right = match known {
            Some((_, does)) => outcome.is(*does),
            None if *s3 == S3::Accepts => outcome.is_accepted(),
            None => table.is_none() && outcome.result == Result::Refused,
        };
        if !is_right {
            complaints.push(format!("{what}: {summary:?}, but S3 {s3:?}, and known is {known:?}"));
        }
    }
    let is_tried = |case: &str| outcomes.iter().any(|outcome| outcome.what == case);
    let stale = table.unwrap_or_default().iter().filter(|(case, _)| !is_tried(case));
    complaints.extend(stale.map(|(case, _)| format!("{case}: known, but not tried")));
    assert!(complaints.is_empty(), "{}:\n{}", store.name, complaints.join("\n"));
}
