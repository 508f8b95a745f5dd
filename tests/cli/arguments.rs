//! Wrong arguments, and the help.

use crate::support::{AT, KEYS, presign, run};

const COMMANDS: [&str; 11] = [
    "get",
    "put",
    "head",
    "delete",
    "post",
    "parts",
    "create-upload",
    "complete-upload",
    "abort-upload",
    "setup",
    "token",
];

#[test]
fn wrong_arguments() {
    for (arguments, message) in [
        ("get", "the following required arguments were not provided:\n  <s3://BUCKET/KEY>"),
        ("get a", "invalid value 'a' for '<s3://BUCKET/KEY>': write it as s3://bucket/key"),
        (
            "get s3:///a",
            "invalid value 's3:///a' for '<s3://BUCKET/KEY>': it has no bucket: write it as s3://bucket/key",
        ),
        (
            "get s3://user-media/",
            "invalid value 's3://user-media/' for '<s3://BUCKET/KEY>': it has no key: write it as s3://bucket/key",
        ),
        (
            "get s3://user-media/a --expires 15",
            "invalid value '15' for '--expires <DURATION>': write it as 90s, 15m, 12h, 7d or 1h30m",
        ),
        (
            "get s3://user-media/a --at noon",
            "invalid value 'noon' for '--at <YYYYMMDDThhmmssZ>': the time is not of the form YYYYMMDDThhmmssZ or YYYY-MM-DDThh:mm:ss with Z or an offset such as +02:00",
        ),
        (
            "get s3://user-media/a --header x=y",
            "invalid value 'x=y' for '--header <HEADER>': write it as 'name: value'",
        ),
        ("get s3://user-media/a --query x", "invalid value 'x' for '--query <PARAMETER>': write it as name=value"),
        (
            "get s3://user-media/a --output html",
            "invalid value 'html' for '--output <FORM>'\n  [possible values: url, json, curl]",
        ),
        (
            "get s3://user-media/a --addressing-style host",
            "invalid value 'host' for '--addressing-style <STYLE>': the addressing style is unknown: known are auto, \
             virtual, path, bucket-endpoint",
        ),
        (
            "get s3://user-media/a --store s3",
            "invalid value 's3' for '--store <NAME>'\n  [possible values: aws, cloudflare-r2, google-cloud-storage, \
             backblaze-b2, digitalocean-spaces, wasabi, minio, ceph-rgw, garage, supabase, tigris, scaleway, hetzner, \
             ovhcloud, linode, oci, alibaba-oss, idrive-e2, storj, tencent-cos, \
             volcengine-tos, huawei-obs, baidu-bos, ibm-cos, vultr, yandex, mega-s4, seaweedfs, rustfs, versitygw]",
        ),
        (
            "put s3://user-media/a --content-length big",
            "invalid value 'big' for '--content-length <BYTES>': invalid digit found in string",
        ),
        (
            "post s3://user-media/a --min-size 1",
            "the following required arguments were not provided:\n  --max-size <SIZE>",
        ),
        (
            "post s3://user-media/a --max-size 5M",
            "invalid value '5M' for '--max-size <SIZE>': write it as 1000, 500KB, 5MB (5000000 bytes) or 8MiB (8388608 bytes)",
        ),
        (
            "parts s3://user-media/a --upload-id x",
            "the following required arguments were not provided:\n  <--size <SIZE>|--count <NUMBER>>",
        ),
        (
            "parts s3://user-media/a --upload-id x --size 1 --count 1",
            "the argument '--size <SIZE>' cannot be used with '--count <NUMBER>'",
        ),
        (
            "parts s3://user-media/a --upload-id x --count 10001",
            "invalid value '10001' for '--count <NUMBER>': 10001 is not in 1..=10000",
        ),
        (
            "parts s3://user-media/a --upload-id x --count 2 --part-size 5MiB",
            "the argument '--count <NUMBER>' cannot be used with '--part-size <SIZE>'",
        ),
        ("gett s3://user-media/a", "unrecognized subcommand 'gett'\n\n  tip: a similar subcommand exists: 'get'"),
        // There is no such option, and what follows it is not repeated.
        ("get s3://user-media/a --secret-access-key=hush", "unexpected argument '--secret-access-key' found"),
    ] {
        let actual = presign(arguments);
        assert!(!actual.stderr.contains("hush"), "{}", actual.stderr);
        let expected = message.split("\n\n").next().unwrap();
        assert_eq!(actual.usage_error(), expected, "{arguments}");
    }
}

#[test]
fn what_cannot_be_signed() {
    for (arguments, message) in [
        ("get s3://user-media/a --expires 8d", "the expiry of 691200s is too long: at most 604800s are allowed"),
        ("get s3://user-media/a --expires 0s", "the expiry is below one second"),
        (
            "get s3://user-media/../a",
            "the key has a `.` or `..` segment, which HTTP clients resolve before they send it: rename the object",
        ),
        ("get s3://ab/a", "the bucket name is 2 bytes long: 3 to 255 are allowed"),
        (
            "get s3://User_Media/a --addressing-style virtual",
            "the bucket name is not a DNS name, so it cannot be a part of the host: use --addressing-style path",
        ),
        (
            "get s3://user-media/a --endpoint http://127.0.0.1:9000 --addressing-style virtual",
            "the endpoint is an IP address, which cannot carry the bucket in the host: use --addressing-style path",
        ),
        ("get s3://user-media/a --endpoint localhost:9000", "the endpoint has no scheme: write it as https://host"),
        ("get s3://user-media/a --endpoint http://u:hush@a", "the endpoint has a user name or password"),
        (
            "get s3://user-media/a --published-endpoint http://u:hush@a",
            "the published endpoint has a user name or password",
        ),
        (
            "get s3://user-media/a --region auto",
            "the region is not one of AWS: use --store or --endpoint for another store",
        ),
        ("get s3://user-media/a --store minio", "no endpoint given: use --endpoint or AWS_ENDPOINT_URL_S3"),
        ("get s3://user-media/a --store cloudflare-r2", "no account given: use --account"),
        ("get s3://user-media/a --header host:x", "header host is set by the signer"),
        ("get s3://user-media/a --query X-Amz-Date=x", "query parameter X-Amz-Date is set by the signer"),
        (
            "put s3://user-media/a --content-type x --header Content-Type:y",
            "header content-type is given by --content-type too",
        ),
        (
            "put s3://user-media/a --content-length 1 --header Content-Length:2",
            "header content-length is given by --content-length too",
        ),
        ("parts s3://user-media/a --upload-id= --count 1", "the upload id is empty"),
        (
            "parts s3://user-media/a --upload-id x --size 20MB --part-size 1MB",
            "the part size is 1000000 bytes: 5242880 to 5368709120 are allowed",
        ),
        ("post s3://user-media/a --min-size 2 --max-size 1", "the content length range from 2 to 1 is empty"),
        (
            "post s3://user-media/a --field policy=x",
            "form field policy is set by the signer or has a setter of its own",
        ),
    ] {
        assert_eq!(presign(&format!("{arguments} --at {AT}")).error(), message, "{arguments}");
    }
}

#[test]
fn help_tells_what_scripts_need() {
    let help = presign("--help").ok();
    for text in [
        "Exit codes: 0 done, 1 cannot be signed",
        "There is no option for a secret",
        "AWS_ACCESS_KEY_ID",
        "aws configure export-credentials --profile NAME --format env",
    ] {
        assert!(help.contains(text), "{text}");
    }
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
    }
    assert!(presign("get --help").ok().contains("[default: 15m]"));
    assert_eq!(presign("--version").ok(), format!("presign {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(run(&[], &KEYS).code, 2);
}

#[cfg(unix)]
#[test]
fn the_examples_of_the_help_work() {
    use crate::support::shell;

    for command in COMMANDS {
        let help = presign(&format!("{command} --help")).ok();
        let examples = shell::commands(&help[help.find("\nExample").expect("there are examples")..]);
        assert!(!examples.is_empty(), "{command}");
        for example in examples {
            assert_ne!(shell::run(&example).ok(), "", "{example}");
        }
    }
    assert_eq!(shell::commands(&presign("--help").ok()).len(), 6);
    for example in shell::commands(&presign("--help").ok()) {
        assert_ne!(shell::run(&example).ok(), "", "{example}");
    }
}
