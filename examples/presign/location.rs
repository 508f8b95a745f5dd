//! `s3://bucket/key`.

use std::str::FromStr;

/// A bucket, or the ARN of an access point, and a key or the start of one. Nothing in it is percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    pub bucket: String,
    pub key: String,
}

impl FromStr for Location {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix("s3://").ok_or("write it as s3://bucket/key")?;
        let is_arn = rest.starts_with("arn:");
        let length = if is_arn { arn_length(rest) } else { rest.find('/').unwrap_or(rest.len()) };
        let (bucket, key) = rest.split_at(length);
        if bucket.is_empty() {
            return Err("it has no bucket: write it as s3://bucket/key".to_owned());
        }
        Ok(Self { bucket: bucket.to_owned(), key: key.strip_prefix('/').unwrap_or(key).to_owned() })
    }
}

/// An object: with a key.
pub fn object(text: &str) -> Result<Location, String> {
    let location: Location = text.parse()?;
    if location.key.is_empty() {
        return Err("it has no key: write it as s3://bucket/key".to_owned());
    }
    Ok(location)
}

/// The end of an ARN such as `arn:aws:s3:eu-west-1:123456789012:accesspoint/name`, in front of `/key`.
fn arn_length(text: &str) -> usize {
    let resource_start = text.match_indices(':').nth(4).map_or(text.len(), |(colon, _)| colon + 1);
    let resource = text.get(resource_start..).unwrap_or_default();
    // `outpost/id/accesspoint/name` and `accesspoint/name`
    let separators = if resource.starts_with("outpost") { 3 } else { 1 };
    let end = resource.match_indices([':', '/']).nth(separators);
    end.map_or(text.len(), |(slash, _)| resource_start + slash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_and_keys() {
        let point = "arn:aws:s3:us-west-2:123456789012:accesspoint";
        let outpost = "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/media";
        for (text, bucket, key) in [
            ("s3://media/a.png", "media", "a.png"),
            ("s3://media//a?b#c%20 d/", "media", "/a?b#c%20 d/"),
            ("s3://media/", "media", ""),
            ("s3://media", "media", ""),
            (&format!("s3://{point}/media/a/b.png"), &format!("{point}/media"), "a/b.png"),
            (&format!("s3://{point}:media/a.png"), &format!("{point}:media"), "a.png"),
            (&format!("s3://{outpost}/a.png"), outpost, "a.png"),
            (&format!("s3://{outpost}"), outpost, ""),
            ("s3://arn:aws:s3", "arn:aws:s3", ""),
        ] {
            let expected = Location { bucket: bucket.to_owned(), key: key.to_owned() };
            assert_eq!(text.parse(), Ok(expected.clone()), "{text}");
            assert_eq!(object(text).is_ok(), !key.is_empty(), "{text}");
        }
        for text in ["", "media/a.png", "s3:/media/a", "S3://media/a", "s3://", "s3:///a.png"] {
            assert!(text.parse::<Location>().is_err(), "{text}");
        }
    }
}
