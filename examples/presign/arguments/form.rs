//! The command for a form.

use clap::{Args, ValueEnum};

use crate::arguments::{Life, StoreOptions};
use crate::location::Location;
use crate::{pair, size};

#[derive(Args)]
#[command(after_help = "\
A key that ends with `/`, or none, is a prefix: the form asks for the prefix and the name of the file.

Examples:
  presign post s3://user-media/users/42/avatar.png --content-type image/png --max-size 5MB
  presign post s3://user-media/users/42/ --max-size 5MB --output html > form.html
  presign post s3://user-media/users/42/avatar- --key-prefix --min-size 1 --max-size 5MB --output curl
  presign post s3://user-media/a.txt --field success_action_status=201")]
pub struct Post {
    /// Object or prefix, as plain text
    #[arg(value_name = "s3://BUCKET/[KEY]")]
    pub location: Location,

    /// Take the key as a prefix, also without `/` at its end
    #[arg(long)]
    pub key_prefix: bool,

    /// Type of the object, which the form has to send
    #[arg(long, value_name = "TYPE")]
    pub content_type: Option<String>,

    /// Largest file: 5MB is 5000000 bytes, 5MiB is 5242880
    #[arg(long, value_name = "SIZE", value_parser = size::parse)]
    pub max_size: Option<u64>,

    /// Smallest file
    #[arg(long, value_name = "SIZE", value_parser = size::parse, requires = "max_size")]
    pub min_size: Option<u64>,

    /// Field with the condition that it has this value: `name=value`, repeatable
    #[arg(long = "field", value_name = "FIELD", value_parser = pair::assignment)]
    pub fields: Vec<(String, String)>,

    #[command(flatten)]
    pub life: Life,

    /// What is printed
    #[arg(long, value_name = "FORM", default_value = "json")]
    pub output: PostOutput,

    /// Print the policy, which is what is signed, on standard error too
    #[arg(long)]
    pub explain: bool,

    #[command(flatten)]
    pub store: StoreOptions,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum PostOutput {
    /// `{method, url, headers, fields, forbidden_headers, expires_at}`
    Json,
    /// A command to run, with FILE for yours
    Curl,
    /// The form, for a page in UTF-8
    Html,
}
