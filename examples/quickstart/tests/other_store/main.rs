//! Presigned URLs and forms against a store that is not of this workspace, and verifies them with code of its own.
//!
//! `.ci/other-stores` installs and starts such stores, and runs these tests for each.
//!
//! No store is S3. Each case says what S3 does, by its documentation; `known` says for each store how it words its
//! refusals, and where it is laxer or stricter. A store that comes to answer otherwise fails the test.

mod case;
mod causes;
mod form;
mod forms;
mod keys;
mod known;
mod multipart;
mod store;
mod urls;
