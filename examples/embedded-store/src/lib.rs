//! An S3-compatible server in process: HTTP over TCP, with signatures that are verified by
//! [s3s](https://docs.rs/s3s), which shares no code with `presign`.
//!
//! The server runs on its own thread, so that callers need no async, and stops when it is dropped.
//!
//! ```
//! use embedded_store::EmbeddedStore;
//!
//! let store = EmbeddedStore::on_disk(&["user-media"])?;
//! assert!(store.endpoint().starts_with("http://127.0.0.1:"));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! As at S3, each `x-amz-` header of a signed request must be signed. s3s does not check that, so `presign` does before it.
//!
//! # Differences from S3
//! The store on disk takes every key that S3 permits. It differs from S3 in these points:
//!
//! - It has no ACLs, tags, versions or encryption, and does not list multipart uploads. It ignores headers and form
//!   fields that ask for such properties, and responds with `NotImplemented` to such operations.
//! - Reads ignore conditions such as `If-Match`; writes and copies honor them.
//! - An upload that is refused with `BadDigest`, because its checksum is wrong, deletes the object that it would replace.
//! - The parts of a multipart upload must be numbered from 1 without gaps. Checksums of parts are ignored.
//! - Listings have no entity tags, and keys are never URL-encoded in them, whatever `encoding-type` says, so keys with
//!   control characters make a listing invalid XML.
//! - Forms are limited as s3s limits them: `${filename}` is not replaced, and a form must be sent within 15 minutes of
//!   its signing.

mod cors;
mod disk;
mod faults;
mod file_names;
mod hosts;
mod listing;
mod memory;
mod options;
mod request_body;
mod serve;
mod unsigned_headers;
mod uploads;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::{fs, io};

use s3s::S3;
use s3s_fs::FileSystem;
use tempfile::TempDir;

use crate::disk::Disk;
pub use crate::memory::{Memory, Object};
pub use crate::options::Options;
use crate::serve::Server;

/// A running store.
#[derive(Debug)]
pub struct EmbeddedStore {
    // Before the directory, because fields are dropped in this order: the files must outlive the last request.
    server: Server,
    _directory: Option<TempDir>,
}

impl EmbeddedStore {
    /// The access key id that the store knows.
    pub const ACCESS_KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
    /// The secret of [`ACCESS_KEY_ID`](Self::ACCESS_KEY_ID).
    pub const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    /// The region to sign for. The store accepts any region.
    pub const REGION: &str = "us-east-1";

    /// Starts a store with these buckets, empty, in a temporary directory.
    ///
    /// # Errors
    /// If the directory, the listener or the thread cannot be created.
    pub fn on_disk(buckets: &[&str]) -> io::Result<Self> {
        Self::on_disk_with(buckets, &Options::default())
    }

    /// Starts a store like [`on_disk`](Self::on_disk), with options.
    ///
    /// # Errors
    /// If the directory, the listener or the thread cannot be created, or an option is invalid.
    pub fn on_disk_with(buckets: &[&str], options: &Options) -> io::Result<Self> {
        let directory = tempfile::tempdir()?;
        for bucket in buckets {
            fs::create_dir(directory.path().join(bucket))?;
        }
        let files = FileSystem::new(directory.path()).map_err(|error| io::Error::other(format!("{error:?}")))?;
        Self::start(Disk::new(files), Some(directory), options)
    }

    /// Starts a store of the objects in `memory`. Keep a clone to see what is stored.
    ///
    /// # Errors
    /// If the listener or the thread cannot be created.
    pub fn in_memory(memory: Memory) -> io::Result<Self> {
        Self::start(memory, None, &Options::default())
    }

    fn start(objects: impl S3, directory: Option<TempDir>, options: &Options) -> io::Result<Self> {
        Ok(Self { server: Server::start(objects, options)?, _directory: directory })
    }

    /// Returns the endpoint for path style that this machine can reach, by default `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        let mut address = self.server.address();
        match address.ip() {
            // A server that listens on every address can be reached at the loopback address.
            IpAddr::V4(Ipv4Addr::UNSPECIFIED) => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED) => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => (),
        }
        format!("http://{address}")
    }

    /// Returns the endpoint for virtual-hosted style: `http://localhost:PORT`.
    ///
    /// Browsers resolve `BUCKET.localhost` to the loopback address; other clients may have to be configured to do so.
    #[must_use]
    pub fn virtual_host_endpoint(&self) -> String {
        format!("http://localhost:{}", self.server.address().port())
    }
}
