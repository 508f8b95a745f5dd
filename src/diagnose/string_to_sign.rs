//! The lines of a string to sign.

/// The four lines of a string to sign of version 4.
#[derive(Clone, Copy)]
pub(super) struct ToSign<'t> {
    pub(super) time: &'t str,
    pub(super) scope: &'t str,
    pub(super) hash: &'t str,
}

impl<'t> ToSign<'t> {
    pub(super) fn parse(text: &'t str) -> Option<Self> {
        let mut lines = text.lines();
        lines.next().filter(|algorithm| algorithm.starts_with("AWS4-"))?;
        Some(Self { time: lines.next()?, scope: lines.next()?, hash: lines.next()? })
    }
}

/// `20240315/eu-west-1/s3/aws4_request`
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Scope<'t> {
    pub(super) date: &'t str,
    pub(super) region: &'t str,
    pub(super) service: &'t str,
}

impl<'t> Scope<'t> {
    /// Of a scope, or of a credential, which has an access key id before it.
    pub(super) fn parse(text: &'t str) -> Option<Self> {
        let mut parts = text.rsplit('/');
        parts.next().filter(|end| *end == "aws4_request")?;
        let (service, region, date) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { date, region, service })
    }
}
