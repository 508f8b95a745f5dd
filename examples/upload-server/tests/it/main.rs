//! The server, used as a client would use it: real HTTP on loopback ports.

mod log;
mod multipart;
mod page;
mod program;
mod requests;
mod server;
mod serving;
mod store;
