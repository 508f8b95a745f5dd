//! What must be the same in every target, and what needs a clock. Nothing here may panic, which would be a trap.

use std::fmt::{Debug, Display};
use std::time::{Duration, SystemTime};

use presign::s3::{
    AddressingStyle, Checksum, CompleteMultipartUpload, CompletedPart, CopyObject, CopySource, CreateMultipartUpload,
    DeleteObjects, GetObject, ListObjectsV2, MultipartPlan, ObjectIdentifier, PostPolicy, PostPolicyDocument,
    PutObject, SseCustomerKey, Store, Upload, UploadGrant,
};
use presign::sigv4::{Request, Service, Signer};
use presign::{
    Credentials, CredentialsCell, CredentialsError, Error, Method, PresignedRequest, Presigner, PresignerBuilder,
    Region, Timestamp,
};

const QUARTER: Duration = Duration::from_secs(900);

fn now() -> Result<Timestamp, Error> {
    Timestamp::from_unix_seconds(1_710_490_530)
}

fn credentials() -> Result<Credentials, Error> {
    Credentials::new("ASIAEXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?
        .with_session_token("IQoJb3JpZ2luX2Vj==")
}

fn builder() -> Result<PresignerBuilder, Error> {
    Ok(Presigner::builder().credentials(credentials()?).region("eu-west-1").bucket("user-media"))
}

fn presigner() -> Result<Presigner, Error> {
    builder()?.build()
}

fn signer() -> Result<Signer, Error> {
    Ok(Signer::new(credentials()?, Region::new("us-east-1")?, Service::new("sts")?))
}

fn sts() -> Result<Request<'static>, Error> {
    Ok(Request::new(Method::Get, "https://sts.us-east-1.amazonaws.com")?.query("Action", "GetCallerIdentity"))
}

fn signed(presigned: PresignedRequest) -> String {
    let headers: Vec<_> = presigned.headers().map(|(name, value)| format!(" {name}: {value}")).collect();
    format!("{} {}{} until {}", presigned.method(), presigned.url(), headers.concat(), presigned.expires_at())
}

/// Results by name, one a line.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn add<T: Display>(&mut self, name: &str, make: impl FnOnce() -> Result<T, Error>) {
        let result = make().map_or_else(|error| format!("error: {error}"), |value| value.to_string());
        self.0.push(format!("{name}: {}", result.replace('\n', "|")));
    }

    fn sign(&mut self, name: &str, sign: impl FnOnce(&Presigner) -> Result<PresignedRequest, Error>) {
        self.add(name, || sign(&presigner()?).map(signed));
    }

    fn build(&mut self, name: &str, change: impl FnOnce(PresignerBuilder) -> PresignerBuilder) {
        self.add(name, || {
            let presigner = change(builder()?).build()?;
            presigner.presign_at(GetObject::new("users/42/ä b.png"), QUARTER, now()?).map(signed)
        });
    }

    /// Only whether there was an error, and which.
    fn check<T>(&mut self, name: &str, make: impl FnOnce() -> Result<T, Error>) {
        self.add(name, || make().map(|_| "done"));
    }

    fn parse<T: std::str::FromStr<Err = Error> + Debug>(&mut self, what: &str, texts: &[&str]) {
        for text in texts {
            self.add(&format!("{what} {text:?}"), || text.parse::<T>().map(|value| format!("{value:?}")));
        }
    }
}

/// Everything that is given a time, or needs none.
#[must_use]
pub fn with_a_time() -> Vec<String> {
    let mut lines = Lines::default();
    requests(&mut lines);
    settings(&mut lines);
    many(&mut lines);
    forms(&mut lines);
    other_services(&mut lines);
    values(&mut lines);
    lines.0
}

fn requests(lines: &mut Lines) {
    for key in ["users/42/avatar.png", "ä b+%2F\u{1f980}", "", "a/../b"] {
        // Twice: the second signature uses what the thread keeps of the first.
        for _ in 0..2 {
            lines.sign("get", |presigner| presigner.presign_at(GetObject::new(key), QUARTER, now()?));
        }
    }
    let put = || PutObject::new("k").content_type("image/png").content_length(7).metadata("user", "42").tag("a", "ö");
    lines.sign("put", |presigner| presigner.presign_at(put().checksum(Checksum::Crc32([1, 2, 3, 4])), QUARTER, now()?));
    lines.sign("put with a key", |presigner| {
        presigner.presign_at(put().sse_customer_key(&SseCustomerKey::new(&[7; 32])), QUARTER, now()?)
    });
    lines.sign("copy", |presigner| {
        presigner.presign_at(CopyObject::new("k", CopySource::new("archive", "ä b")?), QUARTER, now()?)
    });
    lines.sign("list", |presigner| {
        presigner.presign_at(ListObjectsV2::new().prefix("users/").max_keys(10), QUARTER, now()?)
    });
    for (name, expires) in
        [("none", Duration::ZERO), ("a week", QUARTER * 672), ("more", QUARTER * 673), ("all", Duration::MAX)]
    {
        lines
            .sign(&format!("expiry of {name}"), |presigner| presigner.presign_at(GetObject::new("k"), expires, now()?));
    }
    for seconds in [-1, 0, 253_402_299_899, 253_402_300_799, i64::MAX] {
        lines.sign(&format!("at {seconds}"), |presigner| {
            presigner.presign_at(GetObject::new("k"), QUARTER, Timestamp::from_unix_seconds(seconds)?)
        });
    }
    lines.add("explanation", || {
        let explanation = presigner()?.explain_at(GetObject::new("k"), QUARTER, now()?)?;
        Ok(format!("{}|{}", explanation.canonical_request(), explanation.string_to_sign()))
    });
    lines
        .add("as a URL", || Ok(presigner()?.presign_at(GetObject::new("ä b"), QUARTER, now()?)?.to_url()?.to_string()));
    lines.add("as an HTTP request", || {
        Ok(presigner()?.presign_at(put(), QUARTER, now()?)?.to_http(())?.uri().to_string())
    });
}

fn settings(lines: &mut Lines) {
    lines.build("path style", |builder| {
        builder.endpoint("http://localhost:9000").addressing_style(AddressingStyle::Path)
    });
    lines.build("R2", |builder| builder.store(Store::CLOUDFLARE_R2).account("0123456789abcdef").region(None::<&str>));
    lines.build("ARN", |builder| builder.bucket("arn:aws:s3:us-west-2:123456789012:accesspoint/media"));
    lines.build("directory bucket", |builder| builder.region("us-west-2").bucket("media--usw2-az1--x-s3"));
    lines.build("dual-stack", |builder| builder.dual_stack(true));
    lines.build("window", |builder| builder.signing_window(QUARTER));
    lines.build("slack", |builder| builder.clock_slack(QUARTER));
    lines.build("endless slack", |builder| builder.clock_slack(Duration::MAX).signing_window(Duration::MAX));
    lines.build("no bucket", |builder| builder.bucket(None::<&str>));
    for endpoint in
        ["", "localhost", "https://", "https://[::1]:9000", "https://user:password@h", "https://h:65536", "https://ü"]
    {
        lines.build(&format!("endpoint {endpoint:?}"), |builder| builder.endpoint(endpoint));
    }
    lines.build("provider", |builder| builder.credentials_provider(credentials));
    lines.build("provider that fails", |builder| {
        builder.credentials_provider(|| Err(CredentialsError::new("no route").into()))
    });
    lines.build("empty cell", |builder| builder.credentials_provider(CredentialsCell::empty()));
    lines.add("cell", || {
        let cell = CredentialsCell::new(credentials()?);
        let presigner = builder()?.credentials_provider(cell.clone()).build()?;
        let sign = || presigner.presign_at(GetObject::new("k"), QUARTER, now()?).map(signed);
        let first = sign()?;
        cell.set(Credentials::new("AKIASECOND", "secret")?);
        Ok(format!("{first}|{}", sign()?))
    });
    lines.add("expiring credentials", || {
        let presigner = presigner()?.with_credentials(credentials()?.with_expiration(now()?.checked_add(QUARTER / 3)?));
        presigner.presign_at(GetObject::new("k"), QUARTER, now()?).map(signed)
    });
    lines.add("derived", || {
        let derived =
            presigner()?.with_endpoint("https://files.example")?.with_region("us-east-1")?.with_bucket("b-1")?;
        derived.presign_at(GetObject::new("k"), QUARTER, now()?).map(signed)
    });
}

fn many(lines: &mut Lines) {
    lines.add("batch", || {
        let presigner = presigner()?;
        let batch = presigner.batch_at(QUARTER, now()?)?;
        let urls: Result<Vec<_>, Error> =
            ["a", "ä"].map(|key| batch.presign(GetObject::new(key)).map(signed)).into_iter().collect();
        Ok(urls?.join("|"))
    });
    // More than 32 bits of bytes.
    for bytes in [0, 20_000_000, 5_000_000_000, 53_687_091_200_000, u64::MAX] {
        lines.add(&format!("parts of {bytes} bytes"), || {
            let plan = MultipartPlan::new(bytes)?;
            let presigner = presigner()?;
            let parts = presigner.upload_parts_at("k", "id", &plan, QUARTER, now()?);
            let count = parts.len();
            let last = parts.last().transpose()?;
            Ok(format!(
                "{count}: {}",
                last.map_or_else(String::new, |(part, request)| { format!("{:?} {}", part.range(), signed(request)) })
            ))
        });
    }
    lines.sign("start", |presigner| presigner.presign_at(CreateMultipartUpload::new("k"), QUARTER, now()?));
    lines.add("completion", || {
        CompleteMultipartUpload::body((1..=3).map(|number| CompletedPart::new(number, "\"a&b\"")))
    });
    lines.add("deletion", || Ok(format!("{:?}", DeleteObjects::body([ObjectIdentifier::new("a<b")])?)));
}

fn forms(lines: &mut Lines) {
    let policy = || {
        PostPolicy::with_key_prefix("users/42/")
            .content_type_starts_with("image/", "image/png")
            .content_length_range(1..=u64::MAX)
    };
    lines.add("form", || {
        let post = presigner()?.presign_post_at(&policy(), QUARTER, now()?)?;
        let fields: Vec<_> = post.fields().map(|(name, value)| format!("{name}={value}")).collect();
        let body = post.multipart_body("a.png", "image/png", b"bytes")?;
        Ok(format!(
            "{} {}|{}|{}",
            post.url(),
            fields.join("&"),
            post.to_html(),
            String::from_utf8_lossy(&body.into_bytes())
        ))
    });
    lines.add("policy", || {
        let post = presigner()?.presign_post_at(&policy(), QUARTER, now()?)?;
        let document =
            post.fields().find(|(name, _)| *name == "Policy").map(|(_, value)| PostPolicyDocument::parse(value));
        let check = |size, time| {
            Ok(format!(
                "{:?}",
                match &document {
                    Some(Ok(document)) => document.evaluate(post.fields(), "a.png", size, time),
                    _ => return Ok("no document".to_owned()),
                }
            ))
        };
        let checks: Result<Vec<_>, Error> = [(1, now()?), (0, now()?), (1, now()?.checked_add(QUARTER)?)]
            .map(|(size, time)| check(size, time))
            .into_iter()
            .collect();
        Ok(checks?.join("|"))
    });
    for (name, store) in [("AWS", Store::AWS), ("R2", Store::CLOUDFLARE_R2)] {
        lines.add(&format!("grant for {name}"), || {
            let presigner = builder()?.store(store).account("account").build()?;
            let upload = Upload::new("k", "image/png", 5_000_000).size(48_213);
            let grant = presigner.grant_upload_at(&upload, QUARTER, now()?)?;
            let json = serde_json::to_string(&grant).unwrap_or_default();
            let is_same = serde_json::from_str::<UploadGrant>(&json).is_ok_and(|read| read == grant);
            Ok(format!("{json} {is_same}"))
        });
    }
    lines.add("damaged JSON", || Ok(serde_json::from_str::<UploadGrant>("{\"method\":").is_err()));
    lines.add("settings", || {
        let builder: Result<PresignerBuilder, _> =
            serde_json::from_str(r#"{"region": "eu-west-1", "clock_slack": 60}"#);
        builder.map_err(|_| Error::NoCredentials)?.credentials(credentials()?).bucket("b-1").build().map(|_| "built")
    });
}

fn other_services(lines: &mut Lines) {
    lines.add("presigned STS", || signer()?.presign_at(&sts()?, QUARTER, now()?).map(signed));
    lines.add("authorized STS", || {
        let authorized = signer()?.authorize_at(&sts()?, now()?)?;
        let headers: Vec<_> = authorized.headers().map(|(name, value)| format!("{name}: {value}")).collect();
        Ok(format!("{} {}", authorized.url(), headers.join(" ")))
    });
    lines.add("explained STS", || Ok(signer()?.explain_at(&sts()?, QUARTER, now()?)?.string_to_sign().to_owned()));
}

fn values(lines: &mut Lines) {
    lines.parse::<Timestamp>(
        "time",
        &[
            "",
            "20240315T081530Z",
            "2024-03-15T10:15:30.5+02:00",
            "1970-01-01T00:00:00+23:59",
            "9999-12-31T23:59:60Z",
            "soon",
        ],
    );
    lines.parse::<Store>("store", &["minio", "s3"]);
    lines.parse::<AddressingStyle>("style", &["path", ""]);
    lines.parse::<Method>("method", &["PUT", "put"]);
    lines.check("region", || Region::new("eu/west"));
    lines.add("as system time", || {
        let time = SystemTime::from(now()?);
        Timestamp::try_from(time + Duration::from_millis(1_500))
    });
    lines.add("all time as system time", || {
        Timestamp::try_from(SystemTime::from(Timestamp::from_unix_seconds(253_402_300_799)?))
    });
    lines.add("debug", || Ok(format!("{:?} {:?} {:?}", presigner()?, credentials()?, builder()?)));
}

/// Everything that reads the system's clock, and the environment.
#[must_use]
pub fn with_the_clock() -> Vec<String> {
    let mut lines = Lines::default();
    let get = || GetObject::new("k");
    let mut url = String::new();
    lines.check("Timestamp::now", Timestamp::now);
    lines.check("Presigner::presign", || presigner()?.presign(get(), QUARTER));
    lines.check("Presigner::presign_into", || presigner()?.presign_into(&mut url, get(), QUARTER));
    lines.check("Presigner::explain", || presigner()?.explain(get(), QUARTER));
    lines.check("Presigner::batch", || presigner()?.batch(QUARTER).map(|_| ()));
    lines.check("Presigner::upload_parts", || {
        let (presigner, plan) = (presigner()?, MultipartPlan::new(20_000_000)?);
        presigner.upload_parts("k", "id", &plan, QUARTER).try_for_each(|part| part.map(|_| ()))
    });
    lines.check("Presigner::presign_post", || presigner()?.presign_post(&PostPolicy::new("k"), QUARTER));
    lines.check("Presigner::grant_upload", || presigner()?.grant_upload(&Upload::new("k", "image/png", 5), QUARTER));
    lines.check("Signer::presign", || signer()?.presign(&sts()?, QUARTER));
    lines.check("Signer::presign_into", || signer()?.presign_into(&mut url, &sts()?, QUARTER));
    lines.check("Signer::authorize", || signer()?.authorize(&sts()?));
    lines.check("Signer::explain", || signer()?.explain(&sts()?, QUARTER));
    lines.check("Credentials::from_env", Credentials::from_env);
    lines.0
}
