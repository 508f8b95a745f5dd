//! Where a signature can be.

/// Where the signature of a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mechanism {
    /// In the query: a presigned URL.
    Query,
    /// In the `Authorization` header.
    Header,
    /// In a field of a form.
    Form,
}
