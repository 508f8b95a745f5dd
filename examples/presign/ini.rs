//! The files of the AWS command line: `~/.aws/credentials` and `~/.aws/config`.
//!
//! Source: [Shared config and credentials files](https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html).

/// The settings of a file, section by section. It borrows from the text, so that a secret in it is not copied.
pub struct Ini<'a> {
    settings: Vec<Setting<'a>>,
    sections: Vec<&'a str>,
}

/// A setting as it was written.
struct Setting<'a> {
    section: &'a str,
    /// The setting that it is nested in, or nothing.
    parent: &'a str,
    name: &'a str,
    value: &'a str,
}

impl<'a> Ini<'a> {
    /// Reads a file.
    ///
    /// # Errors
    /// The number of the first line that is neither a section nor a setting. Its text may be a secret.
    pub fn parse(text: &'a str) -> Result<Self, usize> {
        let mut ini = Self { settings: Vec::new(), sections: Vec::new() };
        let mut parent = "";
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
                parent = "";
                continue;
            }
            let section = *ini.sections.last().ok_or(index + 1)?;
            let setting = line.split_once('=').map(|(name, value)| (name.trim_end(), without_comment(value).trim()));
            match setting {
                Some((name, value)) if is_nested => ini.settings.push(Setting { section, parent, name, value }),
                // The next line of a value.
                None if is_nested => {}
                Some((name, value)) => {
                    ini.settings.push(Setting { section, parent: "", name, value });
                    parent = name;
                }
                None => return Err(index + 1),
            }
        }
        Ok(ini)
    }

    /// Whether the profile is there: `[name]`, or in the configuration file `[profile name]`.
    pub fn has_profile(&self, profile: &str) -> bool {
        self.sections.iter().any(|section| is_of_profile(section, profile))
    }

    /// The last value of a setting of a profile that is not empty.
    pub fn get(&self, profile: &str, name: &str) -> Option<&'a str> {
        self.last(|it| is_of_profile(it.section, profile) && it.parent.is_empty() && it.name.eq_ignore_ascii_case(name))
    }

    /// The last value of a setting for a service that is not empty, in a section `[services NAME]`.
    pub fn get_of_service(&self, services: &str, service: &str, name: &str) -> Option<&'a str> {
        self.last(|it| {
            let is_in = after_kind(it.section, "services").is_some_and(|rest| is_named(rest, services));
            is_in && it.parent == service && it.name.eq_ignore_ascii_case(name)
        })
    }

    fn last(&self, is_it: impl Fn(&Setting<'_>) -> bool) -> Option<&'a str> {
        self.settings.iter().rev().find(|setting| !setting.value.is_empty() && is_it(setting)).map(|it| it.value)
    }
}

fn is_of_profile(section: &str, profile: &str) -> bool {
    is_named(after_kind(section, "profile").unwrap_or(section), profile)
}

/// The name in `[kind name]`.
fn after_kind<'s>(section: &'s str, kind: &str) -> Option<&'s str> {
    section.strip_prefix(kind).filter(|rest| rest.starts_with(char::is_whitespace)).map(str::trim)
}

fn is_named(name: &str, expected: &str) -> bool {
    let unquoted = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    unquoted.unwrap_or(name) == expected
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
[services mine]
s3 =
  endpoint_url = http://localhost:9000 # a comment
sqs =
  endpoint_url = http://localhost:9001
";
        let ini = Ini::parse(text).unwrap();
        assert_eq!(ini.get("default", "aws_access_key_id"), Some("AKIDEFAULT"));
        assert_eq!(ini.get("default", "aws_secret_access_key"), Some("a/b+c=#d"));
        assert_eq!(ini.get("default", "region"), Some("eu-west-1"));
        assert_eq!(ini.get("dev", "aws_access_key_id"), Some("AKIDEV"));
        assert_eq!(ini.get("dev", "region"), None);
        assert_eq!(ini.get("dev", "output"), Some("text"));
        assert_eq!(ini.get("two words", "region"), Some("eu-north-1"));
        assert_eq!(ini.get_of_service("mine", "s3", "endpoint_url"), Some("http://localhost:9000"));
        assert_eq!(ini.get_of_service("mine", "ec2", "endpoint_url"), None);
        assert_eq!(ini.get_of_service("other", "s3", "endpoint_url"), None);
        assert_eq!(ini.get("mine", "endpoint_url"), None);
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
