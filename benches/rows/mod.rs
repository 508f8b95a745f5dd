//! Lists the pieces of work that are measured, each with its own floor.
//!
//! No implementation with the same hash can be faster than the floor: SHA-256 of as many bytes as the canonical request
//! has, and one HMAC, under a key that is set up already, of as many bytes as the string to sign has.

mod floor;
mod growth;
mod table;
mod task;
mod threads;
#[cfg(feature = "verify")]
mod verify;
mod work;

pub use growth::{Growth, growths};
pub use table::rows;
pub use threads::thread_rows;
#[cfg(feature = "verify")]
pub use verify::verify_rows;
pub use work::Work;

/// A piece of work and the floor that it is compared with.
pub struct Row {
    pub name: String,
    pub work: Work,
    pub floor_name: String,
    pub floor: Work,
    /// How many times as long as the floor the work should take at most.
    pub goal: Option<f64>,
}
