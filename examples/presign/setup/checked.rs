//! Values that go into the documents. What would mean more in them than it says is refused.

use std::str::FromStr;

use presign::Region;
use url::Url;

/// A name as stores give them.
#[derive(Clone)]
pub struct Bucket(String);

impl Bucket {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Bucket {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if !(3..=255).contains(&text.len()) || !text.chars().all(allowed) {
            return Err("a bucket name has 3 or more letters, digits, `.`, `-` and `_`");
        }
        Ok(Self(text.to_owned()))
    }
}

/// The start of keys: empty, or up to a slash.
#[derive(Clone)]
pub struct Prefix(String);

impl Prefix {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Prefix {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = |reason: &str| Err(reason.to_owned());
        if text.contains(['*', '?']) {
            return refuse("`*` and `?` are wildcards in a policy, and would allow other keys too");
        }
        if text.contains("${") {
            return refuse("`${` starts a variable in a policy, and would allow other keys");
        }
        // Source: the pattern of `PolicyDocument` in the API of IAM.
        if text.chars().any(|c| c.is_control() || c > '\u{ff}') {
            return refuse("a policy takes no control characters and none beyond Latin-1");
        }
        if text.starts_with('/') {
            return refuse("keys have no slash at their start");
        }
        if !text.is_empty() && !text.ends_with('/') {
            return Err(format!("it does not end with `/`, so it would allow keys that start with {text:?} by chance"));
        }
        Ok(Self(text.to_owned()))
    }
}

/// An origin, exactly as browsers write it.
#[derive(Clone)]
pub struct Origin(String);

impl Origin {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.contains('*') {
            return Err("`*` would let other pages use the URLs: name each origin".to_owned());
        }
        let not_an_origin = || "write it as https://app.example or http://localhost:3000".to_owned();
        let url = Url::parse(text).map_err(|_| not_an_origin())?;
        // More than DNS allows, such as a comma, could be read as more than one origin.
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '/' | '[' | ']');
        if !matches!(url.scheme(), "http" | "https") || !text.chars().all(allowed) {
            return Err(not_an_origin());
        }
        match url.origin().ascii_serialization() {
            origin if origin == text => Ok(Self(origin)),
            origin => Err(format!("browsers send it as {origin}")),
        }
    }
}

/// A header in lower case, as browsers ask for it.
pub fn header_name(text: &str) -> Result<String, &'static str> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if text.is_empty() || !text.chars().all(allowed) {
        return Err("a header name has letters, digits, `-` and `_`");
    }
    Ok(text.to_ascii_lowercase())
}

pub fn region(text: &str) -> Result<String, String> {
    Region::new(text).map(|region| region.as_str().to_owned()).map_err(|error| error.to_string())
}
