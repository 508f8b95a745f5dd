//! What is known of stores: where they do not do as S3 does, and the words of their refusals.

mod ceph;
mod garage;
mod localstack;

/// What a store does with a case, which begins its answer with these words.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Does {
    /// It refuses, as S3 does.
    Same(&'static str),
    /// It accepts what S3 refuses.
    Laxer(&'static str),
    /// It refuses what S3 accepts.
    Stricter(&'static str),
    /// It has an error of its own.
    Fails(&'static str),
}

/// By case. Those that both accept are left out.
pub(crate) type Table = &'static [(&'static str, Does)];

pub(crate) struct Known {
    pub(crate) urls: Table,
    pub(crate) keys: Table,
    pub(crate) forms: Table,
    pub(crate) form_keys: Table,
}

/// The store of this name, if it is known.
pub(crate) fn known(name: &str) -> Option<Known> {
    match name {
        "ceph" => Some(ceph::CEPH),
        "garage" => Some(garage::GARAGE),
        "localstack" => Some(localstack::LOCALSTACK),
        _ => None,
    }
}
