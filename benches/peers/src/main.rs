//! Checks all peers, then times them: prints Markdown tables, which `target/release/peers | ../publish` publishes.

use std::process::ExitCode;

use peers::{Allocations, Contestant, ROUNDS, boto3, forms, measure, table, urls};

fn main() -> ExitCode {
    let (mut urls, mut forms) = (urls(), forms());
    let boto3 = boto3().map_err(|reason| eprintln!("boto3 does not take part: {reason}"));
    let with_boto3 = boto3.is_ok();
    forms.extend(boto3);
    let allocations = match Allocations::count() {
        Ok(allocations) => allocations,
        Err(error) => {
            eprintln!("the program that counts allocations, which `cargo build --release` builds, fails: {error}");
            return ExitCode::FAILURE;
        }
    };

    let (urls_are_right, forms_are_right) = (drop_wrong(&mut urls), drop_wrong(&mut forms));
    let times = measure(&mut urls, ROUNDS);
    let references = [("x floor", "floor"), ("x presign `presign_into`", "presign `presign_into`, reused buffer")];
    print_table("URLs", urls_are_right, &table("URL", &urls, &times, &references, &allocations));
    let times = measure(&mut forms, ROUNDS);
    let references = [("x presign", "presign `presign_post_at`")];
    let complete = forms_are_right && with_boto3;
    print_table("forms", complete, &table("form", &forms, &times, &references, &allocations));
    if urls_are_right && forms_are_right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Drops the contestants whose result is wrong, and prints why. Returns whether all are right.
fn drop_wrong(contestants: &mut Vec<Contestant>) -> bool {
    let count = contestants.len();
    contestants.retain(|contestant| match contestant.verdict() {
        Ok(()) => true,
        Err(reason) => {
            println!("{} {} is wrong: {reason}", contestant.name(), contestant.version());
            false
        }
    });
    contestants.len() == count
}

/// Prints a table. If it is complete, it is between the lines by which `benches/publish` finds its place.
fn print_table(name: &str, complete: bool, table: &str) {
    if complete {
        println!("\n<!-- table: {name} -->\n{table}<!-- end -->");
    } else {
        println!("\n{table}");
    }
}
