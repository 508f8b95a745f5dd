//! Interleaved rounds, so that whatever else the machine does slows all of them.

use std::time::Duration;

use crate::Contestant;

/// How many rounds there are.
pub const ROUNDS: usize = 400;

/// About how long each of them works in one round.
const BATCH: Duration = Duration::from_micros(500);

/// Times all of them: for each, the nanoseconds of one piece of work in each round.
pub fn measure(contestants: &mut [Contestant], rounds: usize) -> Vec<Vec<f64>> {
    let batches: Vec<_> = contestants.iter_mut().map(batch).collect();
    let mut times = vec![Vec::with_capacity(rounds); contestants.len()];
    for round in 0..rounds {
        for turn in 0..contestants.len() {
            // Each round starts with another one.
            let index = (round + turn) % contestants.len();
            // The one before it has filled the caches.
            contestants[index].run(batches[index] / 4 + 1);
            let elapsed = contestants[index].run(batches[index]);
            times[index].push(elapsed.as_secs_f64() * 1e9 / f64::from(batches[index]));
        }
    }
    times
}

/// How often it does its work in the time of a batch.
fn batch(contestant: &mut Contestant) -> u32 {
    let mut count = 1;
    while contestant.run(count) < BATCH {
        count *= 2;
    }
    count
}

/// The middle one.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
