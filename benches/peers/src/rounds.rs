//! Interleaved rounds, so that other work of the machine slows all contestants alike.

use std::time::Duration;

use crate::Contestant;

/// How many rounds there are.
pub const ROUNDS: usize = 400;

/// About how long each contestant works in one round.
const BATCH: Duration = Duration::from_micros(500);

/// Returns for each contestant the nanoseconds of one piece of work in each round.
pub fn measure(contestants: &mut [Contestant], rounds: usize) -> Vec<Vec<f64>> {
    let batches: Vec<_> = contestants.iter_mut().map(batch).collect();
    let mut times = vec![Vec::with_capacity(rounds); contestants.len()];
    for round in 0..rounds {
        for turn in 0..contestants.len() {
            // Each round starts with another contestant.
            let index = (round + turn) % contestants.len();
            // Untimed, because the caches are full of the data of the contestant before.
            contestants[index].run(batches[index] / 4 + 1);
            let elapsed = contestants[index].run(batches[index]);
            times[index].push(elapsed.as_secs_f64() * 1e9 / f64::from(batches[index]));
        }
    }
    times
}

/// Returns how often the contestant does its work in the time of a batch.
fn batch(contestant: &mut Contestant) -> u32 {
    let mut count = 1;
    while contestant.run(count) < BATCH {
        count *= 2;
    }
    count
}

/// Returns the value in the middle.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
