//! Counts how often each contestant asks the allocator for memory, new or more of it, for one URL or form. Prints a line
//! for each: the name, a tab and the number.

use std::alloc::System;

use peers::{forms, urls};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Counts the average of many, because the order of a hash map differs, and with it how often buffers grow.
const COUNT: u32 = 100;

fn main() {
    for mut contestant in urls().into_iter().chain(forms()) {
        // Values that are kept between calls are made first.
        contestant.run(COUNT);
        let region = Region::new(ALLOCATOR);
        contestant.run(COUNT);
        let change = region.change();
        let count = (change.allocations + change.reallocations) / COUNT as usize;
        println!("{}\t{count}", contestant.name());
    }
}
