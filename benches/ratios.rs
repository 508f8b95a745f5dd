//! Measures how many times its floor each row takes, and prints Markdown tables.
//!
//! - `cargo bench --bench ratios --features post,verify`: all tables, which `| benches/publish` publishes
//! - `-- TEXT`: only the rows whose names contain the text
//! - `-- --list`: the names of the rows
//! - `-- --run NAME COUNT`: does the work of one row that many times, untimed, for a profiler
//!
//! A row and its floor take turns in each of many rounds, a fraction of a millisecond each. A ratio is the median of
//! the ratios within each round, so that the clock of the machine may change between rounds.

mod rows;

use std::env;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

#[cfg(feature = "verify")]
use crate::rows::verify_rows;
use crate::rows::{Growth, Row, Work, growths, rows, thread_rows};

const ROUNDS: usize = 300;

/// About how long a row, and then its floor, runs in one round.
const TURN: Duration = Duration::from_micros(400);

/// Longer, because threads need a while until they run at the same time.
const TURN_OF_THREADS: Duration = Duration::from_millis(4);

/// The highest cost of one more unit at the largest sizes, compared with that at the smallest: sorting is allowed.
const LINEAR: f64 = 1.5;

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match &arguments[..] {
        ["--list", ..] => all_rows().iter().for_each(|row| println!("{}", row.name)),
        ["--run", name, count, ..] => {
            let (row, count) = (all_rows().into_iter().find(|row| row.name == *name), count.parse());
            let (Some(mut row), Ok(count)) = (row, count) else {
                eprintln!("no such row, or no such count");
                return ExitCode::FAILURE;
            };
            row.work.run(count);
        }
        arguments if arguments.contains(&"--bench") => {
            let filter = arguments.iter().find(|argument| !argument.starts_with('-'));
            tables(filter.unwrap_or(&""));
        }
        // `cargo test --benches` only checks that each row works.
        _ => all_rows().iter_mut().for_each(|row| {
            row.work.run(1);
            row.floor.run(1);
        }),
    }
    ExitCode::SUCCESS
}

fn all_rows() -> Vec<Row> {
    let growths = growths().into_iter().flat_map(|growth| growth.rows).map(|(_, row)| row);
    let rows = rows().into_iter().chain(growths).chain(thread_rows());
    #[cfg(feature = "verify")]
    let rows = rows.chain(verify_rows());
    rows.collect()
}

fn tables(filter: &str) {
    let matching = |row: &Row| row.name.contains(filter);
    // Without the features, rows are missing.
    let complete = filter.is_empty() && cfg!(all(feature = "post", feature = "verify"));
    let mut rows = rows();
    rows.retain(matching);
    if !rows.is_empty() {
        print_table("floor", complete, || main_table(&mut rows));
    }
    #[cfg(feature = "verify")]
    {
        let mut rows = Vec::from(verify_rows());
        rows.retain(matching);
        if !rows.is_empty() {
            print_table("verify", complete, || verify_table(&mut rows));
        }
    }
    for mut growth in growths() {
        growth.rows.retain(|(_, row)| matching(row));
        if !growth.rows.is_empty() {
            print_table(growth.unit, complete, || growth_table(&mut growth));
        }
    }
    let mut rows = Vec::from(thread_rows());
    rows.retain(matching);
    if rows.is_empty() {
        return;
    }
    if thread::available_parallelism().is_ok_and(|cores| cores.get() < 2) {
        println!("\nThere is no table of threads, because there is only one core.");
    } else {
        print_table("threads", complete, || thread_table(&mut rows));
    }
}

/// Prints a table. If it is complete, it is between the lines by which `benches/publish` finds its place.
fn print_table(name: &str, complete: bool, print: impl FnOnce()) {
    println!();
    if complete {
        println!("<!-- table: {name} -->");
    }
    print();
    if complete {
        println!("<!-- end -->");
    }
}

fn main_table(rows: &mut [Row]) {
    println!("| work | ns | floor | its ns | x floor | goal | met |\n|---|---:|---|---:|---:|---:|---|");
    let times = measure(rows.iter_mut(), TURN);
    for (row, times) in rows.iter().zip(times) {
        let (work, floor, ratio) = times.medians();
        let goal = row.goal.map_or(String::new(), |goal| goal.to_string());
        let met = row.goal.map_or("", |goal| yes_or_no(ratio <= goal));
        println!("| {} | {work:.0} | {} | {floor:.0} | {ratio:.2} | {goal} | {met} |", row.name, row.floor_name);
    }
}

#[cfg(feature = "verify")]
fn verify_table(rows: &mut [Row]) {
    println!("| work | ns | signing, ns | x signing | goal | met |\n|---|---:|---:|---:|---:|---|");
    let times = measure(rows.iter_mut(), TURN);
    for (row, times) in rows.iter().zip(times) {
        let (work, signing, ratio) = times.medians();
        let goal = row.goal.map_or(String::new(), |goal| goal.to_string());
        let met = row.goal.map_or("", |goal| yes_or_no(ratio <= goal));
        println!("| {} | {work:.0} | {signing:.0} | {ratio:.2} | {goal} | {met} |", row.name);
    }
}

fn growth_table(growth: &mut Growth) {
    println!("| {} | ns | floor, ns | x floor | ns for one more |\n|---:|---:|---:|---:|---:|", growth.unit);
    let times = measure(growth.rows.iter_mut().map(|(_, row)| row), TURN);
    let mut previous = None;
    let mut slopes = Vec::new();
    for ((size, _), times) in growth.rows.iter().zip(times) {
        let (work, floor, ratio) = times.medians();
        let slope = previous.replace((*size, work)).map(|(smaller, less)| (work - less) / f64::from(size - smaller));
        slopes.extend(slope);
        let slope = slope.map_or(String::new(), |slope| format!("{slope:.2}"));
        println!("| {size} | {work:.0} | {floor:.0} | {ratio:.2} | {slope} |");
    }
    if let [first, .., last] = slopes[..] {
        let increase = last / first;
        let linear = yes_or_no(increase <= LINEAR);
        println!(
            "\nlinear: {linear}, the last units cost {increase:.2} times what the first do (goal: at most {LINEAR})"
        );
    }
}

fn thread_table(rows: &mut [Row]) {
    println!("| work | throughput, x that of one | goal | met |\n|---|---:|---:|---|");
    let times = measure(rows.iter_mut(), TURN_OF_THREADS);
    for (row, times) in rows.iter().zip(times) {
        let throughput = |ratio: f64| 2.0 / ratio;
        let (.., ratio) = times.medians();
        let goal = row.goal.map_or(String::new(), |goal| format!("{:.2}", throughput(goal)));
        let met = row.goal.map_or("", |goal| yes_or_no(ratio <= goal));
        println!("| {} | {:.2} | {goal} | {met} |", row.name, throughput(ratio));
    }
}

const fn yes_or_no(is: bool) -> &'static str {
    if is { "yes" } else { "**no**" }
}

/// The nanoseconds of one piece of work and of its floor, in each round.
#[derive(Default)]
struct Times(Vec<(f64, f64)>);

impl Times {
    /// Returns the medians of the work, of the floor, and of their ratios.
    fn medians(&self) -> (f64, f64, f64) {
        let median_of = |value: fn(&(f64, f64)) -> f64| median(self.0.iter().map(value).collect());
        (median_of(|times| times.0), median_of(|times| times.1), median_of(|times| times.0 / times.1))
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn measure<'r>(rows: impl Iterator<Item = &'r mut Row>, turn: Duration) -> Vec<Times> {
    let mut rows: Vec<_> = rows.map(|row| (count(&mut row.work, turn), count(&mut row.floor, turn), row)).collect();
    let mut times: Vec<_> = rows.iter().map(|_| Times::default()).collect();
    for round in 0..ROUNDS {
        for ((count, floor_count, row), times) in rows.iter_mut().zip(&mut times) {
            let mut work = || nanoseconds(&mut row.work, *count);
            let mut floor = || nanoseconds(&mut row.floor, *floor_count);
            // They take turns in being the first.
            let (work, floor) = if round % 2 == 0 {
                let work = work();
                (work, floor())
            } else {
                let floor = floor();
                (work(), floor)
            };
            times.0.push((work, floor));
        }
    }
    times
}

/// Returns how often the work is done in one turn.
fn count(work: &mut Work, turn: Duration) -> u32 {
    let mut count = 1;
    while work.run(count) < turn {
        count *= 2;
    }
    count
}

fn nanoseconds(work: &mut Work, count: u32) -> f64 {
    // Untimed, because the caches are full of other data.
    work.run(count / 4 + 1);
    work.run(count).as_secs_f64() * 1e9 / f64::from(count)
}
