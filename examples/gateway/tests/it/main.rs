//! The gateway as its clients see it: requests over TCP, and what is in the store after them.

mod authorized;
mod client;
mod form;
mod forms;
mod permissions;
mod presigned;
mod program;
mod quickstart_suite;
mod server;
mod strangers;
mod streams;
mod suites;
mod unsigned_headers;

// The tests of the quickstart, with the server of this package.
#[path = "../../../quickstart/tests/it/headers.rs"]
mod headers;
#[path = "../../../quickstart/tests/it/keys.rs"]
mod keys;
#[path = "../../../quickstart/tests/it/tampering.rs"]
mod tampering;
