//! Names with values: `name: value` and `name=value`.

/// A header, as it is written in HTTP. White space around the value is none of it.
pub fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("write it as 'name: value'")?;
    Ok((name.to_owned(), value.trim_matches([' ', '\t']).to_owned()))
}

/// A query parameter or a field of a form. The value may have `=`.
pub fn assignment(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as name=value")?;
    Ok((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values() {
        let pair = |name: &str, value: &str| Ok((name.to_owned(), value.to_owned()));
        assert_eq!(header("x-amz-meta-a:  b: c \t"), pair("x-amz-meta-a", "b: c"));
        assert_eq!(header("x:"), pair("x", ""));
        assert!(header("x=y").is_err());
        assert_eq!(assignment("a=b=c "), pair("a", "b=c "));
        assert_eq!(assignment("acl="), pair("acl", ""));
        assert!(assignment("acl").is_err());
    }
}
