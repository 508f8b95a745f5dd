//! `docs/coming-from.md`: what it shows compiles, and is longer than with presign.

#![allow(dead_code, clippy::unused_async, reason = "the programs are compiled and compared, and do not run")]

mod aws_sdk_s3;
mod object_store;
mod presign;
mod rusty_s3;

const PAGE: &str = include_str!("../../../../docs/coming-from.md");
const PRESIGN: &str = include_str!("presign.rs");

/// Programs for the same tasks, and what `PRESIGN` has and they cannot do.
const OTHERS: [(&str, &[&str]); 3] = [
    (include_str!("rusty_s3.rs"), &[]),
    (include_str!("aws_sdk_s3.rs"), &[]),
    // It always signs by the clock of the system.
    (include_str!("object_store.rs"), &["fn link_at("]),
];

fn functions(program: &str) -> impl Iterator<Item = &str> {
    program.split("\n\n").filter(|part| part.contains("fn "))
}

/// What a user writes: neither empty lines nor comments.
fn lines(program: &str) -> usize {
    program.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

#[test]
fn the_page_shows_the_programs() {
    let programs = || OTHERS.iter().map(|(program, _)| *program).chain([PRESIGN]);
    for function in programs().flat_map(functions) {
        assert!(PAGE.contains(function), "not on the page: {function}");
    }
    for line in PAGE.lines().filter(|line| line.starts_with("fn ") || line.starts_with("async fn ")) {
        assert!(programs().any(|program| program.contains(line)), "not compiled: {line}");
    }
}

#[test]
fn presign_is_shorter() {
    for (other, missing) in OTHERS {
        let is_missing = |function: &&str| missing.iter().any(|name| function.contains(name));
        let ours = lines(PRESIGN) - functions(PRESIGN).filter(is_missing).map(lines).sum::<usize>();
        let title = other.lines().next().unwrap_or_default();
        println!("{title} {} lines; with presign: {ours}", lines(other));
        assert!(ours < lines(other));
    }
}
