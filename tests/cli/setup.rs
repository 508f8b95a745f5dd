//! `presign setup`.

use serde_json::{Value, json};

use crate::support::{presign, run};

const PAGE: &str = "--bucket user-media --origin https://app.example";

/// The one document of a command.
fn document(arguments: &str) -> Value {
    serde_json::from_str(&presign(&format!("setup {arguments}")).ok()).expect("JSON")
}

#[test]
fn policies() {
    let policy = |actions: &[&str], resource: &str| {
        json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Sid": "PresignedUploadsAndDownloads",
                "Effect": "Allow",
                "Action": actions,
                "Resource": resource,
            }],
        })
    };
    let least = ["s3:GetObject", "s3:PutObject"];
    let multipart = [&least[..], &["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]].concat();
    for (arguments, expected) in [
        ("--prefix users/", policy(&least, "arn:aws:s3:::user-media/users/*")),
        ("", policy(&least, "arn:aws:s3:::user-media/*")),
        ("--prefix users/ --multipart", policy(&multipart, "arn:aws:s3:::user-media/users/*")),
        ("--region eu-west-1", policy(&least, "arn:aws:s3:::user-media/*")),
        ("--region cn-north-1", policy(&least, "arn:aws-cn:s3:::user-media/*")),
        ("--region us-gov-west-1", policy(&least, "arn:aws-us-gov:s3:::user-media/*")),
        ("--region eusc-de-east-1", policy(&least, "arn:aws-eusc:s3:::user-media/*")),
        ("--region us-isob-east-1", policy(&least, "arn:aws-iso-b:s3:::user-media/*")),
        ("--store minio --prefix users/", policy(&least, "arn:aws:s3:::user-media/users/*")),
    ] {
        let arguments = format!("--bucket user-media --only policy {arguments}");
        assert_eq!(document(arguments.trim_end()), expected, "{arguments}");
    }
}

/// JSON is written by a library, so a text stays one.
#[test]
fn a_prefix_is_one_text() {
    let arguments = ["setup", "--bucket", "user-media", "--only", "policy", "--prefix", "a\",\"b\\ü{$}/"];
    let policy: Value = serde_json::from_str(&run(&arguments, &[]).ok()).unwrap();
    assert_eq!(policy["Statement"][0]["Resource"], "arn:aws:s3:::user-media/a\",\"b\\ü{$}/*");
}

#[test]
fn cors_rules() {
    let headers = "--origin http://localhost:3000 --header X-Amz-Meta-User --header content-type";
    assert_eq!(
        document(&format!("{PAGE} --only cors {headers}")),
        json!({"CORSRules": [{
            "AllowedOrigins": ["https://app.example", "http://localhost:3000"],
            "AllowedMethods": ["GET", "HEAD", "PUT", "POST"],
            "AllowedHeaders": ["content-type", "x-amz-meta-user"],
            "ExposeHeaders": ["ETag"],
            "MaxAgeSeconds": 3600,
        }]})
    );
    assert_eq!(
        document(&format!("{PAGE} --only cors --store r2")),
        json!({"rules": [{
            "allowed": {
                "origins": ["https://app.example"],
                "methods": ["GET", "HEAD", "PUT"],
                "headers": ["content-type"],
            },
            "exposeHeaders": ["ETag"],
            "maxAgeSeconds": 3600,
        }]})
    );
    assert_eq!(
        presign(&format!("setup {PAGE} --origin http://[::1]:3000 --only cors --store minio")).ok(),
        "MINIO_API_CORS_ALLOW_ORIGIN=https://app.example,http://[::1]:3000\n"
    );
}

/// Without `--only`: what `--only` prints, under headings that say where it goes.
#[test]
fn both_documents_have_headings() {
    for (store, commands) in [
        ("aws", ["aws iam put-user-policy", "aws s3api put-bucket-cors --bucket user-media"]),
        ("minio", ["mc admin policy create", "environment"]),
    ] {
        let arguments = format!("setup {PAGE} --store {store}");
        let both = presign(&arguments).ok();
        let (headings, rest): (Vec<_>, Vec<_>) = both.lines().partition(|line| line.starts_with('#'));
        let policy = presign(&format!("{arguments} --only policy")).ok();
        let cors = presign(&format!("{arguments} --only cors")).ok();
        assert_eq!(rest.join("\n") + "\n", format!("{policy}\n{cors}"));
        for command in commands {
            assert!(headings.iter().any(|line| line.contains(command)), "{command}");
        }
    }
    let r2 = presign(&format!("setup {PAGE} --store r2")).ok();
    let cors = presign(&format!("setup {PAGE} --store r2 --only cors")).ok();
    let headings = r2.strip_suffix(&cors).expect("the rule comes last");
    assert!(headings.contains("API token with the permission Object Read & Write, only for user-media."));
    assert!(headings.contains("npx wrangler r2 bucket cors set user-media --file cors.json"));
    assert!(headings.lines().all(|line| line.is_empty() || line.starts_with('#')));
}

#[test]
fn what_a_document_must_not_hold() {
    let prefix = "invalid value 'VALUE' for '--prefix <PREFIX>': ";
    let origin = "invalid value 'VALUE' for '--origin <ORIGIN>': ";
    let wildcard = "`*` and `?` are wildcards in a policy, and would allow other keys too";
    let not_an_origin = "write it as https://app.example or http://localhost:3000";
    let characters = "a policy takes no control characters and none beyond Latin-1";
    for (option, value, message) in [
        ("--prefix", "*/", format!("{prefix}{wildcard}")),
        ("--prefix", "user?/", format!("{prefix}{wildcard}")),
        (
            "--prefix",
            "${aws:username}/",
            format!("{prefix}`${{` starts a variable in a policy, and would allow other keys"),
        ),
        ("--prefix", "/users/", format!("{prefix}keys have no slash at their start")),
        (
            "--prefix",
            "users",
            format!("{prefix}it does not end with `/`, so it would allow keys that start with \"users\" by chance"),
        ),
        ("--prefix", "a\u{7}/", format!("{prefix}{characters}")),
        ("--prefix", "日本/", format!("{prefix}{characters}")),
        ("--origin", "*", format!("{origin}`*` would let other pages use the URLs: name each origin")),
        ("--origin", "https://*.app.example", format!("{origin}`*` would let other pages use the URLs: name each origin")),
        ("--origin", "app.example", format!("{origin}{not_an_origin}")),
        ("--origin", "null", format!("{origin}{not_an_origin}")),
        ("--origin", "file:///x", format!("{origin}{not_an_origin}")),
        ("--origin", "ftp://app.example", format!("{origin}{not_an_origin}")),
        ("--origin", "https://a.example,https://b.example", format!("{origin}{not_an_origin}")),
        ("--origin", "https://a$b.example", format!("{origin}{not_an_origin}")),
        ("--origin", "https://app.example/", format!("{origin}browsers send it as https://app.example")),
        ("--origin", "https://app.example/page", format!("{origin}browsers send it as https://app.example")),
        ("--origin", "https://App.example:443", format!("{origin}browsers send it as https://app.example")),
        ("--origin", "https://user@app.example", format!("{origin}{not_an_origin}")),
        (
            "--bucket",
            "a/b",
            "invalid value 'VALUE' for '--bucket <NAME>': a bucket name has 3 or more letters, digits, `.`, `-` and `_`"
                .to_owned(),
        ),
        (
            "--header",
            "x: y",
            "invalid value 'VALUE' for '--header <NAME>': a header name has letters, digits, `-` and `_`".to_owned(),
        ),
    ] {
        let mut arguments = vec!["setup", option, value];
        for (other, default) in [("--bucket", "user-media"), ("--origin", "https://app.example")] {
            if option != other {
                arguments.extend([other, default]);
            }
        }
        assert_eq!(run(&arguments, &[]).usage_error(), message.replace("VALUE", value), "{value}");
    }
}

#[test]
fn what_does_not_go_together() {
    let missing = "the following required arguments were not provided:\n  --origin <ORIGIN>";
    assert_eq!(presign("setup --bucket user-media").usage_error(), missing);
    assert_eq!(presign("setup --bucket user-media --only cors").usage_error(), missing);
    assert_eq!(
        presign("setup --bucket user-media --store r2 --only policy").error(),
        "R2 has no policy documents: create an API token with the permission Object Read & Write for the bucket"
    );
    assert_eq!(
        presign("setup --bucket user-media --store minio --only policy --region cn-north-1").error(),
        "--region is for --store aws: ARNs of other stores have none"
    );
}
