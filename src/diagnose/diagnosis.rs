//! What is said about a refusal.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use alloc::{format, vec};
use core::fmt;

use crate::diagnose::cause::Cause;
use crate::diagnose::compare::{Finding, origin_of_parameter};
use crate::diagnose::difference::{Difference, Line};

/// Why a request was refused, as far as the evidence goes.
///
/// `Display` writes all of it in lines of their own, without secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    pub(super) causes: Vec<Cause>,
    pub(super) difference: Option<Difference>,
}

impl Diagnosis {
    pub(super) fn of(cause: Cause) -> Self {
        Self { causes: vec![cause], difference: None }
    }

    /// One cause for each kind of finding, in the order of the findings.
    pub(super) fn of_findings(found: &[Finding]) -> Option<Self> {
        let first = found.first()?;
        let mut causes = Vec::new();
        for finding in found {
            if !causes.contains(&finding.cause) {
                causes.push(finding.cause);
            }
        }
        Some(Self { causes, difference: Some(first.difference.clone()) })
    }

    /// Returns the cause, if the evidence leaves only one.
    #[must_use]
    pub fn cause(&self) -> Option<Cause> {
        match self.causes.as_slice() {
            [cause] => Some(*cause),
            _ => None,
        }
    }

    /// Returns all causes that the evidence leaves, the most likely first.
    #[must_use]
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// Returns the first line that differs, if the response shows one.
    #[must_use]
    pub const fn difference(&self) -> Option<&Difference> {
        self.difference.as_ref()
    }

    /// Returns what to do, in a sentence: that of the first cause, or a more exact one.
    #[must_use]
    pub fn advice(&self) -> Cow<'static, str> {
        let Some(first) = self.causes.first() else { return Cow::Borrowed("") };
        let advice = first.advice();
        match self.difference.as_ref().map(|difference| (difference.line(), difference)) {
            Some((Line::Method, difference)) if difference.received() == Some("OPTIONS") => {
                "Allow the origin, the method and the headers in the CORS rules of the bucket: a browser asks with `OPTIONS` first."
                    .into()
            }
            Some((Line::Parameter(name), difference)) if difference.signed().is_none() => {
                match origin_of_parameter(name) {
                    Some(origin) => format!("{} ({origin}).", advice.trim_end_matches('.')).into(),
                    None => advice.into(),
                }
            }
            Some((Line::Header(name), _)) if *first == Cause::HeaderNotSigned => {
                format!("{} (here: `{name}`).", advice.trim_end_matches('.')).into()
            }
            _ => advice.into(),
        }
    }

    /// Returns the next experiment, if the evidence leaves more than one cause.
    #[must_use]
    pub fn experiment(&self) -> Option<&'static str> {
        match self.causes.as_slice() {
            [first, _, ..] => Some(first.experiment()),
            _ => None,
        }
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.causes.as_slice() {
            [] => return f.write_str("cause: unknown"),
            [cause] => write!(f, "cause: {cause}")?,
            causes => {
                f.write_str("possible causes, in this order:")?;
                for cause in causes {
                    write!(f, "\n- {cause}")?;
                }
            }
        }
        if let Some(difference) = &self.difference {
            write!(f, "\ndifference: {difference}")?;
        }
        match self.experiment() {
            Some(experiment) => write!(f, "\nnext experiment: {experiment}"),
            None => write!(f, "\nwhat to do: {}", self.advice()),
        }
    }
}
