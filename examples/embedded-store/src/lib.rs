//! An S3-compatible server in process: real HTTP on a loopback port, with signatures that are verified by
//! [s3s](https://docs.rs/s3s), which shares no code with `presign`.
//!
//! It runs on a thread of its own, so that callers need no async, and stops when it is dropped.
//!
//! ```
//! use embedded_store::EmbeddedStore;
//!
//! let store = EmbeddedStore::on_disk(&["user-media"])?;
//! assert!(store.endpoint().starts_with("http://127.0.0.1:"));
//! # Ok::<(), std::io::Error>(())
//! ```

mod cors;
mod drain;
mod memory;
mod serve;

use std::{fs, io};

use s3s::S3;
use s3s_fs::FileSystem;
use tempfile::TempDir;

pub use crate::memory::{Memory, Object};
use crate::serve::Server;

/// A running store.
#[derive(Debug)]
pub struct EmbeddedStore {
    // Before the directory, because fields are dropped in this order: no request may find its files gone.
    server: Server,
    _directory: Option<TempDir>,
}

impl EmbeddedStore {
    /// The access key id that the store knows.
    pub const ACCESS_KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
    /// Its secret.
    pub const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    /// The region to sign for. The store takes any.
    pub const REGION: &str = "us-east-1";

    /// Starts a store with these buckets, empty, in a temporary directory.
    ///
    /// A file system cannot hold every key: not `a//b`, and none with a segment of more than 255 bytes. See
    /// [`in_memory`](Self::in_memory).
    ///
    /// # Errors
    /// Those of creating the directory, the listener and the thread.
    pub fn on_disk(buckets: &[&str]) -> io::Result<Self> {
        Self::on_disk_for_pages(buckets, &[])
    }

    /// The same, and pages of these origins, such as `http://127.0.0.1:3000`, may use it: browsers ask a store whether
    /// it lets a page of another origin in (CORS), and this one answers for these.
    ///
    /// # Errors
    /// As [`on_disk`](Self::on_disk), and those of an origin that no header can carry.
    pub fn on_disk_for_pages(buckets: &[&str], origins: &[String]) -> io::Result<Self> {
        let directory = tempfile::tempdir()?;
        for bucket in buckets {
            fs::create_dir(directory.path().join(bucket))?;
        }
        let files = FileSystem::new(directory.path()).map_err(|error| io::Error::other(format!("{error:?}")))?;
        Self::start(files, Some(directory), origins)
    }

    /// Starts a store of the objects in `memory`. Keep a clone to see what is stored.
    ///
    /// # Errors
    /// Those of creating the listener and the thread.
    pub fn in_memory(memory: Memory) -> io::Result<Self> {
        Self::start(memory, None, &[])
    }

    fn start(objects: impl S3, directory: Option<TempDir>, origins: &[String]) -> io::Result<Self> {
        Ok(Self { server: Server::start(objects, origins)?, _directory: directory })
    }

    /// The endpoint for path style: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.server.port())
    }

    /// The endpoint for virtual-hosted style: `http://localhost:PORT`. Browsers resolve `BUCKET.localhost` to the
    /// loopback address; other clients may have to be told.
    #[must_use]
    pub fn virtual_host_endpoint(&self) -> String {
        format!("http://localhost:{}", self.server.port())
    }
}
