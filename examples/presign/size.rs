//! Sizes as people write them: `5MB`, `8MiB`.

const UNITS: [(&str, u64); 10] = [
    ("", 1),
    ("b", 1),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("tb", 1_000_000_000_000),
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("tib", 1 << 40),
];

/// A whole number of bytes, or with a unit: of powers of 1,000 (`MB`) or of 1,024 (`MiB`), in any letter case. A bare
/// `M` is neither.
pub fn parse(text: &str) -> Result<u64, String> {
    let not_a_size = || "write it as 1000, 500KB, 5MB (5000000 bytes) or 8MiB (8388608 bytes)".to_owned();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = unit.to_ascii_lowercase();
    let (_, bytes) = UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(not_a_size)?;
    let number: u64 = number.parse().map_err(|_| not_a_size())?;
    number.checked_mul(*bytes).ok_or_else(not_a_size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, bytes) in [
            ("0", 0),
            ("1000", 1_000),
            ("1B", 1),
            ("5MB", 5_000_000),
            ("5mb", 5_000_000),
            ("8MiB", 8 << 20),
            ("3GiB", 3 << 30),
            ("1TB", 1_000_000_000_000),
        ] {
            assert_eq!(parse(text), Ok(bytes), "{text}");
        }
        for text in ["", "MB", "5M", "5 MB", "-5MB", "1.5GB", "5MBit", "99999999999999999999", "18446744073709551615KB"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
