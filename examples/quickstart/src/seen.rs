//! The row of a run in the table of `docs/stores.md`.

use std::error::Error;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use presign::Timestamp;

/// One row: when, which store, which version of it, and what ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    row: String,
}

impl Seen {
    /// The row of a run that ended now.
    ///
    /// # Errors
    /// The system's clock is outside the years 1970 to 9999.
    pub(crate) fn now(store: &str, version: &str, what: &str) -> Result<Self, Box<dyn Error>> {
        let now = Timestamp::now()?.to_string();
        let day = now.split('T').next().unwrap_or_default();
        // A server may call itself anything.
        let cell = |text: &str| text.replace('|', "/");
        Ok(Self { row: format!("| {day} | {} | {} | {what} |", cell(store), cell(version)) })
    }

    /// The row as Markdown, without a line break.
    #[must_use]
    pub fn row(&self) -> &str {
        &self.row
    }

    /// Appends the row to a file that ends with the table.
    ///
    /// # Errors
    /// Those of the file.
    pub fn append_to(&self, path: impl AsRef<Path>) -> Result<(), Box<dyn Error>> {
        let mut file = OpenOptions::new().append(true).open(path)?;
        Ok(writeln!(file, "{}", self.row)?)
    }
}
