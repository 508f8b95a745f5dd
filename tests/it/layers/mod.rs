//! The data flows one way: what is below knows nothing of what is above, and no file uses one that uses it.

mod imports;
mod source;

use std::collections::BTreeSet;

use imports::{Modules, Uses};
use source::{SourceFile, Token, source_files};

#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
enum Layer {
    Base,
    Sigv4,
    S3,
    Verify,
    Diagnose,
    /// On top of `sigv4`, beside all others.
    Tokens,
}

impl Layer {
    /// Whether a file of this layer may use one of the other.
    fn may_use(self, other: Self) -> bool {
        match self {
            Self::Tokens => other <= Self::Sigv4 || other == Self::Tokens,
            _ => other <= self,
        }
    }

    /// Of a file below `src`. The root passes on the names of all layers.
    fn of(path: &str) -> Option<Self> {
        match path.split('/').next() {
            Some("lib.rs") => None,
            Some("diagnose") => Some(Self::Diagnose),
            Some("s3") => Some(Self::S3),
            Some("sigv4") => Some(Self::Sigv4),
            Some("tokens") => Some(Self::Tokens),
            Some("verify") => Some(Self::Verify),
            _ => Some(Self::Base),
        }
    }
}

#[test]
fn files_use_only_what_is_below_them() {
    let files = source_files();
    for (path, used) in Modules::new(&files).uses() {
        for (other, by) in used {
            let (own, below) = (Layer::of(&path), Layer::of(&other));
            let is_allowed = own.is_none_or(|own| below.is_none_or(|below| own.may_use(below)));
            assert!(is_allowed, "src/{path} uses src/{other} as {by}");
        }
    }
}

#[test]
fn no_files_use_each_other() {
    let files = source_files();
    let uses = Modules::new(&files).uses();
    let cycles = cycles(&uses);
    let cycles: Vec<_> = cycles.iter().map(|cycle| description(cycle, &uses)).collect();
    assert!(cycles.is_empty(), "{} cycles:\n\n{}", cycles.len(), cycles.join("\n"));
}

/// Sets of files of one layer, each of which leads to all others of its set.
fn cycles(uses: &Uses) -> BTreeSet<BTreeSet<String>> {
    let reached_from = |start: &String| {
        let (mut reached, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(path) = next.pop() {
            for other in uses.get(path).into_iter().flat_map(|used| used.keys()) {
                if Layer::of(other) == Layer::of(start) && reached.insert(other) {
                    next.push(other);
                }
            }
        }
        reached
    };
    let reached: Vec<_> =
        uses.keys().filter(|path| Layer::of(path).is_some()).map(|path| (path, reached_from(path))).collect();
    let leads_to = |path: &String| &reached.iter().find(|(other, _)| *other == path).expect("a file").1;
    reached
        .iter()
        .filter(|(path, reached)| reached.contains(path))
        .map(|(path, reached)| {
            reached.iter().filter(|other| leads_to(other).contains(path)).copied().cloned().collect()
        })
        .collect()
}

fn description(cycle: &BTreeSet<String>, uses: &Uses) -> String {
    let mut lines = String::new();
    for path in cycle {
        for (other, by) in uses[path].iter().filter(|(other, _)| cycle.contains(*other)) {
            lines += &format!("src/{path} uses src/{other} as {by}\n");
        }
    }
    lines
}

#[test]
fn signature_version_4_knows_no_bucket() {
    for file in source_files() {
        for text in texts(&file.tokens).filter(|_| Layer::of(&file.path) == Some(Layer::Sigv4)) {
            assert!(!text.to_lowercase().contains("bucket"), "src/{} has {text:?}", file.path);
        }
    }
}

/// Names of headers and parameters, as literals or in names of the code. `src/error` names the rules of AWS by design: its
/// messages are for users, and no code depends on them. Documentation may name what it likes.
#[test]
fn the_base_knows_no_name_of_aws() {
    let is_name = |text: &str| {
        let text = text.to_lowercase().replace('_', "-");
        ["x-amz", "customer-key", "s3session", "aws4", "amzn"].iter().any(|name| text.contains(name))
    };
    let files = source_files();
    let in_the_base =
        files.iter().filter(|file| Layer::of(&file.path) == Some(Layer::Base) && !file.path.starts_with("error/"));
    let found: BTreeSet<(&str, &str)> = in_the_base
        .flat_map(|file| texts(&file.tokens).filter(|text| is_name(text)).map(|text| (file.path.as_str(), text)))
        .collect();
    assert_eq!(found, BTreeSet::new());
}

/// Names and literals.
fn texts(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.iter().filter_map(|token| match token {
        Token::Word(text) | Token::Text(text) => Some(text.as_str()),
        _ => None,
    })
}

/// What the other tests find, and what they do not take for something.
#[test]
fn cycles_are_found_however_they_are_written() {
    // A root that passes on `A`, and a module `m` that passes on `B`.
    let root = "mod a; mod m; pub use a::A; pub use m::B;";
    let parent = "mod b; mod c; pub(crate) use b::B; pub(crate) use c::*;";
    for (a, b, is_cycle) in [
        ("use crate::m::b::B; pub struct A;", "use crate::a::A; pub struct B;", true),
        ("use crate::m::B; pub struct A;", "use crate::{a::A as Other, m}; pub struct B;", true),
        ("use crate::B as _; pub struct A;", "fn b() { crate::a::f() } pub struct B;", true),
        ("use crate::m; fn f() -> m::B {}", "fn b(_: crate::A) {}", true),
        ("use crate::{m::{b, c}}; fn f() -> b::B {}", "use super::super::A; pub struct B;", true),
        ("macro_rules! a { () => { $crate::m::B } }", "use crate::a::A; pub struct B;", true),
        ("// crate::m::B\n/// [`B`](crate::m::B)\nstruct A;", "use crate::A; pub struct B;", false),
        ("#[cfg(test)]\nmod tests { use crate::m::B; }", "use crate::A; pub struct B;", false),
        ("#[cfg(test)] use crate::{m::B}; pub struct A;", "use crate::A; pub struct B;", false),
        ("const A: &str = \"crate::m::B\"; const C: char = '\"';", "use crate::A; pub struct B;", false),
        ("const A: &str = r#\"crate::m::\"B\"#; fn f<'a>(_: &'a str) {}", "use crate::A; pub struct B;", false),
        ("use other::m::b::B; pub struct A;", "use crate::a::A; pub struct B;", false),
        ("use crate::m::c::C; pub struct A;", "use crate::a::A; pub struct B;", false),
        ("pub struct A;", "pub struct B;", false),
    ] {
        let files = [("lib.rs", root), ("a.rs", a), ("m/mod.rs", parent), ("m/b.rs", b), ("m/c.rs", "pub struct C;")];
        let files = files.map(|(path, text)| SourceFile::new(path, text));
        let cycles = cycles(&Modules::new(&files).uses());
        assert_eq!(!cycles.is_empty(), is_cycle, "{a} | {b}: {cycles:?}");
    }
}
