//! The four combinations of the rules for paths, of which the table of services has two.

use std::time::Duration;

use percent_encoding::percent_decode_str;
use presign::s3::{AddressingStyle, S3Request};
use presign::sigv4::{PathEncoding, PathNormalization, Request, Service, Signer};
use presign::{Credentials, Error, Method, Presigner, Region, Timestamp};

use crate::naive;

const LIFE: Duration = Duration::from_secs(900);
const ENDPOINT: &str = "https://gateway.example.com";
const RULES: [(PathEncoding, PathNormalization); 4] = [
    (PathEncoding::Twice, PathNormalization::Keep),
    (PathEncoding::Once, PathNormalization::Normalize),
    (PathEncoding::Twice, PathNormalization::Normalize),
    (PathEncoding::Once, PathNormalization::Keep),
];

/// Paths of URLs, and the signature by each of the `RULES`.
///
/// Source: `awscrt` 0.38.1, which has a flag for each of the two rules (`use_double_uri_encode`,
/// `should_normalize_uri_path`), and `botocore` 1.44.8, whose `SigV4QueryAuth._normalize_url_path` was put together from its
/// functions `normalize_url_path` and `quote`. Both give the same signatures.
const PATHS: [(&str, [&str; 4]); 14] = [
    (
        "/",
        [
            "1508f3868762c4247f3b64cbbcfb7ebf9367c35ee3fe892662ba5b7287e29fe7",
            "1508f3868762c4247f3b64cbbcfb7ebf9367c35ee3fe892662ba5b7287e29fe7",
            "1508f3868762c4247f3b64cbbcfb7ebf9367c35ee3fe892662ba5b7287e29fe7",
            "1508f3868762c4247f3b64cbbcfb7ebf9367c35ee3fe892662ba5b7287e29fe7",
        ],
    ),
    (
        "/a%20b",
        [
            "b205eac61f479a395dda4662cf16d3f633ed56fba73007f0c8a7bab6d7e83be9",
            "8cd561559bd83f275333946f792efbe96284d5707b8b11c8287ad3c26d4300e5",
            "b205eac61f479a395dda4662cf16d3f633ed56fba73007f0c8a7bab6d7e83be9",
            "8cd561559bd83f275333946f792efbe96284d5707b8b11c8287ad3c26d4300e5",
        ],
    ),
    (
        "/a%20b/%2520c",
        [
            "c06f024bdcfd8de68e16d4a3a3c3d9385d1150c77aac287c40f04cb47515cbd2",
            "c14a479ff4e692dc334319f5dc22abb591a6e4999af104501facd100795cb220",
            "c06f024bdcfd8de68e16d4a3a3c3d9385d1150c77aac287c40f04cb47515cbd2",
            "c14a479ff4e692dc334319f5dc22abb591a6e4999af104501facd100795cb220",
        ],
    ),
    (
        "/%E6%97%A5%E6%9C%AC/%C3%BC",
        [
            "6c0258d377d26145baaa25fba01d63305e39a44f92a646b0400f5f0a012c0e9c",
            "779dd3d69b9e65eb5e4bbceabea4a2324833567d1c40ab920732a38a098707c4",
            "6c0258d377d26145baaa25fba01d63305e39a44f92a646b0400f5f0a012c0e9c",
            "779dd3d69b9e65eb5e4bbceabea4a2324833567d1c40ab920732a38a098707c4",
        ],
    ),
    (
        "//a//b%20c",
        [
            "599e46c085748fc5825db89a479393fceb46df5cd1b3dbd5abd7c7ead2750344",
            "ab1abb001b70d2422b13d6bf15ef0496d549743029e6fb9ac8d89f2f2012f4ed",
            "2fa16f1ecbc075d6713fffa541d77ec54c2c6dbdb3df2521e485bca63555c880",
            "cf880b53fe9e08f25c70052e858a258c22e4bf0a9f292400a543719443abcb81",
        ],
    ),
    (
        "/a%20b/./c",
        [
            "0c41b42a7d4a427a789bac5b1ea045a238b7569c504bae35aa074cb5853b35b4",
            "c54b986ccb6e21c720cb92f055b3ed191b82892ba6409ed8a9c1c14f7b3f3829",
            "3782cba0a9535daed92347bf623079aa8f8c3cfecda120fcbdd9f2c3b113b188",
            "3b0cb09fbe0a427cd5df2ad5a7660933c6934e3ac875215dbd88957d05b80088",
        ],
    ),
    (
        "/a%20b/../c",
        [
            "57f5c2c927a49e71ffc24fe83204c1f1aba2890b40e1b655faa19879879a806e",
            "1aeb01bd625afc7da74aec00d5cd8626a20128306b16d2e69b111cafab4884d1",
            "1aeb01bd625afc7da74aec00d5cd8626a20128306b16d2e69b111cafab4884d1",
            "e266e3a79d5386cde6c43d1a3061d1cff47511aab1e55e4268c35907fa1be367",
        ],
    ),
    (
        "/a%20b/..",
        [
            "6223ba1e08e1d96f6d28eb5649549090aa5b5c2613cdf5484244a3ab31b58a47",
            "1508f3868762c4247f3b64cbbcfb7ebf9367c35ee3fe892662ba5b7287e29fe7",
            "1508f3868762c4247f3b64cbbcfb7ebf9367c35ee3fe892662ba5b7287e29fe7",
            "3e50539211ae40715b2d334f18c650866f47d2774ebd224b617b7f7a0278a059",
        ],
    ),
    (
        "/a%20b/",
        [
            "7e8ab4669afb8c854980dfd017af881c15e51848619b92735653b6f3af579e40",
            "4cb7c345940615697158efd25d1b3530416c1c680fb1ed1c1300782e8c191bdf",
            "7e8ab4669afb8c854980dfd017af881c15e51848619b92735653b6f3af579e40",
            "4cb7c345940615697158efd25d1b3530416c1c680fb1ed1c1300782e8c191bdf",
        ],
    ),
    (
        "/a%20b//",
        [
            "d9698b62ff057d0472a3e5e3f9a323be70133104a91cb39239ea90338ea2a910",
            "4cb7c345940615697158efd25d1b3530416c1c680fb1ed1c1300782e8c191bdf",
            "7e8ab4669afb8c854980dfd017af881c15e51848619b92735653b6f3af579e40",
            "02b81812b85fcb42d7caf7ea89bb45100cec63e7710c4a2837348b515d8f71a6",
        ],
    ),
    (
        "/~%21%24%27%28%29%2A%2C%3B%3D%3A%40%2B%26",
        [
            "8894eb37060b8528678e123bb15d2b13e33d50f30c16f2b29144adba1d49b606",
            "1c87b6455c01eaf828dfa1dd78a1e2c1a72e16a6152a87e35aa5d799c21c1db7",
            "8894eb37060b8528678e123bb15d2b13e33d50f30c16f2b29144adba1d49b606",
            "1c87b6455c01eaf828dfa1dd78a1e2c1a72e16a6152a87e35aa5d799c21c1db7",
        ],
    ),
    (
        "/a/%2Fb",
        [
            "8e5680b8965da87b7867e989858f56edae996489d9def667acc6a37e6a6b4375",
            "6b1bdcaf2dab4a1f00d1c51ebed8ce23ff2c9f09eee446890e81afae0d5976af",
            "8e5680b8965da87b7867e989858f56edae996489d9def667acc6a37e6a6b4375",
            "6b1bdcaf2dab4a1f00d1c51ebed8ce23ff2c9f09eee446890e81afae0d5976af",
        ],
    ),
    (
        "/a%20b/%2e%2e/c",
        [
            "91c97897b844d28a7f892ed1c2b5ac7070d7b50323ba911a39093c0efeb4000e",
            "9dc5f52e5a2f121a9b459d59d67c6851aaa8765f9acbbc571c198d2c273ab67b",
            "91c97897b844d28a7f892ed1c2b5ac7070d7b50323ba911a39093c0efeb4000e",
            "9dc5f52e5a2f121a9b459d59d67c6851aaa8765f9acbbc571c198d2c273ab67b",
        ],
    ),
    (
        "/.%20./.../..a",
        [
            "5f1b73a403e2f57787cce6c89afa2c90aa9d4e222134b8e11deaac8d8405c274",
            "2224662ea85aaf6023068cb6306ac58c7f910e3917695b647202fb3ac832a254",
            "5f1b73a403e2f57787cce6c89afa2c90aa9d4e222134b8e11deaac8d8405c274",
            "2224662ea85aaf6023068cb6306ac58c7f910e3917695b647202fb3ac832a254",
        ],
    ),
];

fn credentials() -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").expect("valid")
}

fn service((encoding, normalization): (PathEncoding, PathNormalization)) -> Service {
    let service = Service::new("my-gateway").expect("a service");
    service.path_encoding(encoding).path_normalization(normalization)
}

fn naive_input(path: &str, (encoding, normalization): (PathEncoding, PathNormalization)) -> naive::Input {
    naive::Input {
        method: "GET",
        scheme: "https".into(),
        host: "gateway.example.com".into(),
        path: path.into(),
        query: Vec::new(),
        headers: Vec::new(),
        payload: None,
        path_rules: naive::PathRules {
            normalize: normalization == PathNormalization::Normalize,
            encode_again: encoding == PathEncoding::Twice,
        },
        access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
        secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
        token: None,
        unix_seconds: 1_710_490_530,
        expires: 900,
        region: "eu-west-1".into(),
        service: "my-gateway".into(),
    }
}

#[test]
fn urls_by_each_rule() -> Result<(), Error> {
    let now: Timestamp = "20240315T081530Z".parse()?;
    for rules in RULES {
        let signer = Signer::new(credentials(), Region::new("eu-west-1")?, service(rules));
        let presigner = Presigner::builder()
            .credentials(credentials())
            .region("eu-west-1")
            .endpoint(ENDPOINT)
            .addressing_style(AddressingStyle::BucketEndpoint)
            .service(service(rules))
            .build()?;
        for (path, signatures) in PATHS {
            let naive = naive_input(path, rules);
            let expected = naive.presign();
            let signature = signatures[RULES.iter().position(|other| *other == rules).expect("one of them")];
            assert!(expected.ends_with(signature), "the naive implementation: {path} {rules:?}");

            let encoded = Request::new(Method::Get, ENDPOINT)?.path(path).allow_dot_segments();
            let raw = percent_decode_str(path).decode_utf8().expect("UTF-8");
            let is_canonical = naive::uri_encode(&raw, false) == path;
            if !is_canonical && rules.0 == PathEncoding::Once {
                let refused = signer.presign_at(&encoded, LIFE, now).map(|_| ());
                assert!(matches!(refused, Err(Error::PathNotCanonical { .. })), "{path} {rules:?}");
                continue;
            }
            assert_eq!(signer.presign_at(&encoded, LIFE, now)?.url(), expected, "{path} {rules:?}");
            let authorized = signer.authorize_at(&encoded, now)?;
            let authorization = authorized.headers().find(|(name, _)| *name == "authorization");
            assert_eq!(authorization.map(|(_, value)| value), Some(&*naive.authorize()), "{path} {rules:?}");

            if is_canonical {
                let request = Request::new(Method::Get, ENDPOINT)?.raw_path(&*raw).allow_dot_segments();
                assert_eq!(signer.presign_at(&request, LIFE, now)?.url(), expected, "{path} {rules:?}");
                let operation = match &raw[1..] {
                    "" => S3Request::new(Method::Get),
                    key => S3Request::new(Method::Get).key(key).allow_dot_segments(),
                };
                assert_eq!(presigner.presign_at(&operation, LIFE, now)?.url(), expected, "{path} {rules:?}");
                let batch = presigner.batch_at(LIFE, now)?;
                assert_eq!(batch.presign(&operation)?.url(), expected, "{path} {rules:?}");
            }
        }
    }
    Ok(())
}

/// The URL is the same by all rules: they concern only what is signed.
#[test]
fn the_base_path_of_an_endpoint_is_a_part_of_the_path() -> Result<(), Error> {
    let now: Timestamp = "20240315T081530Z".parse()?;
    for rules in RULES {
        let signer = Signer::new(credentials(), Region::new("eu-west-1")?, service(rules));
        let expected = naive_input("/base/v1//a%20b/", rules).presign();
        let request = Request::new(Method::Get, [ENDPOINT, "/base/v1"].concat())?.raw_path("//a b/");
        let signed = signer.presign_at(&request, LIFE, now)?;
        assert_eq!(signed.url(), expected, "{rules:?}");
        assert!(signed.url().starts_with("https://gateway.example.com/base/v1//a%20b/?"), "{rules:?}");
    }
    Ok(())
}
