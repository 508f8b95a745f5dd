//! A piece of work that can be done many times.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// A loop that does the work a given number of times and returns how long that took.
///
/// The loop is inside the closure, so that the call through the pointer is not timed with every URL.
pub struct Work(Box<dyn FnMut(u32) -> Duration>);

impl Work {
    pub fn new<T>(mut once: impl FnMut() -> T + 'static) -> Self {
        Self::timed(move |count| {
            let start = Instant::now();
            for _ in 0..count {
                black_box(once());
            }
            start.elapsed()
        })
    }

    /// Appends a URL to a buffer that is used again and again.
    pub fn reusing_a_buffer(mut append: impl FnMut(&mut String) + 'static) -> Self {
        let mut url = String::new();
        Self::new(move || {
            url.clear();
            append(&mut url);
            black_box(&url);
        })
    }

    /// Takes a loop that measures the time itself.
    pub fn timed(run: impl FnMut(u32) -> Duration + 'static) -> Self {
        Self(Box::new(run))
    }

    /// Does the work `count` times, and returns how long that took.
    pub fn run(&mut self, count: u32) -> Duration {
        (self.0)(count)
    }
}
