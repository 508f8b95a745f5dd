//! The arguments, and the help that explains them.

mod form;
mod multipart;
mod object;
mod shared;
mod token;
mod why;

use clap::{Parser, Subcommand};

use crate::setup::Setup;

pub use form::{Post, PostOutput};
pub use multipart::{AbortUpload, CompleteUpload, CreateUpload, Parts, Upload};
pub use object::{Delete, Get, Head, Put};
pub use shared::{Life, Output, Signing, StoreOptions};
pub use token::{TokenArguments, TokenOptions, TokenOutput, TokenService};
pub use why::Why;

const CREDENTIALS_HELP: &str = "\
Credentials, region and endpoint come from where the AWS command line has them:
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN (and AWS_CREDENTIAL_EXPIRATION, the end of the URL's life)
  AWS_REGION or AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL
  --profile or AWS_PROFILE in ~/.aws/credentials and ~/.aws/config (AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE)
Profiles are read for static keys, region and endpoint_url. For SSO, roles and processes, let the AWS command line fill
the environment first:
  eval \"$(aws configure export-credentials --profile NAME --format env)\"
There is no option for a secret: other users of the machine could read it in the list of processes.

Exit codes: 0 done, 1 cannot be signed (one line on standard error: `presign: error: ...`), 2 wrong arguments.";

const EXAMPLES: &str = "\
Examples:
  presign get s3://user-media/users/42/avatar.png
  presign put s3://user-media/users/42/avatar.png --content-type image/png --expires 1h --output curl
  presign post s3://user-media/users/42/ --max-size 5MB --output html > form.html
  presign get s3://user-media/a.txt --store minio --endpoint http://localhost:9000
  presign setup --bucket user-media --prefix users/ --origin https://app.example
  presign token rds --host prod.abc123.eu-west-1.rds.amazonaws.com --port 5432 --user app

`presign COMMAND --help` has more.";

/// Presigned URLs for S3 and compatible stores, offline: whoever has the URL can make this one request until it
/// expires, and needs no credentials.
#[derive(Parser)]
#[command(name = "presign", version, after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{CREDENTIALS_HELP}"))]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Download an object
    Get(Get),
    /// Upload an object
    Put(Put),
    /// Ask for the headers of an object
    Head(Head),
    /// Delete an object
    Delete(Delete),
    /// Upload from an HTML form, with a limit of the size
    Post(Post),
    /// Upload the parts of a multipart upload
    Parts(Parts),
    /// Start a multipart upload: the answer has the upload id
    CreateUpload(CreateUpload),
    /// Make the object from the uploaded parts
    CompleteUpload(CompleteUpload),
    /// Delete the uploaded parts
    AbortUpload(AbortUpload),
    /// Print the access policy and the CORS rule that uploads from a browser need
    Setup(Setup),
    /// Sign a password or a token of another service: RDS, Aurora DSQL, ElastiCache, EKS and more
    Token(TokenArguments),
    /// Explain why a store refused a URL
    Why(Why),
}
