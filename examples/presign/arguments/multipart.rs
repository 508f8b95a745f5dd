//! The commands for a multipart upload.

use clap::{ArgGroup, Args, value_parser};

use crate::arguments::{Life, Output, Signing, StoreOptions};
use crate::location::{self, Location};
use crate::size;

#[derive(Args)]
#[command(after_help = "\
One line for each part: its number, a tab, and the URL. Upload them in any order, keep the ETag of each answer, and
complete the upload with them.

Examples:
  presign create-upload s3://user-media/videos/42.mp4 --content-type video/mp4 --output curl      # its answer: UploadId
  presign parts s3://user-media/videos/42.mp4 --upload-id VXBsb2FkIElE --size 20MB
  presign parts s3://user-media/videos/42.mp4 --upload-id VXBsb2FkIElE --size 20MB --part-size 10MiB --output curl
  presign parts s3://user-media/videos/42.mp4 --upload-id VXBsb2FkIElE --count 3
  presign complete-upload s3://user-media/videos/42.mp4 --upload-id VXBsb2FkIElE --output curl")]
#[command(group = ArgGroup::new("amount").args(["size", "count"]).required(true))]
pub struct Parts {
    /// Object, with its key as plain text
    #[arg(value_name = "s3://BUCKET/KEY", value_parser = location::object)]
    pub object: Location,

    /// Id from the answer to `create-upload`
    #[arg(long, value_name = "ID")]
    pub upload_id: String,

    /// Size of the object: each URL is for a part of exactly its length
    #[arg(long, value_name = "SIZE", value_parser = size::parse)]
    pub size: Option<u64>,

    /// Number of parts of any length
    #[arg(long, value_name = "NUMBER", value_parser = value_parser!(u32).range(1..=10_000))]
    pub count: Option<u32>,

    /// Size of all parts but the last, from 5MiB to 5GiB [default: 8MiB, or more for more than 10,000 parts]
    #[arg(long, value_name = "SIZE", value_parser = size::parse, conflicts_with = "count")]
    pub part_size: Option<u64>,

    #[command(flatten)]
    pub life: Life,

    /// What is printed for each part; `json` is one object a line
    #[arg(long, value_name = "FORM", default_value = "url")]
    pub output: Output,

    #[command(flatten)]
    pub store: StoreOptions,
}

#[derive(Args)]
#[command(after_help = "\
Example:
  presign create-upload s3://user-media/videos/42.mp4 --content-type video/mp4 --output curl")]
pub struct CreateUpload {
    /// Object, with its key as plain text
    #[arg(value_name = "s3://BUCKET/KEY", value_parser = location::object)]
    pub object: Location,

    /// Type of the object, which the client has to send
    #[arg(long, value_name = "TYPE")]
    pub content_type: Option<String>,

    #[command(flatten)]
    pub signing: Signing,
}

#[derive(Args)]
#[command(after_help = "\
The body lists the parts, in the order of their numbers, with the ETag of each answer:
  <CompleteMultipartUpload>
    <Part><PartNumber>1</PartNumber><ETag>\"0cc175b9c0f1b6a831c399e269772661\"</ETag></Part>
  </CompleteMultipartUpload>
An answer of 200 can hold an error: read it.

Example:
  presign complete-upload s3://user-media/videos/42.mp4 --upload-id VXBsb2FkIElE --output curl")]
pub struct CompleteUpload {
    #[command(flatten)]
    pub upload: Upload,
}

#[derive(Args)]
#[command(after_help = "\
Example:
  presign abort-upload s3://user-media/videos/42.mp4 --upload-id VXBsb2FkIElE --output curl")]
pub struct AbortUpload {
    #[command(flatten)]
    pub upload: Upload,
}

/// A multipart upload.
#[derive(Args)]
pub struct Upload {
    /// Object, with its key as plain text
    #[arg(value_name = "s3://BUCKET/KEY", value_parser = location::object)]
    pub object: Location,

    /// Id from the answer to `create-upload`
    #[arg(long = "upload-id", value_name = "ID")]
    pub id: String,

    #[command(flatten)]
    pub signing: Signing,
}
