//! What stores respond with, shortened to what a parser needs. Each row has the page where the response was published.

use presign::diagnose::Cause::{self, *};
use presign::diagnose::{Line, Refusal, Signed, diagnose};

use super::*;

const MISMATCH: &str =
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.";

/// The causes that a store leaves which says no more than that the signature of [`get`] does not match.
const OF_A_GET: &[Cause] = &[
    WrongSecret,
    WrongRegion,
    HeaderNotSigned,
    Host,
    UrlRewritten,
    KeySlashes,
    Method,
    QueryChanged,
    PayloadHash,
    SecretAltered,
    UnknownAccessKey,
];

pub(super) struct Response {
    /// The store, and where the response was published.
    source: &'static str,
    status: u16,
    body: String,
    pub(super) causes: &'static [Cause],
}

/// Shorter than the literal.
fn row(source: &'static str, status: u16, body: impl Into<String>, causes: &'static [Cause]) -> Response {
    Response { source, status, body: body.into(), causes }
}

pub(super) fn bodies() -> Vec<Response> {
    vec![
        row(
            "AWS: localstack recording",
            400,
            error(
                "AuthorizationQueryParametersError",
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, \
             X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
                "",
            ),
            &[QueryChanged],
        ),
        row(
            "AWS: EvaporateJS#491",
            400,
            error(
                "AuthorizationQueryParametersError",
                "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting \
             &quot;&lt;YOUR-AKID&gt;/YYYYMMDD/REGION/SERVICE/aws4_request&quot;.",
                "",
            ),
            &[UrlRewritten],
        ),
        row(
            "AWS: bigassforce/aws-sdk#5",
            400,
            error(
                "AuthorizationQueryParametersError",
                "Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
                "<Region>eu-west-1</Region>",
            ),
            &[WrongRegion],
        ),
        row(
            "AWS, in the header",
            400,
            error(
                "AuthorizationHeaderMalformed",
                "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'",
                "<Region>eu-central-1</Region>",
            ),
            &[WrongRegion],
        ),
        row(
            "AWS, another service",
            400,
            error(
                "AuthorizationQueryParametersError",
                "Error parsing the X-Amz-Credential parameter; incorrect service \"ses\". This endpoint belongs to \"s3\".",
                "",
            ),
            &[WrongService],
        ),
        row(
            "AWS: aws_auth#31",
            400,
            error(
                "AuthorizationQueryParametersError",
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
                "",
            ),
            &[ExpiryRefused],
        ),
        row(
            "AWS: minio-js#1312",
            400,
            error("AuthorizationQueryParametersError", "X-Amz-Expires should be a number", ""),
            &[ExpiryRefused],
        ),
        row(
            "R2: cloudreve#2176",
            400,
            error(
                "InvalidArgument",
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
                "",
            ),
            &[ExpiryRefused],
        ),
        row(
            "AWS: aws-sdk-js-v3#3906",
            403,
            error(
                "AccessDenied",
                "There were headers present in the request which were not signed",
                "<HeadersNotSigned>x-amz-acl, x-amz-tagging</HeadersNotSigned>",
            ),
            &[HeaderNotSigned],
        ),
        row(
            "AWS: amazonka#272",
            403,
            error(
                "AccessDenied",
                "There were headers present in the request which were not signed",
                "<HeadersNotSigned>host</HeadersNotSigned>",
            ),
            &[HeaderNotSigned],
        ),
        row(
            "AWS: localstack recording, expired",
            403,
            error(
                "AccessDenied",
                "Request has expired",
                "<X-Amz-Expires>900</X-Amz-Expires><Expires>2024-03-15T08:30:30Z</Expires><ServerTime>2024-03-15T09:00:00Z</ServerTime>",
            ),
            &[UrlExpired],
        ),
        row(
            "AWS: minio#2638",
            403,
            error(
                "AccessDenied",
                "Request is not yet valid",
                "<X-Amz-Date>1710490530000</X-Amz-Date><Expires>2024-03-15T08:30:30Z</Expires><ServerTime>2024-03-14T08:00:00Z</ServerTime>",
            ),
            &[Clock],
        ),
        row(
            "AWS: aws-sdk-php#612, ex_aws#159",
            403,
            error(
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.",
                "<RequestTime>20240315T081530Z</RequestTime><ServerTime>2024-03-15T07:30:00Z</ServerTime>\
             <MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>",
            ),
            &[Clock],
        ),
        row(
            "Arsenal: the same for a URL that has expired",
            403,
            error(
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.",
                "<RequestTime>20240315T081530Z</RequestTime><ServerTime>2024-03-15T09:30:00Z</ServerTime>",
            ),
            &[Clock, UrlExpired],
        ),
        row(
            "AWS: boto3#2392",
            400,
            error("ExpiredToken", "The provided token has expired.", "<Token-0>IQoJ</Token-0>"),
            &[CredentialsExpired],
        ),
        // Of a URL without a session token, which has no credentials that could expire.
        row(
            "GCS",
            400,
            error(
                "ExpiredToken",
                "The provided token has expired.",
                "<Details>Request signature expired at: 2024-03-15T08:30:30+00:00</Details>",
            ),
            &[UrlExpired],
        ),
        row("R2: cloudflare-docs#32436", 403, error("ExpiredRequest", "Request has expired", ""), &[UrlExpired]),
        row(
            "AWS: lua-resty-aws#2, postman-app-support#3680",
            400,
            error(
                "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
                "<ClientComputedContentSHA256>aa11</ClientComputedContentSHA256><S3ComputedContentSHA256>bb22</S3ComputedContentSHA256>",
            ),
            &[PayloadHash],
        ),
        row(
            "AWS: localstack recording, form",
            403,
            error(
                "AccessDenied",
                "Invalid according to Policy: Policy Condition failed: [\"eq\", \"$acl\", \"private\"]",
                "",
            ),
            &[FormRefused],
        ),
        row(
            "API Gateway",
            403,
            "{\"Message\":\"User: arn:aws:iam::123456789012:user/a is not authorized to perform: execute-api:Invoke\"}",
            &[NotTheSignature],
        ),
        row("AWS, form", 403, error("AccessDenied", "Invalid according to Policy: Policy expired.", ""), &[UrlExpired]),
        row(
            "AWS, form",
            400,
            error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", ""),
            &[FormRefused],
        ),
        row(
            "AWS: moodle-tool_objectfs#303",
            400,
            error(
                "InvalidArgument",
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the \
             Authorization header should be specified",
                "<ArgumentName>Authorization</ArgumentName><ArgumentValue>Bearer x</ArgumentValue>",
            ),
            &[TwoSignatures],
        ),
        row(
            "AWS: aws-cli#10663",
            400,
            error(
                "InvalidRequest",
                "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
                "",
            ),
            &[SignatureVersion2],
        ),
        row(
            "AWS",
            403,
            error("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", ""),
            &[UnknownAccessKey],
        ),
        row("AWS", 403, error("AccessDenied", "Access Denied", ""), &[NotTheSignature]),
        row("AWS", 404, error("NoSuchKey", "The specified key does not exist.", ""), &[NotTheSignature]),
        row(
            "AWS",
            301,
            error(
                "PermanentRedirect",
                "The bucket you are attempting to access must be addressed using the specified endpoint.",
                "",
            ),
            &[WrongRegion],
        ),
        row(
            "AWS",
            400,
            error("BadDigest", "The CRC32 you specified did not match the calculated checksum.", ""),
            &[BakedChecksum],
        ),
        row(
            "AWS, in the string to sign of version 2: knox#35, gsutil#1349",
            403,
            error(
                "SignatureDoesNotMatch",
                MISMATCH,
                "<StringToSign>GET\n\n\n1710490530\n/user-media/report.pdf</StringToSign><SignatureProvided>x</SignatureProvided>",
            ),
            &[SignatureVersion2],
        ),
        // Stores that say nothing.
        row(
            "R2 until 2024: rust-s3#355",
            403,
            error(
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your secret access key and \
             signing method. ",
                "",
            ),
            OF_A_GET,
        ),
        row(
            "B2: cloudflare-b2#5",
            403,
            "<Error>\n\t<Code>SignatureDoesNotMatch</Code>\n\t<Message>Signature validation failed</Message>\n</Error>",
            OF_A_GET,
        ),
        row(
            "Ceph: ShareX#2803, litestream#1059",
            403,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SignatureDoesNotMatch</Code>\
             <RequestId>tx00000c4-0065f4-1b2a-default</RequestId><HostId>1b2a-default-default</HostId></Error>",
            OF_A_GET,
        ),
        row("Ceph, with an empty message", 403, error("SignatureDoesNotMatch", "", ""), OF_A_GET),
        row(
            "Ceph says why of nothing",
            403,
            error("AccessDenied", "", ""),
            &[HeaderNotSigned, Clock, UrlExpired, NotTheSignature],
        ),
        row(
            "Garage: garage-webui#47",
            403,
            error(
                "AccessDenied",
                "Forbidden: Invalid signature",
                "<Resource>/user-media/report.pdf</Resource><Region>garage</Region>",
            ),
            OF_A_GET,
        ),
        row(
            "Garage: IP-HomeassistantS3CompatibleBackup#1",
            400,
            error(
                "AuthorizationHeaderMalformed",
                "Authorization header malformed, unexpected scope: 20240315/us-east-1/s3/aws4_request",
                "<Resource>/</Resource><Region>garage</Region>",
            ),
            &[WrongRegion],
        ),
        row(
            "Garage, another service",
            400,
            error(
                "AuthorizationHeaderMalformed",
                "Authorization header malformed, unexpected scope: 20240315/garage/sts/aws4_request",
                "<Resource>/</Resource><Region>garage</Region>",
            ),
            &[WrongService],
        ),
        row(
            "Garage, by its source",
            400,
            error("InvalidRequest", "Bad request: Date is too old", "<Region>garage</Region>"),
            &[UrlExpired],
        ),
        row(
            "Garage, by its source",
            403,
            error("AccessDenied", "Forbidden: No such key: GK31c2f218a2e44f485b94239e", ""),
            &[UnknownAccessKey],
        ),
        row(
            "Garage 2.5.0",
            400,
            error("InvalidRequest", "Bad request: signed header `content-type` is not present", ""),
            &[ContentType],
        ),
        row(
            "Garage 2.5.0",
            400,
            error("InvalidRequest", "Bad request: signed header `x-amz-meta-uploaded-by` is not present", ""),
            &[HeaderNotSent],
        ),
        row(
            "Garage 2.5.0, unsigned",
            400,
            error("InvalidRequest", "Bad request: Header `x-amz-meta-more` should be signed", ""),
            &[HeaderNotSigned],
        ),
        row(
            "Garage 2.5.0",
            403,
            error("AccessDenied", "Forbidden: Garage does not support anonymous access yet", ""),
            &[QueryChanged],
        ),
        row(
            "Garage, by its source",
            403,
            error("AccessDenied", "Forbidden: Operation is not allowed for this key.", ""),
            &[NotTheSignature],
        ),
        row(
            "MinIO: minio-js#1087, minio#15506",
            403,
            error(
                "SignatureDoesNotMatch",
                MISMATCH,
                "<Key>report.pdf</Key><BucketName>user-media</BucketName><Resource>/user-media/report.pdf</Resource><HostId>x</HostId>",
            ),
            OF_A_GET,
        ),
        row("MinIO", 403, error("RequestNotReadyYet", "Request is not valid yet", ""), &[Clock]),
        row("supabase/storage, SeaweedFS", 403, error("SignatureDoesNotMatch", MISMATCH, ""), OF_A_GET),
        row(
            "OCI: mc#4329",
            403,
            error(
                "SignatureDoesNotMatch",
                "The secret key required to complete authentication could not be found. The region must be specified if this is not \
             the home region for the tenancy.",
                "",
            ),
            &[WrongRegion, UnknownAccessKey],
        ),
        row(
            "OCI, shortened",
            403,
            error(
                "SignatureDoesNotMatch",
                "The secret key required to complete authentication could not be found.",
                "",
            ),
            &[UnknownAccessKey, WrongRegion],
        ),
        row(
            "OCI: minio#5304",
            403,
            error("SignatureDoesNotMatch", "Authentication region name 'us-east-1' is incorrect", ""),
            &[WrongRegion],
        ),
        row(
            "supabase: supabase/storage#617",
            400,
            "{\"statusCode\":\"400\",\"error\":\"Error\",\"message\":\"Missing signature\"}",
            &[SignatureVersion2, QueryChanged],
        ),
        row("B2: ai-dock/comfyui#22", 401, error("UnauthorizedAccess", "", ""), &[SignatureVersion2, QueryChanged]),
        // Tencent COS, in its own scheme.
        row(
            "COS",
            403,
            error(
                "SignatureDoesNotMatch",
                "The Signature you specified is invalid.",
                "<StringToSign>sha1\n1710490530;1710491430\nda39a3ee5e6b4b0d3255bfef95601890afd80709</StringToSign>\
             <FormatString>get\n/report.pdf\n\nhost=x</FormatString><TraceId>x</TraceId>",
            ),
            OF_A_GET,
        ),
        // Services other than S3.
        row(
            "AWS, a presigned request to STS",
            403,
            "{\"__type\":\"InvalidSignatureException\",\"message\":\"Signature expired: 20240315T081530Z \
             is now earlier than 20240315T090000Z (20240315T091500Z - 15 min.)\"}",
            &[UrlExpired],
        ),
        row("AWS, a region", 403, "{\"message\":\"Credential should be scoped to a valid region. \"}", &[WrongRegion]),
        row(
            "AWS, a service",
            403,
            "{\"message\":\"Credential should be scoped to correct service: 'execute-api'. \"}",
            &[WrongService],
        ),
        row(
            "AWS, a key",
            403,
            "{\"__type\":\"UnrecognizedClientException\",\"message\":\"The security token included in the request is invalid.\"}",
            &[UnknownAccessKey],
        ),
        // Prose, as SDKs print it: vault#95, picgo-plugin-s3#23, botocore.
        row(
            "Go",
            403,
            "operation error S3: CreateMultipartUpload, https response error StatusCode: 403, RequestID: bdbc3ee0, HostID: \
             adS9, api error SignatureDoesNotMatch: Signature validation failed",
            OF_A_GET,
        ),
        row(
            "botocore",
            403,
            "An error occurred (SignatureDoesNotMatch) when calling the GetObject operation: None",
            OF_A_GET,
        ),
        row(
            "botocore",
            400,
            "An error occurred (ExpiredToken) when calling the GetObject operation: The provided token has expired.",
            &[UrlExpired],
        ),
        row("JavaScript", 403, "AccessDenied: Request has expired\n    at deserializeAws (…)", &[UrlExpired]),
        row(
            "a proxy",
            502,
            "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>",
            &[NotTheSignature],
        ),
    ]
}

#[test]
fn every_published_response() {
    let signed = get();
    for Response { source, status, body, causes } in bodies() {
        let diagnosis = why(&signed, status, &body);
        assert_causes(&diagnosis, causes, source);
        assert_eq!(diagnosis.experiment().is_some(), causes.len() > 1, "{source}");
    }
}

#[test]
fn what_a_response_says_besides() {
    let signed = get();
    let bodies = bodies();
    let said = |source: &str| {
        let Response { body, status, .. } = bodies.iter().find(|body| body.source == source).expect("a row");
        let diagnosis = why(&signed, *status, body);
        let difference = diagnosis.difference().expect("a difference").clone();
        (
            difference.line().clone(),
            difference.signed().map(str::to_owned),
            difference.received().map(str::to_owned),
            diagnosis,
        )
    };
    let (line, left, right, _) = said("AWS, in the header");
    assert_eq!((line, left.as_deref(), right.as_deref()), (Line::Scope, Some("eu-west-1"), Some("eu-central-1")));
    let (line, left, right, diagnosis) = said("AWS: aws-sdk-js-v3#3906");
    assert_eq!((line, left, right), (Line::Header("x-amz-acl".to_owned()), None, None));
    assert!(diagnosis.advice().contains("`x-amz-acl`"), "{}", diagnosis.advice());
    let (line, _, _, diagnosis) = said("Garage 2.5.0, unsigned");
    assert_eq!(line, Line::Header("x-amz-meta-more".to_owned()));
    assert!(diagnosis.advice().contains("`x-amz-meta-more`"), "{}", diagnosis.advice());
    let (line, left, right, _) = said("AWS: lua-resty-aws#2, postman-app-support#3680");
    assert_eq!((line, left.as_deref(), right.as_deref()), (Line::Payload, Some("aa11"), Some("bb22")));
    let (line, left, right, _) = said("AWS: localstack recording, expired");
    assert_eq!(
        (line, left.as_deref(), right.as_deref()),
        (Line::Time, Some("20240315T081530Z"), Some("2024-03-15T09:00:00Z"))
    );
}

/// A session token makes the difference.
#[test]
fn expired_credentials_and_expired_urls() {
    let signed = secret_put();
    let bare = error("ExpiredToken", "The provided token has expired.", "");
    assert_causes(&why(&signed, 400, &bare), &[CredentialsExpired], "with a token");
    assert_causes(&why(&get(), 400, &bare), &[UrlExpired], "without a token");
    let of_google =
        bare.replace("<RequestId>", "<Details>Request signature expired at: 2024-03-15</Details><RequestId>");
    assert_causes(&why(&signed, 400, &of_google), &[UrlExpired], "by Google");
}

/// The local clock makes the difference: the URL was valid until 08:30:30.
#[test]
fn expired_urls_and_wrong_clocks() {
    let signed = Signed::from(&get());
    let refusal = Refusal::parse(Some(403), &error("AccessDenied", "Request has expired", ""));
    for (local_time, cause) in [
        ("20240315T081530Z", Clock),
        ("20240315T083030Z", Clock),
        ("20240315T083031Z", UrlExpired),
        ("20250315T083031Z", UrlExpired),
    ] {
        let refusal = refusal.clone().received_at(local_time.parse().expect("a time"));
        assert_causes(&diagnose(&signed, &refusal), &[cause], local_time);
    }
}

/// Alibaba Cloud OSS returns the string to sign, and not the canonical request: FileCodeBox#137.
#[test]
fn alibaba_cloud_oss() {
    let signed = put();
    let body = |received: &Received| {
        error(
            "SignatureDoesNotMatch",
            MISMATCH,
            &format!(
                "<OSSAccessKeyId>x</OSSAccessKeyId><SignatureProvided>x</SignatureProvided><StringToSign>{}</StringToSign>\
             <StringToSignBytes>{}</StringToSignBytes><EC>0002-00000040</EC><RecommendDoc>https://x</RecommendDoc>",
                received.string_to_sign,
                dump(&received.string_to_sign)
            ),
        )
    };
    let received = Received::new(&signed, |text| text.replacen("image/png", "text/plain", 1));
    assert_causes(&why(&signed, 403, &body(&received)), &[ContentType], "content type");
    assert_causes(&why(&signed, 403, &body(&Received::new(&signed, str::to_owned))), &[WrongSecret], "equal");
}

/// The string to sign of a form is its policy: localstack recording.
#[test]
fn forms() {
    let policy = "eyJleHBpcmF0aW9uIjoiMjAyNC0wMy0xNVQwODozMDozMFoifQ==";
    let body =
        |policy: &str| error("SignatureDoesNotMatch", MISMATCH, &format!("<StringToSign>{policy}</StringToSign>"));
    let why = |body: &str| diagnose(&Signed::form(policy), &Refusal::parse(Some(403), body));
    assert_causes(&why(&body(policy)), &[WrongSecret], "equal");
    assert_causes(&why(&body("eyJleHBpcmF0aW9uIjoiIn0=")), &[FormRefused], "another policy");
    assert_causes(&why(&error("SignatureDoesNotMatch", "", "")), &[WrongSecret, SecretAltered, FormRefused], "silent");
    let expired = error("AccessDenied", "Invalid according to Policy: Policy expired.", "");
    assert_causes(&why(&expired), &[UrlExpired], "expired");
    assert!(!format!("{:?}", Signed::form(policy)).contains("eyJ"));
}

/// Whether there is a response at all.
#[test]
fn little_or_nothing() {
    let signed = Signed::from(&get());
    let why = |status: Option<u16>, body: &str| diagnose(&signed, &Refusal::parse(status, body));
    // Axios, Chrome, Firefox, Safari.
    for body in [
        "TypeError: Failed to fetch",
        "NetworkError when attempting to fetch resource.",
        "TypeError: Load failed",
        "{\"message\":\"Network Error\",\"name\":\"AxiosError\",\"code\":\"ERR_NETWORK\"}",
        "Access to fetch at 'https://x' from origin 'https://y' has been blocked by CORS policy: No \
         'Access-Control-Allow-Origin' header is present on the requested resource.",
    ] {
        assert_causes(&why(None, body), &[HiddenByBrowser], body);
    }
    assert_causes(&why(Some(0), ""), &[HiddenByBrowser], "status 0");

    // The response of a HEAD has no body.
    let head = why(Some(403), "");
    assert!(head.causes().starts_with(&[WrongSecret, WrongRegion, HeaderNotSigned]), "{head}");
    assert!(head.causes().contains(&UrlExpired) && head.causes().contains(&NotTheSignature), "{head}");
    assert!(!head.causes().contains(&HiddenByBrowser), "{head}");
    // Nothing at all.
    assert!(why(None, "").causes().contains(&HiddenByBrowser));
    // Statuses that are not about a signature.
    for status in [301, 307, 308] {
        assert_causes(&why(Some(status), ""), &[WrongRegion], "a redirect");
    }
    for status in [200, 404, 409, 412, 500, 503] {
        assert_causes(&why(Some(status), ""), &[NotTheSignature], "a status");
    }
}

/// The order is that of the table, so that the list can be worked through.
#[test]
fn what_remains_is_in_order() {
    for signed in [get(), put(), secret_put()] {
        for body in ["", "<Error><Code>SignatureDoesNotMatch</Code></Error>"] {
            let diagnosis = why(&signed, 403, body);
            assert!(diagnosis.causes().is_sorted() && diagnosis.causes().len() > 3, "{diagnosis}");
        }
    }
    // What was signed decides what can have broken.
    let silent = error("SignatureDoesNotMatch", "", "");
    let of_a_put = why(&put(), 403, &silent);
    for cause in [HeaderNotSent, HeaderChanged, ContentType, AcceptEncoding] {
        assert!(of_a_put.causes().contains(&cause), "{cause}");
        assert!(!why(&get(), 403, &silent).causes().contains(&cause), "{cause}");
    }
}
