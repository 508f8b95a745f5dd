//! Durations as people write them: `15m`, `1h30m`, `7d`.

use std::time::Duration;

/// Each unit with its seconds, in the order in which they may stand.
const UNITS: [(char, u64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// Whole numbers with a unit each, the largest unit first. There is no default unit: 15 may be seconds or minutes.
pub fn parse(text: &str) -> Result<Duration, String> {
    let not_a_duration = || "write it as 90s, 15m, 12h, 7d or 1h30m".to_owned();
    let mut seconds: u64 = 0;
    let mut units = UNITS.iter();
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(not_a_duration)?;
        let (number, behind) = rest.split_at(digits);
        let mut behind = behind.chars();
        let unit = behind.next();
        // What was passed over cannot come again.
        let (_, unit_seconds) = units.find(|(name, _)| Some(*name) == unit).ok_or_else(not_a_duration)?;
        let number: u64 = number.parse().map_err(|_| not_a_duration())?;
        seconds =
            number.checked_mul(*unit_seconds).and_then(|more| seconds.checked_add(more)).ok_or_else(not_a_duration)?;
        rest = behind.as_str();
    }
    // The library has the limits of the expiry, but for the text that says nothing.
    if text.is_empty() { Err(not_a_duration()) } else { Ok(Duration::from_secs(seconds)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (text, seconds) in [
            ("1s", 1),
            ("0s", 0),
            ("15m", 900),
            ("12h", 43_200),
            ("7d", 604_800),
            ("1h30m", 5_400),
            ("1d2h3m4s", 93_784),
            ("90m", 5_400),
        ] {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in [
            "",
            "15",
            "m",
            "15 m",
            "15M",
            "1m1h",
            "1m1m",
            "-1m",
            "+1m",
            "1.5h",
            "1h30",
            "99999999999999999999s",
            "213503982334602d",
            "1µs",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
