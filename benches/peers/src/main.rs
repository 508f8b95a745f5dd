//! Checks all peers, then times them: Markdown tables on the standard output.

use std::process::ExitCode;

use peers::{Allocations, Contestant, ROUNDS, boto3, forms, measure, table, urls};

fn main() -> ExitCode {
    let (mut urls, mut forms) = (urls(), forms());
    match boto3() {
        Ok(boto3) => forms.push(boto3),
        Err(reason) => eprintln!("boto3 does not take part: {reason}"),
    }
    let allocations = match Allocations::count() {
        Ok(allocations) => allocations,
        Err(error) => {
            eprintln!("no program that counts allocations, `cargo build --release` builds it: {error}");
            return ExitCode::FAILURE;
        }
    };

    let all_right = [drop_wrong(&mut urls), drop_wrong(&mut forms)] == [true, true];
    let times = measure(&mut urls, ROUNDS);
    let references = [("x floor", "floor"), ("x presign", "presign `presign_at`")];
    print!("{}", table("URL", &urls, &times, &references, &allocations));
    println!();
    let times = measure(&mut forms, ROUNDS);
    print!("{}", table("form", &forms, &times, &[("x presign", "presign `presign_post_at`")], &allocations));
    if all_right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Those whose result is wrong are named, and not timed. Says whether there are none.
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
