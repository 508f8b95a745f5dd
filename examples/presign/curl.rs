//! Ready commands. What the user has to replace is in capital letters: FILE.

use presign::PresignedRequest;
use presign::s3::{PlannedPart, PresignedPost};

use crate::shell::quote;

/// curl names a type for data, which was not asked for, if it is not told to leave it out.
const NO_CONTENT_TYPE: &str = "content-type:";

/// What the client sends, and what it does with the answer.
#[derive(Clone, Copy)]
pub enum Body {
    /// Nothing; the answer goes to a file.
    Download,
    /// Nothing; the answer is a status and headers.
    Headers,
    /// Nothing.
    Empty,
    /// A file.
    File,
    /// An XML document.
    Xml,
    /// The part with this number, in a file of its own.
    PartFile(u32),
    /// A part of a file.
    Part(PlannedPart),
}

pub fn request(signed: &PresignedRequest, body: Body) -> String {
    let method = signed.method().as_str();
    // With -T, curl puts the name of the file behind a URL that ends with a slash.
    let is_folder = signed.url().split('?').next().is_some_and(|path| path.ends_with('/'));
    let (mut command, content_type) = match body {
        Body::Download => ("curl --fail-with-body -o FILE".to_owned(), None),
        Body::Headers => ("curl --fail --head".to_owned(), None),
        Body::Empty if method == "POST" => {
            ("curl --fail-with-body -X POST --data-binary ''".to_owned(), Some(NO_CONTENT_TYPE))
        }
        Body::Empty => (format!("curl --fail-with-body -X {method}"), None),
        Body::File if is_folder => {
            (format!("curl --fail-with-body -X {method} --data-binary @FILE"), Some(NO_CONTENT_TYPE))
        }
        Body::File => ("curl --fail-with-body -T FILE".to_owned(), None),
        Body::Xml => {
            (format!("curl --fail-with-body -X {method} --data-binary @FILE"), Some("content-type: application/xml"))
        }
        // The ETag of the answer completes the upload.
        Body::PartFile(number) => (format!("curl --fail-with-body -D - -T FILE.{number}"), None),
        Body::Part(part) => {
            let (first, length) = (part.offset() + 1, part.content_length());
            let cut = format!("tail -c +{first} FILE | head -c {length}");
            (format!("{cut} | curl --fail-with-body -D - -X {method} --data-binary @-"), Some(NO_CONTENT_TYPE))
        }
    };
    // curl counts the bytes itself, and a store refuses another number than the signed one.
    for (name, value) in signed.headers().filter(|(name, _)| *name != "content-length") {
        command.extend([" -H ", &header(name, value)]);
    }
    if let Some(content_type) = content_type.filter(|_| signed.headers().all(|(name, _)| name != "content-type")) {
        command.extend([" -H ", &quote(content_type)]);
    }
    command.extend([" ", &quote(signed.url()), "\n"]);
    command
}

/// The fields as they are: `-F` would read a leading `@` or `<` as the name of a file.
pub fn form(form: &PresignedPost) -> String {
    let mut fields = String::new();
    for (name, value) in form.fields() {
        fields.extend(["  --form-string ", &quote(&format!("{name}={value}")), " \\\n"]);
    }
    format!("curl --fail-with-body \\\n{fields}  -F 'file=@FILE' \\\n  {}\n", quote(form.url()))
}

/// With a colon and no value, curl would leave the header out.
fn header(name: &str, value: &str) -> String {
    quote(&if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") })
}
