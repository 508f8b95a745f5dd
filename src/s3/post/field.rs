//! A field of a form together with its condition.

use alloc::borrow::Cow;
use alloc::string::String;
use core::cmp::Ordering;

use crate::error::Field;
use crate::text;
use crate::{Error, IntoText};

/// What the store replaces by the name of the file, in any field.
pub(crate) const FILENAME: &str = "${filename}";

/// Fields whose starts-with condition stores refuse, or do not evaluate.
const EXACT_ONLY: [&str; 2] = ["success_action_status", "tagging"];

/// Set by the signer, by a setter that knows more, by the client, or no field at all, in lower case. `signature` and
/// `awsaccesskeyid` are those of Signature Version 2: a store that finds them may believe them.
const RESERVED: [&str; 13] = [
    "awsaccesskeyid",
    "bucket",
    "content-length-range",
    "file",
    "key",
    "policy",
    "signature",
    "x-amz-algorithm",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-s3session-token",
    "x-amz-security-token",
    "x-amz-signature",
];

/// Fields without this prefix need a condition.
pub(super) const IGNORED_PREFIX: &str = "x-ignore-";

/// A field of the form, and what the policy says about it. Neither can be without the other.
#[derive(Clone)]
pub(super) struct FormField<'a> {
    pub(super) name: Cow<'a, str>,
    /// What the form sends.
    pub(super) value: Cow<'a, str>,
    pub(super) rule: Rule<'a>,
}

/// The condition on a field.
#[derive(Clone)]
pub(super) enum Rule<'a> {
    /// It has to be sent as it is.
    Exact,
    /// The client may send another value with this prefix.
    StartsWith(Cow<'a, str>),
    /// The client adds the field itself, with a value that has this prefix. The form does not send it.
    AddedByClient(Cow<'a, str>),
    /// None: stores do not look at it.
    Ignored,
}

impl<'a> FormField<'a> {
    pub(super) fn exact(name: impl IntoText<'a>, value: impl IntoText<'a>) -> Self {
        Self { name: name.into_text(), value: value.into_text(), rule: Rule::Exact }
    }

    /// The same, borrowed.
    pub(super) fn reborrow(&self) -> FormField<'_> {
        let rule = match &self.rule {
            Rule::Exact => Rule::Exact,
            Rule::StartsWith(prefix) => Rule::StartsWith(Cow::Borrowed(prefix)),
            Rule::AddedByClient(prefix) => Rule::AddedByClient(Cow::Borrowed(prefix)),
            Rule::Ignored => Rule::Ignored,
        };
        FormField { name: Cow::Borrowed(&self.name), value: Cow::Borrowed(&self.value), rule }
    }

    /// Whether the form sends it.
    pub(super) fn is_sent(&self) -> bool {
        !matches!(self.rule, Rule::AddedByClient(_))
    }

    /// The prefix of its starts-with condition.
    pub(super) fn prefix(&self) -> Option<&str> {
        match &self.rule {
            Rule::StartsWith(prefix) | Rule::AddedByClient(prefix) => Some(prefix),
            Rule::Exact | Rule::Ignored => None,
        }
    }

    pub(super) fn lower_name(&self) -> String {
        self.name.to_ascii_lowercase()
    }

    fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| name.eq_ignore_ascii_case(&self.name))
    }

    /// By name, as stores compare them: without case.
    pub(super) fn cmp_name(&self, other: &Self) -> Ordering {
        let [left, right] = [self, other].map(|field| field.name.bytes().map(|byte| byte.to_ascii_lowercase()));
        left.cmp(right)
    }

    /// Refuses what belongs to others, and then what [`check_value`](Self::check_value) refuses.
    pub(super) fn check_name_and_value(&self) -> Result<(), Error> {
        text::check_name(Field::FormFieldName, &self.name)?;
        if self.is_one_of(&RESERVED) {
            return Err(Error::ReservedFormField { name: self.lower_name() });
        }
        if self.prefix().is_some() && self.is_one_of(&EXACT_ONLY) {
            return Err(Error::ExactFormField { name: self.lower_name() });
        }
        self.check_value()
    }

    /// Refuses a value that no browser sends as it is, and one that the field's own condition would refuse.
    pub(super) fn check_value(&self) -> Result<(), Error> {
        let sent_or_wanted = if self.is_sent() { &*self.value } else { self.prefix().unwrap_or_default() };
        if let Some(position) = find_control(sent_or_wanted) {
            return Err(Error::FormFieldValue { name: self.lower_name(), position });
        }
        match &self.rule {
            Rule::Exact if self.value.contains(FILENAME) => Err(Error::FilenameVariable { name: self.lower_name() }),
            Rule::StartsWith(prefix) | Rule::AddedByClient(prefix) if prefix.contains(FILENAME) => {
                Err(Error::FilenameVariable { name: self.lower_name() })
            }
            Rule::StartsWith(prefix) if !may_start_with(&self.name, before_filename(&self.value), prefix) => {
                Err(Error::FormFieldPrefix { name: self.lower_name() })
            }
            _ => Ok(()),
        }
    }
}

/// The first control character, among them those beyond ASCII. A tab is not one of them: browsers send it as it is, keys
/// may have it, and so may headers.
fn find_control(value: &str) -> Option<usize> {
    // Most values are printable ASCII, and whether one is is seen faster.
    let is_printable = value.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    if is_printable { None } else { value.find(|c: char| c.is_control() && c != '\t') }
}

/// The text before the name of the file: all that is known of a value.
fn before_filename(value: &str) -> &str {
    value.split(FILENAME).next().unwrap_or_default()
}

/// Whether a value meets a starts-with condition. A content type is a list: each of its members has to. Spaces count, as
/// in all stores whose source is public (Garage, which has the list; MinIO, Ceph and `LocalStack`, which do not).
///
/// Source: [POST policy](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html), condition
/// matching.
pub(super) fn meets_prefix(name: &str, value: &str, prefix: &str) -> bool {
    if is_list(name, prefix) {
        value.split(',').all(|part| part.starts_with(prefix))
    } else {
        value.starts_with(prefix)
    }
}

/// Whether a value may meet a starts-with condition at some store. Whether S3 skips the spaces in a list is not documented.
fn may_start_with(name: &str, value: &str, prefix: &str) -> bool {
    let may_be_met = |part: &str| part.starts_with(prefix) || part.trim_start().starts_with(prefix);
    if is_list(name, prefix) { value.split(',').all(may_be_met) } else { value.starts_with(prefix) }
}

fn is_list(name: &str, prefix: &str) -> bool {
    name.eq_ignore_ascii_case("content-type") && !prefix.contains(',')
}
