//! Which requests are in virtual-hosted style.

use std::io;

use axum::http::Uri;
use s3s::S3Result;
use s3s::host::{S3Host, VirtualHost};

/// Finds the bucket in the host of a request, if the request is in virtual-hosted style.
///
/// Unlike [`s3s::host::SingleDomain`], it takes an unknown host for path style: a container or a proxy may give the
/// store names and ports that it does not know.
pub(crate) struct Hosts {
    /// The more specific one first: the public host may be below `localhost`.
    domains: Vec<String>,
}

impl Hosts {
    pub(crate) fn new(public_url: Option<&str>) -> io::Result<Self> {
        let mut domains = vec!["localhost".to_owned()];
        if let Some(url) = public_url {
            domains.insert(0, host(url).ok_or_else(invalid_public_url)?);
        }
        Ok(Self { domains })
    }
}

/// Returns the host in `url`, if `url` has no path or query: a store at a path could not verify signatures.
fn host(url: &str) -> Option<String> {
    let url: Uri = url.parse().ok()?;
    (url.scheme().is_some() && url.path() == "/" && url.query().is_none()).then_some(())?;
    url.host().map(str::to_ascii_lowercase)
}

fn invalid_public_url() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        "the public URL of the store must be a scheme and a host, such as `http://store.localhost:9000`",
    )
}

impl S3Host for Hosts {
    fn parse_host_header<'a>(&'a self, host: &'a str) -> S3Result<VirtualHost<'a>> {
        let name = host.rsplit_once(':').map_or(host, |(name, _port)| name).to_ascii_lowercase();
        if self.domains.contains(&name) {
            return Ok(VirtualHost::new(host));
        }
        for domain in &self.domains {
            if let Some(bucket) = name.strip_suffix(domain).and_then(|rest| rest.strip_suffix('.')) {
                return Ok(VirtualHost::new(domain).with_bucket(bucket.to_owned()));
            }
        }
        Ok(VirtualHost::new(host))
    }
}
