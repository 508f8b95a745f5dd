//! Sequences of mixed calls: whatever a thread has signed before, each signature is that of the naive implementation.
//!
//! `cargo test` runs a short sequence. A long one, and one that starts from another number, is
//!
//! ```text
//! PRESIGN_SEQUENCE_STEPS=1000000 PRESIGN_SEQUENCE_SEED=7 cargo test --release --test it sequences -- --nocapture
//! ```
//!
//! A run depends on these two numbers alone, so a failure happens again. It names the step that was wrong. `.ci/run
//! sequences` is a million steps from the number of the short sequence on.

mod ask;
mod identity;
mod place;
mod random;
mod step;

use std::sync::Arc;
use std::time::Instant;
use std::{env, mem, thread};

use presign::Error;

use identity::{Identity, identities};
use place::{Place, places};
use random::Random;
use step::{Seen, Step};

/// Threads that sign at the same time, with clones of the same presigners and some of their own.
const THREADS: usize = 3;
/// After so many steps, all presigners are dropped, and new threads sign with new ones.
const STEPS_OF_A_ROUND: usize = 400;
const NOON: i64 = 1_710_504_000;
const DAY: i64 = 86_400;
/// The last second of the year 9999.
pub const LAST_SECOND: i64 = 253_402_300_799;

#[test]
fn any_sequence_signs_what_the_naive_implementation_signs() -> Result<(), Error> {
    let number = |name, default| env::var(name).map_or(default, |text| text.parse().expect("a number"));
    let (steps, seed) = (number("PRESIGN_SEQUENCE_STEPS", 2_000), number("PRESIGN_SEQUENCE_SEED", 1));
    let start = Instant::now();
    let mut seen = Seen::default();
    let mut round = 0;
    while seen.steps < usize::try_from(steps).expect("a number of steps") {
        let identities: Vec<_> = identities(NOON + 2 * DAY)?.into_iter().map(Arc::new).collect();
        let places = places(&identities, &mut Random::new(seed ^ round << 32))?;
        let seen_by_each: Vec<Seen> = thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS)
                .map(|number| {
                    let random = Random::new(seed ^ round << 32 ^ (number as u64 + 1) << 60);
                    let (places, identities) = (places.clone(), &identities);
                    scope.spawn(move || Sequence::new(random, identities, places).run(STEPS_OF_A_ROUND / THREADS))
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("no step is wrong")).collect()
        });
        for one in &seen_by_each {
            seen.add(one);
        }
        round += 1;
    }
    println!("{seen:?} in {:?}", start.elapsed());
    seen.assert_nothing_is_missing();
    Ok(())
}

/// What one thread does.
struct Sequence<'i> {
    random: Random,
    identities: &'i [Arc<Identity>],
    places: Vec<Place>,
    /// The place of the last step, and the one before.
    at: usize,
    before: usize,
    now: i64,
    expires: u64,
    buffer: String,
}

impl<'i> Sequence<'i> {
    fn new(random: Random, identities: &'i [Arc<Identity>], places: Vec<Place>) -> Self {
        Self { random, identities, places, at: 0, before: 0, now: NOON, expires: 900, buffer: String::new() }
    }

    fn run(mut self, steps: usize) -> Seen {
        let mut seen = Seen::default();
        for _ in 0..steps {
            self.move_on();
            self.move_the_clock();
            self.change_the_expiry();
            if self.random.one_in(4) {
                self.buffer.clear();
            }
            let (here, random) = (&self.places[self.at], &mut self.random);
            let step = Step::random(here, &self.places, self.identities, (self.now, self.expires), 2, random);
            step.run(&mut self.buffer, &mut seen);
        }
        seen
    }

    /// A third of the steps are at the place of the last one, and as many at that of the one before. Others are at a new
    /// place that is derived from the last one, and which another place makes room for: its values may then have the
    /// addresses of those that are gone.
    fn move_on(&mut self) {
        let other = self.random.below(self.places.len());
        match self.random.below(12) {
            0 => {
                let here = &self.places[self.at];
                let derived = here.derived(self.identities, &mut self.random);
                self.places[other] = derived.unwrap_or_else(|error| panic!("{error}: from {here:?}"));
                (self.before, self.at) = (self.at, other);
            }
            1 | 2 => (self.before, self.at) = (self.at, other),
            3..=6 => mem::swap(&mut self.before, &mut self.at),
            _ => {}
        }
    }

    /// Mostly it is the same.
    fn change_the_expiry(&mut self) {
        self.expires = match self.random.below(48) {
            0 | 1 => [0, 604_801, u64::from(u32::MAX)][self.random.below(3)],
            2 | 3 => 604_800,
            4 | 5 => [1, 60, 901][self.random.below(3)],
            6..=15 => 900,
            _ if self.expires == 0 || self.expires > 604_800 => 900,
            _ => self.expires,
        };
    }

    /// Mostly it is the same second, or one nearby.
    fn move_the_clock(&mut self) {
        let midnight = self.now - self.now % DAY;
        let second = i64::try_from(self.random.below(86_400)).expect("a second");
        self.now = match self.random.below(32) {
            0..=13 => self.now,
            14..=16 => self.now + 1,
            17 => self.now - 1,
            18 => midnight + second,
            19 => self.now + DAY,
            20 => self.now - DAY,
            21 => midnight + DAY - 1,
            22 => midnight + DAY,
            23 => midnight - 1,
            24 => self.now + [-4_096 * DAY, 4_096 * DAY][self.random.below(2)],
            25 => [0, LAST_SECOND, LAST_SECOND - 604_800, LAST_SECOND - DAY][self.random.below(4)],
            _ => NOON + [-DAY, 0, DAY][self.random.below(3)],
        }
        .clamp(0, LAST_SECOND);
    }
}
