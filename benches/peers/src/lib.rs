//! The same presigned URLs and forms by presign and by others: checked, then timed.
//!
//! See the README of this package.

mod allocations;
mod check;
mod contestant;
mod peers;
mod rounds;
mod table;
mod task;
mod versions;

pub use allocations::Allocations;
pub use contestant::Contestant;
pub use peers::{boto3, forms, urls};
pub use rounds::{ROUNDS, measure};
pub use table::table;
