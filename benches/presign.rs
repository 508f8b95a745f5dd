//! Measures how long each row and each floor takes, with statistics: `cargo bench --bench presign --features post`.
//!
//! The ratios come from the other bench, `ratios`: times that were measured minutes apart cannot be compared on a
//! machine that also does other things.

#[expect(dead_code, unused_imports, reason = "goals and sizes are for the other bench")]
mod rows;

use std::collections::HashSet;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

use crate::rows::{Work, growths, rows, thread_rows};

fn benchmarks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("presign");
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    let mut bench = |name: &str, mut work: Work| {
        // No sample has four billion iterations.
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|count| work.run(u32::try_from(count).expect("less")));
        });
    };
    let growths = growths().into_iter().flat_map(|growth| growth.rows).map(|(_, row)| row);
    let mut floors = HashSet::new();
    for row in rows().into_iter().chain(growths).chain(thread_rows()) {
        bench(&row.name, row.work);
        // Several rows have the same floor.
        let name = format!("floor: {}", row.floor_name);
        if floors.insert(name.clone()) {
            bench(&name, row.floor);
        }
    }
    group.finish();
}

criterion_group!(benches, benchmarks);
criterion_main!(benches);
