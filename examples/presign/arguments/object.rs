//! The commands for an object.

use clap::Args;

use crate::arguments::Signing;
use crate::location::{self, Location};

#[derive(Args)]
#[command(after_help = "\
Examples:
  presign get s3://user-media/reports/2024.pdf --expires 7d
  presign get s3://user-media/reports/2024.pdf --response-content-disposition 'attachment; filename=\"report.pdf\"'
  presign get s3://user-media/a.txt --query versionId=3HL4kqtJlcpXroDTDmJ
  curl --fail-with-body \"$(presign get s3://user-media/a.txt)\"")]
pub struct Get {
    /// Object, with its key as plain text
    #[arg(value_name = "s3://BUCKET/KEY", value_parser = location::object)]
    pub object: Location,

    /// Content-Type of the answer, instead of the object's
    #[arg(long, value_name = "TYPE")]
    pub response_content_type: Option<String>,

    /// Content-Disposition of the answer: `attachment; filename="a.pdf"` makes a browser save it
    #[arg(long, value_name = "VALUE")]
    pub response_content_disposition: Option<String>,

    #[command(flatten)]
    pub signing: Signing,
}

#[derive(Args)]
#[command(after_help = "\
What is given here is signed: the client has to send the same headers. What is not given is free: any type, any size.

Examples:
  presign put s3://user-media/users/42/avatar.png --content-type image/png --output curl
  presign put s3://user-media/users/42/avatar.png --content-type image/png --content-length 48213 --output json
  presign put s3://user-media/new.txt --header 'if-none-match: *'      # only if there is no such object yet
  curl -T avatar.png -H 'content-type: image/png' \"$(presign put s3://user-media/a.png --content-type image/png)\"")]
pub struct Put {
    /// Object, with its key as plain text
    #[arg(value_name = "s3://BUCKET/KEY", value_parser = location::object)]
    pub object: Location,

    /// Type of the object, which the client has to send
    #[arg(long, value_name = "TYPE")]
    pub content_type: Option<String>,

    /// Exact size of the object in bytes; for a limit, see `presign post`
    #[arg(long, value_name = "BYTES")]
    pub content_length: Option<u64>,

    #[command(flatten)]
    pub signing: Signing,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  presign head s3://user-media/a.txt --output curl
  curl --head \"$(presign head s3://user-media/a.txt)\"      # a URL of `presign get` answers no HEAD")]
pub struct Head {
    /// Object, with its key as plain text
    #[arg(value_name = "s3://BUCKET/KEY", value_parser = location::object)]
    pub object: Location,

    #[command(flatten)]
    pub signing: Signing,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  presign delete s3://user-media/a.txt --expires 60s
  curl --fail-with-body -X DELETE \"$(presign delete s3://user-media/a.txt)\"")]
pub struct Delete {
    /// Object, with its key as plain text
    #[arg(value_name = "s3://BUCKET/KEY", value_parser = location::object)]
    pub object: Location,

    #[command(flatten)]
    pub signing: Signing,
}
