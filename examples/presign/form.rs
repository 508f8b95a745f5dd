//! The command for uploads from HTML forms.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use presign::s3::{AddressingStyle, PostForms, PostPolicy, PresignedPost};

use crate::arguments::{Post, PostOutput};
use crate::curl;
use crate::failure::Failure;
use crate::grant::{self, Grant};
use crate::printed::Printed;
use crate::session::Session;

pub fn post(arguments: &Post) -> Result<Printed, Failure> {
    let session = Session::open(&arguments.store, &arguments.life, &arguments.location.bucket)?;
    let form = session.presigner.presign_post_at(&policy(arguments), session.expires, session.now)?;
    let mut printed = session.print(match arguments.output {
        PostOutput::Json => grant::to_lines(&Grant::of_form(&form))?,
        PostOutput::Curl => curl::form(&form),
        PostOutput::Html => form.to_html(),
    });
    if session.store.post_forms() == PostForms::Unknown {
        printed.note(&format!("{} is not known to take forms", session.store.name()));
    }
    if arguments.explain {
        printed.notes.extend(["policy:\n", &policy_text(&form)?, "\n"]);
    }
    Ok(printed)
}

fn policy(arguments: &Post) -> PostPolicy<'_> {
    let key = &*arguments.location.key;
    let is_prefix = arguments.key_prefix || key.is_empty() || key.ends_with('/');
    let mut policy = if is_prefix { PostPolicy::with_key_prefix(key) } else { PostPolicy::new(key) };
    // Otherwise the presigner has the bucket.
    if arguments.store.addressing_style == Some(AddressingStyle::BucketEndpoint) {
        policy = policy.bucket(&arguments.location.bucket);
    }
    if let Some(content_type) = &arguments.content_type {
        policy = policy.content_type(content_type);
    }
    if let Some(max_size) = arguments.max_size {
        policy = policy.content_length_range(arguments.min_size.unwrap_or(0)..=max_size);
    }
    arguments.fields.iter().fold(policy, |policy, (name, value)| policy.eq(name, value))
}

/// The policy as the store reads it.
fn policy_text(form: &PresignedPost) -> Result<String, Failure> {
    let base64 = form.fields().find(|(name, _)| *name == "Policy").map(|(_, policy)| policy);
    let json = base64.and_then(|base64| STANDARD.decode(base64).ok()).and_then(|json| String::from_utf8(json).ok());
    json.ok_or_else(|| Failure::new("the form has no policy"))
}
