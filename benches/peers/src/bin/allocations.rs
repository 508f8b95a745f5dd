//! How often each contestant asks the allocator for memory, new or more of it, for one URL or form: its name, a tab,
//! and the number.

use std::alloc::System;

use peers::{forms, urls};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Once is not enough: the order of a hash map differs, and so does what is grown on the way.
const COUNT: u32 = 100;

fn main() {
    for mut contestant in urls().into_iter().chain(forms()) {
        // What is kept between calls is there before it counts.
        contestant.run(COUNT);
        let region = Region::new(ALLOCATOR);
        contestant.run(COUNT);
        let change = region.change();
        let count = (change.allocations + change.reallocations) / COUNT as usize;
        println!("{}\t{count}", contestant.name());
    }
}
