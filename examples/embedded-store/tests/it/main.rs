//! The store as its clients see it: requests that `presign` signed, over TCP.

mod configurations;
mod cors;
mod faults;
mod hosts;
mod keys;
mod lifetime;
mod listing;
mod multipart;
mod proxy;
mod server;
mod unsigned_headers;
