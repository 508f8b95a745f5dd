//! The CORS rule, as each store wants it.

use serde::Serialize;

use crate::setup::checked::Origin;

/// How long a browser may remember the rule: an hour, so that a corrected rule is soon in use.
const MAX_AGE_SECONDS: u32 = 3_600;

/// What a page may do: upload, also from a form, download, and read the `ETag` that completes a multipart upload.
pub struct Rule<'a> {
    origins: Vec<&'a str>,
    headers: Vec<&'a str>,
}

impl<'a> Rule<'a> {
    pub fn new(origins: &'a [Origin], headers: &'a [String]) -> Self {
        let mut all = vec!["content-type"];
        for header in headers {
            if !all.contains(&&**header) {
                all.push(header);
            }
        }
        Self { origins: origins.iter().map(Origin::as_str).collect(), headers: all }
    }

    /// As `aws s3api put-bucket-cors` reads it.
    ///
    /// Source: [CORS configuration](https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html).
    pub fn for_aws(&self) -> AwsConfiguration<'_> {
        AwsConfiguration {
            cors_rules: [AwsRule {
                allowed_origins: &self.origins,
                allowed_methods: &["GET", "HEAD", "PUT", "POST"],
                allowed_headers: &self.headers,
                expose_headers: &["ETag"],
                max_age_seconds: MAX_AGE_SECONDS,
            }],
        }
    }

    /// As `wrangler r2 bucket cors set` reads it. R2 takes no forms, so there is no `POST`.
    ///
    /// Source: [Put Bucket CORS Policy](https://developers.cloudflare.com/api/resources/r2/subresources/buckets/subresources/cors).
    pub fn for_r2(&self) -> R2Configuration<'_> {
        R2Configuration {
            rules: [R2Rule {
                allowed: R2Allowed { origins: &self.origins, methods: &["GET", "HEAD", "PUT"], headers: &self.headers },
                expose_headers: &["ETag"],
                max_age_seconds: MAX_AGE_SECONDS,
            }],
        }
    }

    /// A variable of the server: methods and headers cannot be chosen.
    ///
    /// Source: [CORS configuration](https://docs.min.io/aistor/administration/cors-configuration/).
    pub fn for_minio(&self) -> String {
        format!("MINIO_API_CORS_ALLOW_ORIGIN={}\n", self.origins.join(","))
    }
}

#[derive(Serialize)]
pub struct AwsConfiguration<'a> {
    #[serde(rename = "CORSRules")]
    cors_rules: [AwsRule<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AwsRule<'a> {
    allowed_origins: &'a [&'a str],
    allowed_methods: &'a [&'a str],
    allowed_headers: &'a [&'a str],
    expose_headers: &'a [&'a str],
    max_age_seconds: u32,
}

#[derive(Serialize)]
pub struct R2Configuration<'a> {
    rules: [R2Rule<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct R2Rule<'a> {
    allowed: R2Allowed<'a>,
    expose_headers: &'a [&'a str],
    max_age_seconds: u32,
}

#[derive(Serialize)]
struct R2Allowed<'a> {
    origins: &'a [&'a str],
    methods: &'a [&'a str],
    headers: &'a [&'a str],
}
