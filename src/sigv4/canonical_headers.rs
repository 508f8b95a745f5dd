//! The header lines of the canonical request, and the list of their names.

use crate::parameters::{Parameter, is_http_space};
use crate::sigv4::value::Value;
use crate::sink::Sink;

/// The signer's headers and the caller's, both sorted by name.
pub(super) struct CanonicalHeaders<'r> {
    /// At most `host`, `x-amz-content-sha256`, `x-amz-date` and the session token, in this order.
    pub(super) signer: [Option<(&'static str, Value<'r>)>; 4],
    pub(super) caller: &'r [Parameter<'r>],
}

/// One line: a name with its value, or with all of its values.
enum Line<'l> {
    Signer(&'static str, &'l str),
    Caller(&'l [Parameter<'l>]),
}

impl CanonicalHeaders<'_> {
    /// `name:value` and a line feed for each header.
    pub(super) fn write_lines(&self, sink: &mut impl Sink) {
        for line in self.lines() {
            sink.put(line.name());
            sink.put(":");
            match line {
                Line::Signer(_, value) => write_canonical_value(value, sink),
                Line::Caller(headers) => {
                    for (position, header) in headers.iter().enumerate() {
                        if position > 0 {
                            sink.put(",");
                        }
                        write_canonical_value(&header.value, sink);
                    }
                }
            }
            sink.put("\n");
        }
    }

    /// The signed headers: all names, separated by semicolons.
    pub(super) fn write_names(&self, sink: &mut impl Sink) {
        for (position, line) in self.lines().enumerate() {
            if position > 0 {
                sink.put(";");
            }
            sink.put(line.name());
        }
    }

    /// Both lists merged by name. No name is in both: the caller may not set the signer's headers.
    fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let mut signer = self.signer.iter().flatten().peekable();
        let mut caller = self.caller.chunk_by(|left, right| left.name == right.name).map(Line::Caller).peekable();
        core::iter::from_fn(move || match (signer.peek(), caller.peek()) {
            (Some((name, _)), Some(line)) if line.name() < *name => caller.next(),
            (Some(_), _) => signer.next().map(|(name, value)| Line::Signer(name, value.as_str())),
            (None, _) => caller.next(),
        })
    }
}

impl Line<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Signer(name, _) => name,
            Self::Caller(headers) => headers.first().map_or("", |header| &*header.name),
        }
    }
}

/// Trims the value and makes one space of every run of spaces and tabs, also between quotes.
fn write_canonical_value(value: &str, sink: &mut impl Sink) {
    let mut words = value.split(is_http_space).filter(|word| !word.is_empty());
    if let Some(first) = words.next() {
        sink.put(first);
    }
    for word in words {
        sink.put(" ");
        sink.put(word);
    }
}
