//! The command that prints what a bucket needs before a browser can use presigned URLs: an access policy for whoever
//! signs, and a CORS rule for the page.

mod checked;
mod cors;
mod policy;

use clap::{Args, ValueEnum};

use crate::failure::Failure;
use crate::grant;
use crate::printed::Printed;
use crate::setup::checked::{Bucket, Origin, Prefix};

#[derive(Args)]
#[command(after_help = "\
Without --only, headings say where each document goes. The guide is docs/setup.md in the repository of the crate.

Examples:
  presign setup --bucket user-media --prefix users/ --origin https://app.example
  presign setup --bucket user-media --prefix users/ --only policy > policy.json
  presign setup --bucket user-media --origin https://app.example --origin http://localhost:3000 --only cors > cors.json
  presign setup --bucket user-media --origin https://app.example --store r2")]
pub struct Setup {
    /// Bucket
    #[arg(long, value_name = "NAME")]
    bucket: Bucket,

    /// Start of the keys that may be read and written, such as `users/`; without it, the whole bucket
    #[arg(long, value_name = "PREFIX", default_value = "", hide_default_value = true)]
    prefix: Prefix,

    /// Origin of the page, such as `https://app.example`, repeatable
    #[arg(long = "origin", value_name = "ORIGIN", required_unless_present = "only", required_if_eq("only", "cors"))]
    origins: Vec<Origin>,

    /// Further header that the page sends, such as `x-amz-meta-user`, repeatable
    #[arg(long = "header", value_name = "NAME", value_parser = checked::header_name)]
    headers: Vec<String>,

    /// Store
    #[arg(long, value_name = "STORE", default_value = "aws")]
    store: Store,

    /// Region of the bucket: those of China and GovCloud have other ARNs
    #[arg(long, value_name = "NAME", value_parser = checked::region)]
    region: Option<String>,

    /// Allow to list the parts of an upload, and to abort it
    #[arg(long)]
    multipart: bool,

    /// Print only this document
    #[arg(long, value_name = "DOCUMENT")]
    only: Option<Only>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Store {
    /// Amazon S3
    Aws,
    /// `MinIO`
    Minio,
    /// Cloudflare R2
    R2,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    /// The access policy
    Policy,
    /// The CORS rule
    Cors,
}

pub fn setup(arguments: &Setup) -> Result<Printed, Failure> {
    if arguments.region.is_some() && arguments.store != Store::Aws {
        return Err(Failure::new("--region is for --store aws: ARNs of other stores have none"));
    }
    let mut result = String::new();
    if arguments.only != Some(Only::Cors) {
        put_policy(&mut result, arguments)?;
    }
    if arguments.only.is_none() {
        result.push('\n');
    }
    if arguments.only != Some(Only::Policy) {
        put_cors(&mut result, arguments)?;
    }
    Ok(Printed { result, ..Printed::default() })
}

fn put_policy(result: &mut String, arguments: &Setup) -> Result<(), Failure> {
    let heading = match arguments.store {
        Store::Aws => {
            "# The policy of the user or role that signs: save it as policy.json, then\n\
             # aws iam put-user-policy --user-name USER --policy-name presign --policy-document file://policy.json\n"
        }
        Store::Minio => {
            "# The policy of the user that signs: save it as policy.json, then\n\
             # mc admin policy create ALIAS presign policy.json && mc admin policy attach ALIAS presign --user USER\n"
        }
        Store::R2 if arguments.only.is_some() => {
            return Err(Failure::new(
                "R2 has no policy documents: create an API token with the permission Object Read & Write for the bucket",
            ));
        }
        Store::R2 => {
            let bucket = arguments.bucket.as_str();
            result.extend([
                "# Instead of a policy: an R2 API token with the permission Object Read & Write, only for ",
                bucket,
                ".\n# It is for all keys of the bucket: the server that signs has to see to prefixes.\n",
            ]);
            return Ok(());
        }
    };
    if arguments.only.is_none() {
        result.push_str(heading);
    }
    result.push_str(&grant::to_lines(&policy::Policy::new(
        arguments.region.as_deref(),
        &arguments.bucket,
        &arguments.prefix,
        arguments.multipart,
    ))?);
    Ok(())
}

fn put_cors(result: &mut String, arguments: &Setup) -> Result<(), Failure> {
    let bucket = arguments.bucket.as_str();
    let heading = match arguments.store {
        Store::Aws => format!(
            "# The CORS rule of the bucket: save it as cors.json, then\n\
             # aws s3api put-bucket-cors --bucket {bucket} --cors-configuration file://cors.json\n"
        ),
        Store::Minio => {
            "# CORS is a setting of the whole server: put this line into its environment, and start it anew\n"
                .to_owned()
        }
        Store::R2 => format!(
            "# The CORS rule of the bucket: save it as cors.json, then\n\
             # npx wrangler r2 bucket cors set {bucket} --file cors.json\n"
        ),
    };
    if arguments.only.is_none() {
        result.push_str(&heading);
    }
    let rule = cors::Rule::new(&arguments.origins, &arguments.headers);
    result.push_str(&match arguments.store {
        Store::Aws => grant::to_lines(&rule.for_aws())?,
        Store::Minio => rule.for_minio(),
        Store::R2 => grant::to_lines(&rule.for_r2())?,
    });
    Ok(())
}
