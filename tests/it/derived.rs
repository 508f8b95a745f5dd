//! What is derived from a presigner is what the builder makes of the same settings.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use presign::s3::{AddressingStyle, GetObject, Store};
use presign::{Credentials, Error, Presigner, PresignerBuilder, Region};

const MINUTE: Duration = Duration::from_secs(60);

/// What may be derived, in any combination.
#[derive(Clone, Copy, Debug)]
struct Place {
    bucket: &'static str,
    endpoint: Option<&'static str>,
    region: &'static str,
}

const BUCKETS: [&str; 5] = [
    "user-media",
    "dotted.bucket",
    "b--use1-az4--x-s3",
    "arn:aws:s3:eu-central-1:123456789012:accesspoint/media",
    "arn:aws:s3-outposts:us-east-1:123456789012:outpost:op-0123456789abcdef0:accesspoint:media",
];
const ENDPOINTS: [Option<&str>; 3] = [None, Some("http://minio:9000"), Some("https://gateway.example.com/s3")];
const REGIONS: [&str; 2] = ["us-east-1", "eu-central-1"];

fn credentials() -> Credentials {
    Credentials::new("ASIAEXAMPLE", "secret").and_then(|it| it.with_session_token("token")).expect("valid")
}

fn place(builder: PresignerBuilder, place: Place) -> PresignerBuilder {
    builder.bucket(place.bucket).endpoint(place.endpoint).region(place.region)
}

/// The URL, and whether a form is granted.
fn signed(presigner: Result<Presigner, Error>) -> Result<(String, String), Error> {
    let (presigner, now) = (presigner?, "20240315T081530Z".parse()?);
    let url = presigner.presign_at(GetObject::new("a b.png"), MINUTE, now)?.into_url();
    #[cfg(feature = "post")]
    let grant = {
        let upload = presign::s3::Upload::new("a", "image/png", 5).size(5);
        format!("{:?}", presigner.grant_upload_at(&upload, MINUTE, now)?)
    };
    #[cfg(not(feature = "post"))]
    let grant = String::new();
    Ok((url, grant))
}

#[test]
fn every_way_from_one_place_to_another() {
    let settings: [fn() -> PresignerBuilder; 7] = [
        Presigner::builder,
        || Presigner::builder().addressing_style(AddressingStyle::Path),
        || Presigner::builder().addressing_style(AddressingStyle::VirtualHosted),
        || Presigner::builder().session_auth(false).signing_window(MINUTE),
        || Presigner::builder().clock_slack(MINUTE),
        || Presigner::builder().store(Store::MINIO).strict_expiry(true),
        || Presigner::builder().published_endpoint("https://files.example.com/minio"),
    ];
    let mut compared = 0;
    for settings in settings {
        let base = || settings().credentials(credentials());
        let places: Vec<_> = BUCKETS
            .into_iter()
            .flat_map(|bucket| {
                ENDPOINTS
                    .into_iter()
                    .flat_map(move |endpoint| REGIONS.into_iter().map(move |region| Place { bucket, endpoint, region }))
            })
            .collect();
        for &from in &places {
            let Ok(presigner) = place(base(), from).build() else { continue };
            for &to in &places {
                let mut derived = Ok(presigner.clone());
                if to.region != from.region {
                    derived = derived.and_then(|it: Presigner| it.with_region(to.region));
                }
                if to.bucket != from.bucket {
                    derived = derived.and_then(|it| it.with_bucket(to.bucket));
                }
                match to.endpoint {
                    Some(endpoint) if to.endpoint != from.endpoint => {
                        derived = derived.and_then(|it| it.with_endpoint(endpoint));
                    }
                    // There is no way back to the endpoint of AWS.
                    None if from.endpoint.is_some() => continue,
                    _ => {}
                }
                // On the way there may be a place that does not exist, such as a bucket in another region's partition.
                if let Ok(derived) = derived {
                    compared += 1;
                    assert_eq!(signed(Ok(derived)), signed(place(base(), to).build()), "{from:?} {to:?}");
                }
            }
        }
    }
    assert!(compared > 1_000, "{compared}");
}

#[test]
fn what_a_presigner_is_for() -> Result<(), Error> {
    let aws = Presigner::builder().credentials(credentials()).region("eu-west-1").bucket("user-media").build()?;
    assert_eq!((aws.bucket(), aws.region().as_str()), (Some("user-media"), "eu-west-1"));
    assert_eq!((aws.endpoint(), aws.store()), (None, None));

    let access_point = aws.with_bucket(BUCKETS[3])?;
    assert_eq!((access_point.bucket(), access_point.region().as_str()), (Some(BUCKETS[3]), "eu-central-1"));

    let r2 = Presigner::builder()
        .store(Store::CLOUDFLARE_R2)
        .account("0123456789abcdef0123456789abcdef")
        .credentials(credentials())
        .bucket("user-media")
        .build()?;
    assert_eq!((r2.region().as_str(), r2.store()), ("auto", Some(Store::CLOUDFLARE_R2)));
    assert_eq!(r2.endpoint().as_deref(), Some("https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com"));
    let moved = r2.with_endpoint("HTTP://Files.example:80/base/")?;
    assert_eq!(moved.endpoint().as_deref(), Some("http://files.example/base"));

    let cname = Presigner::builder()
        .credentials(credentials())
        .region("auto")
        .endpoint("https://files.example.com")
        .addressing_style(AddressingStyle::BucketEndpoint)
        .build()?;
    assert_eq!(cname.bucket(), None);
    Ok(())
}

/// Whatever people have as a string, and whatever a configuration leaves out.
#[test]
fn settings_of_every_kind() -> Result<(), Error> {
    let (key, url) = ("users/42/ä b.png", "20240315T081530Z".parse()?);
    let expected = Presigner::builder().credentials(credentials()).region("eu-west-1").bucket("user-media").build()?;
    let expected = expected.presign_at(GetObject::new(key), MINUTE, url)?.into_url();

    let region = Region::new("eu-west-1")?;
    let shared: Arc<str> = "user-media".into();
    let builders = [
        Presigner::builder().region(&region).bucket(&shared).endpoint(None::<&str>),
        Presigner::builder().region(region.clone()).bucket(Arc::clone(&shared)).store(None).account(None::<String>),
        Presigner::builder().region(Some(&region)).bucket(Some("user-media".to_owned())).signing_window(None),
        Presigner::builder().region(Some("eu-west-1")).bucket(Box::<str>::from("user-media")).addressing_style(None),
        Presigner::builder().region(Cow::Borrowed("eu-west-1")).bucket("user-media").dual_stack(true).dual_stack(false),
        Presigner::builder()
            .region("x")
            .region("eu-west-1")
            .bucket(Some(&shared))
            .endpoint("bad")
            .endpoint(None::<&str>),
    ];
    for (number, builder) in builders.into_iter().enumerate() {
        let presigner = builder.credentials(credentials()).build()?;
        let keys = [key];
        let (arc, cow, owned) = (Arc::<str>::from(key), Cow::Borrowed(key), key.to_owned());
        for get in keys.iter().map(GetObject::new).chain([
            GetObject::new(Arc::<str>::from(key)),
            GetObject::new(&arc),
            GetObject::new(Cow::Borrowed(key)),
            GetObject::new(&cow),
            GetObject::new(key.to_owned()),
            GetObject::new(&owned),
            GetObject::new(Box::<str>::from(key)),
        ]) {
            assert_eq!(presigner.presign_at(get, MINUTE, url)?.url(), expected, "{number}");
        }
    }
    Ok(())
}

/// A configuration file gives the presigner that its settings give.
#[cfg(feature = "serde")]
#[test]
fn settings_of_a_configuration_file() -> Result<(), Error> {
    let read = |json: &str| serde_json::from_str::<PresignerBuilder>(json).map_err(|error| error.to_string());
    let all = r#"{
        "bucket": "user-media", "region": "eu-west-1", "endpoint": null, "published_endpoint": "https://files.example",
        "account": null, "store": "aws", "addressing_style": "virtual", "dual_stack": true, "fips": false, "accelerate": null,
        "arn_region_must_match": true, "session_auth": false, "strict_expiry": true, "signing_window": 60,
        "clock_slack": 90
    }"#;
    let by_hand = Presigner::builder()
        .bucket("user-media")
        .region("eu-west-1")
        .published_endpoint("https://files.example")
        .store(Store::AWS)
        .addressing_style(AddressingStyle::VirtualHosted)
        .dual_stack(true)
        .arn_region_must_match(true)
        .session_auth(false)
        .strict_expiry(true)
        .signing_window(MINUTE)
        .clock_slack(Duration::from_secs(90));
    let with = |builder: PresignerBuilder| builder.credentials(credentials()).build();
    assert_eq!(signed(with(read(all).expect("valid"))), signed(with(by_hand)));
    assert!(signed(with(read(all).expect("valid")))?.0.starts_with("https://files.example/a%20b.png?"));
    let published = r#""published_endpoint": "https://files.example""#;
    let all = all.replace(published, r#""published_endpoint": null"#);
    assert!(signed(with(read(&all).expect("valid")))?.0.contains("//user-media.s3.dualstack.eu-west-1.amazonaws.com/"));
    assert_eq!(with(read("{}").expect("valid")).err(), with(Presigner::builder()).err());

    let ours = Store::custom("ours")
        .with_endpoint_template("https://{region}.example.com")
        .with_region("home")
        .with_addressing_style(AddressingStyle::VirtualHosted)
        .with_max_expires(MINUTE)
        .with_post_forms(presign::s3::PostForms::NotSupported);
    for (json, store) in [
        (
            r#"{"store": {"name": "ours", "endpoint_template": "https://{region}.example.com", "region": "home",
            "addressing_style": "virtual", "max_expires": 60, "post_forms": false}}"#,
            Some(ours),
        ),
        (r#"{"store": {"name": "ours", "region": null, "post_forms": null}}"#, Some(Store::custom("ours"))),
        (
            r#"{"store": {"name": "ours", "post_forms": true}}"#,
            Some(Store::custom("ours").with_post_forms(presign::s3::PostForms::Supported)),
        ),
        (r#"{"store": null}"#, None),
    ] {
        let builder = || read(json).expect(json).endpoint("https://h").region("r").bucket("user-media");
        let presigner = with(builder())?;
        assert_eq!(presigner.store(), store, "{json}");
        assert!(format!("{:?}", builder()).contains(if store.is_some() { "\"..\"" } else { "Amazon" }));
    }

    for (json, message) in [
        (r#"{"regoin": "eu-west-1"}"#, "unknown setting; known are bucket, region, endpoint, published_endpoint,"),
        (r#"{"secret_access_key": "wJalr"}"#, "unknown setting; known are bucket"),
        (r#"{"region": "a", "region": "b"}"#, "duplicate field `region`"),
        (r#"{"store": "s3"}"#, "the store is unknown: known are aws, cloudflare-r2"),
        (r#"{"store": 7}"#, "invalid type: integer `7`, expected the name of a store, or an object that describes one"),
        (r#"{"store": {}}"#, "missing field `name`"),
        (r#"{"store": {"name": null}}"#, "missing field `name`"),
        (r#"{"store": {"name": "a", "name": "b"}}"#, "duplicate field `name`"),
        (r#"{"store": {"name": "a", "wJalr": "b"}}"#, "unknown member of a store; known are name, endpoint_template,"),
        (r#"{"store": {"name": "a", "addressing_style": "host"}}"#, "the addressing style is unknown"),
        (r#"{"addressing_style": "host"}"#, "the addressing style is unknown"),
        (r#"{"signing_window": -1}"#, "the value of signing_window has another type"),
        (r#"{"clock_slack": "wJalr"}"#, "the value of clock_slack has another type"),
        (r#"{"fips": "wJalr"}"#, "the value of fips has another type"),
        (r#"{"addressing_style": ["wJalr"]}"#, "the value of addressing_style has another type"),
        (r#"{"store": {"name": "a", "max_expires": "wJalr"}}"#, "the value of max_expires has another type"),
        (r#""wJalr""#, "invalid type: string, expected an object with the settings of a presigner"),
        ("[]", "invalid type: sequence, expected an object with the settings of a presigner"),
    ] {
        let error = read(json).expect_err(json);
        assert!(error.starts_with(message) && !error.contains("wJalr"), "{json}: {error}");
    }
    Ok(())
}
