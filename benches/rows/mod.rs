//! What is measured: pieces of work, each beside its own floor.
//!
//! The floor is what no implementation can go below with the same hash: SHA-256 over as many bytes as the canonical
//! request has, and one HMAC, under a key that is set up already, over as many as the string to sign has.

mod floor;
mod growth;
mod table;
mod task;
mod threads;
mod work;

pub use growth::{Growth, growths};
pub use table::rows;
pub use threads::thread_rows;
pub use work::Work;

/// A piece of work and what it is compared with.
pub struct Row {
    pub name: String,
    pub work: Work,
    pub floor_name: String,
    pub floor: Work,
    /// The work should take at most so many times the floor.
    pub goal: Option<f64>,
}
