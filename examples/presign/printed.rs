//! What a command prints, all at once: half of it would be of no use.

use std::io::{self, ErrorKind, Write as _};

use crate::failure::Failure;

#[derive(Default)]
pub struct Printed {
    /// For standard output.
    pub result: String,
    /// For standard error.
    pub notes: String,
}

impl Printed {
    pub fn write(&self) -> Result<(), Failure> {
        to_stderr(&self.notes);
        let mut output = io::stdout().lock();
        match output.write_all(self.result.as_bytes()).and_then(|()| output.flush()) {
            // Whoever reads has enough, such as `head`.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Failure::new(format!("standard output cannot be written: {}", error.kind()))),
            Ok(()) => Ok(()),
        }
    }

    /// Adds a line for standard error.
    pub fn note(&mut self, text: &str) {
        self.notes.extend(["presign: note: ", text, "\n"]);
    }
}

/// If nobody can read it, there is nobody to tell.
pub fn to_stderr(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
