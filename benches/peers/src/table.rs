//! The result as Markdown.

use std::fmt::Write as _;

use crate::rounds::median;
use crate::{Allocations, Contestant};

/// Returns a table with one row for each contestant.
///
/// Each reference, the heading of a column and the name of a row, is a row that all are compared with. The goals are for
/// the last of these columns. A ratio is the median of the ratios of all rounds, not the ratio of two medians.
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
    table.push_str(" goal | met | allocations |\n|---|---|---:|");
    table.push_str(&"---:|".repeat(references.len()));
    table.push_str("---:|---|---:|\n");
    let times_of =
        |name| contestants.iter().position(|contestant| contestant.name() == name).map(|index| &times[index]);
    for (contestant, own) in contestants.iter().zip(times) {
        let (name, version) = (contestant.name(), contestant.version());
        let nanoseconds = median(own.iter().copied());
        write!(table, "| {name} | {version} | {nanoseconds:.0} |").expect("memory");
        let mut met = "";
        for (_, reference) in references {
            let reference = times_of(*reference).expect("it takes part");
            let ratio = median(own.iter().zip(reference).map(|(own, reference)| own / reference));
            write!(table, " {ratio:.2} |").expect("memory");
            met = contestant.goal().map_or("", |goal| if ratio >= goal { "yes" } else { "**no**" });
        }
        let goal = contestant.goal().map_or(String::new(), |goal| goal.to_string());
        writeln!(table, " {goal} | {met} | {} |", allocations.of(name)).expect("memory");
    }
    table
}
