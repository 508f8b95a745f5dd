//! The counts of the program `allocations`.
//!
//! A program of its own counts them, because counting would slow contestants that allocate much.

use std::collections::BTreeMap;
use std::process::Command;
use std::{env, io};

/// The number of allocations of each contestant.
pub struct Allocations(BTreeMap<String, String>);

impl Allocations {
    /// Runs the program, which is built into the same folder as this one.
    ///
    /// # Errors
    /// Without that program, or if it fails.
    pub fn count() -> io::Result<Self> {
        let program = env::current_exe()?.with_file_name("allocations").with_extension(env::consts::EXE_EXTENSION);
        let output = Command::new(&program).output()?;
        if !output.status.success() {
            return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        let lines = String::from_utf8_lossy(&output.stdout);
        let counts = lines.lines().filter_map(|line| line.split_once('\t'));
        Ok(Self(counts.map(|(name, count)| (name.to_owned(), count.to_owned())).collect()))
    }

    /// Returns those of one contestant, or nothing for one that is not written in Rust.
    pub(crate) fn of(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}
