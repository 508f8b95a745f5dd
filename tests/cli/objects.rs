//! The commands that sign one request.

use std::time::Duration;

use presign::s3::{
    AbortMultipartUpload, AddressingStyle, CompleteMultipartUpload, CreateMultipartUpload, DeleteObject, GetObject,
    HeadObject, Operation, PutObject, Store,
};
use presign::{Presigner, Timestamp};
use serde_json::{Value, json};

use crate::support::{AT, END, KEY_ID, KEYS, SECRET, at, builder, library, presign, run};

const FIFTEEN_MINUTES: Duration = Duration::from_secs(900);

/// The URL that the library makes.
fn url(presigner: &Presigner, operation: impl Operation) -> String {
    presigner.presign_at(operation, FIFTEEN_MINUTES, at()).expect("signed").into_url()
}

/// Source: [Authenticating Requests: Using Query Parameters](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html).
#[test]
fn the_example_of_the_aws_documentation() {
    let keys = [("AWS_ACCESS_KEY_ID", KEY_ID), ("AWS_SECRET_ACCESS_KEY", SECRET), ("AWS_REGION", "us-east-1")];
    let arguments = "get s3://examplebucket/test.txt --endpoint https://examplebucket.s3.amazonaws.com \
                     --addressing-style bucket-endpoint --expires 1d --at 20130524T000000Z";
    let stdout = run(&arguments.split_whitespace().collect::<Vec<_>>(), &keys).ok();
    assert_eq!(
        stdout,
        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
         &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404\n"
    );
}

#[test]
fn commands_and_the_operations_that_they_sign() {
    let media = library("user-media");
    let cases = [
        ("get s3://user-media/a/b.png", url(&media, GetObject::new("a/b.png"))),
        (
            "get s3://user-media/a --response-content-type text/plain --response-content-disposition inline",
            url(&media, GetObject::new("a").response_content_type("text/plain").response_content_disposition("inline")),
        ),
        ("get s3://user-media/a --query versionId=x=y", url(&media, GetObject::new("a").version_id("x=y"))),
        ("head s3://user-media/a", url(&media, HeadObject::new("a"))),
        ("delete s3://user-media/a", url(&media, DeleteObject::new("a"))),
        ("put s3://user-media/a", url(&media, PutObject::new("a"))),
        (
            "put s3://user-media/a --content-type image/png --content-length 48213 --header x-amz-meta-user:42",
            url(&media, PutObject::new("a").content_type("image/png").content_length(48_213).metadata("user", "42")),
        ),
        (
            "create-upload s3://user-media/a --content-type video/mp4",
            url(&media, CreateMultipartUpload::new("a").content_type("video/mp4")),
        ),
        ("get s3://user-media/a --clock-slack 1m", {
            let earlier = at().checked_sub(Duration::from_secs(60)).unwrap();
            media.presign_at(GetObject::new("a"), Duration::from_secs(960), earlier).unwrap().into_url()
        }),
        ("complete-upload s3://user-media/a --upload-id VX/B", url(&media, CompleteMultipartUpload::new("a", "VX/B"))),
        ("abort-upload s3://user-media/a --upload-id VX/B", url(&media, AbortMultipartUpload::new("a", "VX/B"))),
    ];
    for (arguments, expected) in cases {
        assert_eq!(presign(&format!("{arguments} --at {AT}")).ok(), format!("{expected}\n"), "{arguments}");
    }
}

#[test]
fn stores() {
    let get = || GetObject::new("a");
    let point = "arn:aws:s3:us-west-2:123456789012:accesspoint/media";
    let cases = [
        (
            "s3://user-media/a --region us-west-2",
            url(&builder().region("us-west-2").bucket("user-media").build().unwrap(), get()),
        ),
        ("s3://user-media/a --addressing-style path", {
            let path = builder().addressing_style(AddressingStyle::Path).bucket("user-media");
            url(&path.build().unwrap(), get())
        }),
        ("s3://user-media/a --endpoint https://s3.example.com --addressing-style virtual", {
            let given = builder().endpoint("https://s3.example.com").addressing_style(AddressingStyle::VirtualHosted);
            url(&given.bucket("user-media").build().unwrap(), get())
        }),
        ("s3://user-media/a --endpoint http://minio:9000 --published-endpoint https://example.com/files", {
            let given = builder().endpoint("http://minio:9000").bucket("user-media");
            let url = url(&given.build().unwrap(), get());
            url.replace("http://minio:9000/", "https://example.com/files/")
        }),
        ("s3://user-media/a --store cloudflare-r2 --account abc", {
            let r2 = builder().store(Store::CLOUDFLARE_R2).account("abc").region("auto");
            url(&r2.bucket("user-media").build().unwrap(), get())
        }),
        ("s3://user-media/a --store wasabi", {
            url(&builder().store(Store::WASABI).bucket("user-media").build().unwrap(), get())
        }),
        ("s3://arn:aws:s3:us-west-2:123456789012:accesspoint/media/a", url(&library(point), get())),
    ];
    for (arguments, expected) in cases {
        assert_eq!(presign(&format!("get {arguments} --at {AT}")).ok(), format!("{expected}\n"), "{arguments}");
    }
}

#[test]
fn json_has_what_a_client_needs() {
    let arguments = "put s3://user-media/a.png --content-type image/png --header x-amz-meta-user:42 --output json --at";
    let stdout = presign(&format!("{arguments} {AT}")).ok();
    let put = PutObject::new("a.png").content_type("image/png").metadata("user", "42");
    assert_eq!(
        serde_json::from_str::<Value>(&stdout).unwrap(),
        json!({
            "method": "PUT",
            "url": url(&library("user-media"), put),
            "headers": {"content-type": "image/png", "x-amz-meta-user": "42"},
            "fields": {},
            "expires_at": END,
        })
    );
}

#[test]
fn ready_commands() {
    let media = library("user-media");
    let cases = [
        ("get s3://user-media/a", format!("curl --fail-with-body -o FILE '{}'", url(&media, GetObject::new("a")))),
        ("head s3://user-media/a", format!("curl --fail --head '{}'", url(&media, HeadObject::new("a")))),
        (
            "delete s3://user-media/a",
            format!("curl --fail-with-body -X DELETE '{}'", url(&media, DeleteObject::new("a"))),
        ),
        (
            // curl sends the length of the file, whatever was signed.
            "put s3://user-media/a --content-type image/png --content-length 5",
            format!(
                "curl --fail-with-body -T FILE -H 'content-type: image/png' '{}'",
                url(&media, PutObject::new("a").content_type("image/png").content_length(5))
            ),
        ),
        (
            // A URL with a slash at its end would get the name of the file; a header without a value needs a semicolon.
            "put s3://user-media/a/ --header x-amz-meta-a: --header x-amz-meta-b:$(x)'",
            format!(
                r"curl --fail-with-body -X PUT --data-binary @FILE -H 'x-amz-meta-a;' -H 'x-amz-meta-b: $(x)'\''' -H 'content-type:' '{}'",
                url(&media, PutObject::new("a/").metadata("a", "").metadata("b", "$(x)'"))
            ),
        ),
        (
            "create-upload s3://user-media/a",
            format!(
                "curl --fail-with-body -X POST --data-binary '' -H 'content-type:' '{}'",
                url(&media, CreateMultipartUpload::new("a"))
            ),
        ),
        (
            "create-upload s3://user-media/a --content-type video/mp4",
            format!(
                "curl --fail-with-body -X POST --data-binary '' -H 'content-type: video/mp4' '{}'",
                url(&media, CreateMultipartUpload::new("a").content_type("video/mp4"))
            ),
        ),
        (
            "complete-upload s3://user-media/a --upload-id x",
            format!(
                "curl --fail-with-body -X POST --data-binary @FILE -H 'content-type: application/xml' '{}'",
                url(&media, CompleteMultipartUpload::new("a", "x"))
            ),
        ),
        (
            "abort-upload s3://user-media/a --upload-id x",
            format!("curl --fail-with-body -X DELETE '{}'", url(&media, AbortMultipartUpload::new("a", "x"))),
        ),
    ];
    for (arguments, expected) in cases {
        assert_eq!(presign(&format!("{arguments} --output curl --at {AT}")).ok(), expected + "\n", "{arguments}");
    }
}

#[test]
fn a_key_cannot_leave_its_quotes() {
    let key = "it's $(touch x) `y`\"; &|\n#é";
    let object = format!("s3://user-media/{key}");
    let stdout = run(&["get", &object, "--output", "curl", "--at", AT], &KEYS).ok();
    let expected = url(&library("user-media"), GetObject::new(key));
    assert_eq!(stdout, format!("curl --fail-with-body -o FILE '{expected}'\n"));
    assert!(!expected.contains('\''));
}

#[test]
fn explaining_leaves_the_output_alone() {
    let arguments = format!("put s3://user-media/a.png --content-type image/png --at {AT}");
    let explained = presign(&format!("{arguments} --explain"));
    assert_eq!((explained.code, &explained.stdout), (0, &presign(&arguments).ok()));
    let put = PutObject::new("a.png").content_type("image/png");
    let explanation = library("user-media").explain_at(put, FIFTEEN_MINUTES, at()).unwrap();
    assert_eq!(
        explained.stderr,
        format!(
            "canonical request:\n{}\n\nstring to sign:\n{}\n",
            explanation.canonical_request(),
            explanation.string_to_sign()
        )
    );
}

#[test]
fn without_a_time_it_is_now() {
    let before = Timestamp::now().unwrap();
    let stdout = presign("get s3://user-media/a --expires 1h30m").ok();
    let after = Timestamp::now().unwrap();
    assert!(stdout.contains("&X-Amz-Expires=5400&"), "{stdout}");
    let (_, rest) = stdout.split_once("X-Amz-Date=").unwrap();
    let date: Timestamp = rest.split('&').next().unwrap().parse().unwrap();
    assert!(before <= date && date <= after, "{date}");
}
