//! The files of the AWS command line: `~/.aws/credentials` and `~/.aws/config`.
//!
//! Source: [Shared config and credentials files](https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html).

/// The settings of a file, section by section. It borrows from the text, so that a secret in it is not copied.
pub struct Ini<'a> {
    /// Section, name, value; names are as they were written.
    settings: Vec<(&'a str, &'a str, &'a str)>,
    sections: Vec<&'a str>,
}

impl<'a> Ini<'a> {
    /// Reads a file.
    ///
    /// # Errors
    /// The number of the first line that is neither a section nor a setting. Its text may be a secret.
    pub fn parse(text: &'a str) -> Result<Self, usize> {
        let mut ini = Self { settings: Vec::new(), sections: Vec::new() };
        // Editors on Windows write a byte order mark.
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let is_nested = line.starts_with([' ', '\t']);
            let line = line.trim();
            if line.is_empty() || line.starts_with(['#', ';']) {
                continue;
            }
            if let Some(rest) = line.strip_prefix('[').filter(|_| !is_nested) {
                let (name, _) = rest.split_once(']').ok_or(index + 1)?;
                ini.sections.push(name.trim());
                continue;
            }
            let section = *ini.sections.last().ok_or(index + 1)?;
            // What is indented belongs to the setting above, such as `s3`: nothing that is used here.
            if !is_nested {
                let (name, value) = line.split_once('=').ok_or(index + 1)?;
                ini.settings.push((section, name.trim_end(), without_comment(value).trim()));
            }
        }
        Ok(ini)
    }

    /// Whether the profile is there: `[name]`, or in the configuration file `[profile name]`.
    pub fn has_profile(&self, profile: &str) -> bool {
        self.sections.iter().any(|section| is_of_profile(section, profile))
    }

    /// The last value of a setting that is not empty.
    pub fn get(&self, profile: &str, name: &str) -> Option<&'a str> {
        let is_it = |(section, other, value): &&(&str, &str, &str)| {
            is_of_profile(section, profile) && other.eq_ignore_ascii_case(name) && !value.is_empty()
        };
        self.settings.iter().rev().find(is_it).map(|(_, _, value)| *value)
    }
}

fn is_of_profile(section: &str, profile: &str) -> bool {
    let name = match section.strip_prefix("profile") {
        Some(rest) if rest.starts_with(char::is_whitespace) => rest.trim(),
        _ => section,
    };
    let unquoted = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    unquoted.unwrap_or(name) == profile
}

/// A comment behind a value has white space in front.
fn without_comment(value: &str) -> &str {
    let starts = [" #", " ;", "\t#", "\t;"];
    let end = starts.iter().filter_map(|start| value.find(start)).min();
    end.and_then(|end| value.get(..end)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_aws_command_line_writes() {
        let text = "\
\u{feff}# a comment
[default]
aws_access_key_id = AKIDEFAULT
aws_secret_access_key=a/b+c=#d
region = eu-west-1 # Ireland

[profile dev]\r
  # indented comment
AWS_ACCESS_KEY_ID = AKIDEV\r
s3 =
    max_concurrent_requests = 20
    region = nested
region =
[ profile\t\"two words\" ] ; behind
region = eu-north-1
[profiles]
region = none
[dev]
output = json
output = text
";
        let ini = Ini::parse(text).unwrap();
        assert_eq!(ini.get("default", "aws_access_key_id"), Some("AKIDEFAULT"));
        assert_eq!(ini.get("default", "aws_secret_access_key"), Some("a/b+c=#d"));
        assert_eq!(ini.get("default", "region"), Some("eu-west-1"));
        assert_eq!(ini.get("dev", "aws_access_key_id"), Some("AKIDEV"));
        assert_eq!(ini.get("dev", "region"), None);
        assert_eq!(ini.get("dev", "output"), Some("text"));
        assert_eq!(ini.get("two words", "region"), Some("eu-north-1"));
        assert!(ini.has_profile("profiles") && ini.has_profile("dev"));
        assert!(!ini.has_profile("s") && !ini.has_profile("other"));
    }

    #[test]
    fn lines_that_are_neither_section_nor_setting() {
        for (text, line) in [("x = 1\n", 1), ("[a]\nx\n", 2), ("\n\n[a\n", 3), ("[a]\n# y\n= \nz", 4)] {
            assert_eq!(Ini::parse(text).err(), Some(line), "{text:?}");
        }
        assert!(Ini::parse("").is_ok_and(|ini| !ini.has_profile("default")));
    }
}
