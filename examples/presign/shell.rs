//! Quoting for POSIX shells.

/// The text as one word, whatever it holds: in single quotes nothing is special but the quote itself.
pub fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out() {
        for (text, quoted) in [
            ("", "''"),
            ("plain", "'plain'"),
            ("a b $(x) `y` \\ \" !", "'a b $(x) `y` \\ \" !'"),
            ("it's", r"'it'\''s'"),
            ("'", r"''\'''"),
        ] {
            assert_eq!(quote(text), quoted);
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_shell_reads_what_was_quoted() {
        for text in ["it's $(x)", "'\"'\"'", "a\nb", "*;&|<>~#", "\\'", "é"] {
            let script = format!("printf %s {}", quote(text));
            let output = std::process::Command::new("sh").args(["-c", &script]).output().expect("a shell");
            assert_eq!(String::from_utf8(output.stdout).expect("UTF-8"), text);
        }
    }
}
