//! The server, used as a client would use it: real HTTP on loopback ports.

mod confirm;
mod faults;
mod log;
mod multipart;
mod origins;
mod page;
mod plain;
mod program;
mod requests;
mod server;
mod serving;
mod store;
mod uppy;
mod users;
