//! The versions that were built.

/// Returns the version of a package in the lock file. If there are several, this workspace depends on the highest, which
/// is the last.
pub(crate) fn version_of(package: &str) -> String {
    let mut lines = include_str!("../Cargo.lock").lines();
    let name = format!("name = \"{package}\"");
    let mut version = None;
    while let Some(line) = lines.next() {
        if line == name {
            version = lines.next().and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
        }
    }
    version.expect("in the lock file").to_owned()
}

#[cfg(test)]
mod tests {
    use super::version_of;

    #[test]
    fn the_highest_of_several() {
        assert!(version_of("sha2").starts_with("0.11."));
        assert_eq!(version_of("peers"), "0.0.0");
    }
}
