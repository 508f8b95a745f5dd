//! The smallest access policy.

use serde::Serialize;

use crate::setup::checked::{Bucket, Prefix};

/// An [IAM policy](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Policy {
    version: &'static str,
    statement: [Statement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    sid: &'static str,
    effect: &'static str,
    action: Vec<&'static str>,
    resource: String,
}

impl Policy {
    /// What uploads and downloads need. `s3:PutObject` is also the permission to start, fill and complete a multipart
    /// upload; only to list its parts and to abort it are permissions of their own.
    pub fn new(region: Option<&str>, bucket: &Bucket, prefix: &Prefix, multipart: bool) -> Self {
        let mut action = vec!["s3:GetObject", "s3:PutObject"];
        if multipart {
            action.extend(["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]);
        }
        let partition = region.map_or("aws", partition);
        let resource = format!("arn:{partition}:s3:::{}/{}*", bucket.as_str(), prefix.as_str());
        let statement = Statement { sid: "PresignedUploadsAndDownloads", effect: "Allow", action, resource };
        Self { version: "2012-10-17", statement: [statement] }
    }
}

/// The partition of AWS that a region is in, by the start of its name.
fn partition(region: &str) -> &'static str {
    const PARTITIONS: [(&str, &str); 7] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("eu-isoe-", "aws-iso-e"),
        ("us-isof-", "aws-iso-f"),
        ("eusc-", "aws-eusc"),
    ];
    PARTITIONS.iter().find(|(start, _)| region.starts_with(start)).map_or("aws", |(_, partition)| *partition)
}
