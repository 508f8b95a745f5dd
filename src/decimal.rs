//! Numbers as text, without an allocation.

use alloc::string::String;

/// Appends the decimal digits of a number.
#[inline]
pub(crate) fn put(number: u64, out: &mut String) {
    if number >= 10 {
        put(number / 10, out);
    }
    let [digit, ..] = (number % 10).to_le_bytes();
    out.push(char::from(b'0' + digit));
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn as_display_writes_them() {
        for number in [0, 1, 9, 10, 99, 100, 604_800, u64::MAX - 1, u64::MAX] {
            let mut text = String::new();
            put(number, &mut text);
            assert_eq!(text, number.to_string());
        }
    }
}
