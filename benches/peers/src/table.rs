//! The result as Markdown.

use std::fmt::Write as _;

use crate::rounds::median;
use crate::{Allocations, Contestant};

/// One row for each of them. `references` are those that all are compared with: the heading of the column, and the name
/// of the row.
///
/// A ratio is the median of the ratios of all rounds, not that of two medians.
///
/// # Panics
/// If a reference does not take part.
#[must_use]
pub fn table(
    work: &str,
    contestants: &[Contestant],
    times: &[Vec<f64>],
    references: &[(&str, &str)],
    allocations: &Allocations,
) -> String {
    let mut table = format!("| {work} | version | ns |");
    for (heading, _) in references {
        table.extend([" ", heading, " |"]);
    }
    table.push_str(" allocations |\n|---|---|---:|");
    table.push_str(&"---:|".repeat(references.len()));
    table.push_str("---:|\n");
    let times_of =
        |name| contestants.iter().position(|contestant| contestant.name() == name).map(|index| &times[index]);
    for (contestant, own) in contestants.iter().zip(times) {
        let (name, version) = (contestant.name(), contestant.version());
        let nanoseconds = median(own.iter().copied());
        write!(table, "| {name} | {version} | {nanoseconds:.0} |").expect("memory");
        for (_, reference) in references {
            let reference = times_of(*reference).expect("it takes part");
            let ratio = median(own.iter().zip(reference).map(|(own, reference)| own / reference));
            write!(table, " {ratio:.2} |").expect("memory");
        }
        writeln!(table, " {} |", allocations.of(name)).expect("memory");
    }
    table
}
