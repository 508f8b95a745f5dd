//! Options of a store.

use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;

/// Options of a store, all of which have defaults.
///
/// ```
/// use embedded_store::{EmbeddedStore, Options};
///
/// let options = Options { origins: vec!["http://127.0.0.1:3000".into()], ..Options::default() };
/// let store = EmbeddedStore::on_disk_with(&["user-media"], &options)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    /// The origins of the pages that may use the store, such as `http://127.0.0.1:3000`; none by default.
    ///
    /// Browsers ask a store whether a page of another origin may use it (CORS).
    pub origins: Vec<String>,
    /// The address to listen on; by default `127.0.0.1:0`, which is a free port.
    pub listen: SocketAddr,
    /// The URL at which browsers reach the store if it is not the endpoint, such as `http://store.localhost:9000`.
    ///
    /// A bucket is in the host (virtual-hosted style) if the host is below `localhost` or below the host of this URL,
    /// on whatever port. In requests to all other hosts, including the host of this URL itself, the bucket is in the
    /// path. So this option is needed for virtual-hosted style, and for hosts such as `store.localhost`.
    pub public_url: Option<String>,
    /// Makes every n-th response a 503 `SlowDown`, to try out what clients do; by default none.
    ///
    /// The first fault, and every second one after it, happens before the operation is done, and the others after it
    /// has been done. Preflights neither fail nor count.
    pub fail_every: Option<NonZeroU32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            public_url: None,
            fail_every: None,
        }
    }
}
