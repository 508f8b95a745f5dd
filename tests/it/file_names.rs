//! File names in `Content-Disposition`, wherever it can be set, and metadata of any characters.

use std::time::Duration;

use presign::s3::*;
use presign::{Credentials, Error, Presigner, Timestamp};

const LIFE: Duration = Duration::from_secs(900);

fn now() -> Timestamp {
    "20240315T081530Z".parse().expect("a time")
}

fn presigner() -> Presigner {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret").expect("valid");
    Presigner::builder().credentials(credentials).region("eu-west-1").bucket("user-media").build().expect("valid")
}

/// The encoded names are those of Python's `urllib.parse.quote(name, safe="")`.
#[test]
fn names() {
    for (name, expected) in [
        ("", "attachment"),
        ("report.pdf", "attachment; filename=\"report.pdf\""),
        ("report 2024; final.pdf", "attachment; filename=\"report 2024; final.pdf\""),
        ("it's 100%.txt", "attachment; filename=\"it's 100%.txt\""),
        ("100%zz %4", "attachment; filename=\"100%zz %4\""),
        ("=?UTF-8?Q?a?=", "attachment; filename=\"_?UTF-8?Q?a?=\"; filename*=UTF-8''%3D%3FUTF-8%3FQ%3Fa%3F%3D"),
        ("a=b?.txt", "attachment; filename=\"a=b?.txt\""),
        ("a/b.txt", "attachment; filename=\"a/b.txt\""),
        ("€ rates.txt", "attachment; filename=\"_ rates.txt\"; filename*=UTF-8''%E2%82%AC%20rates.txt"),
        ("日本.pdf", "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.pdf"),
        ("1976–2016.md", "attachment; filename=\"1976_2016.md\"; filename*=UTF-8''1976%E2%80%932016.md"),
        ("Zürich.txt", "attachment; filename=\"Z_rich.txt\"; filename*=UTF-8''Z%C3%BCrich.txt"),
        ("\u{1f980}", "attachment; filename=\"_\"; filename*=UTF-8''%F0%9F%A6%80"),
        ("a\"b.txt", "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt"),
        ("a\\b.txt", "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%5Cb.txt"),
        ("50%25.txt", "attachment; filename=\"50_25.txt\"; filename*=UTF-8''50%2525.txt"),
        ("a\r\nb\0", "attachment; filename=\"a__b_\"; filename*=UTF-8''a%0D%0Ab%00"),
        ("'é*'", "attachment; filename=\"'_*'\"; filename*=UTF-8''%27%C3%A9%2A%27"),
    ] {
        let value = ContentDisposition::attachment(name);
        assert_eq!(value.as_str(), expected, "{name}");
        assert_eq!(value.to_string(), expected);
        assert!(expected.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{name}");
        let inline = ContentDisposition::inline(String::from(name));
        assert_eq!(inline.as_str(), expected.replacen("attachment", "inline", 1));
    }
}

#[test]
fn every_place_takes_one() -> Result<(), Error> {
    let name = ContentDisposition::attachment("日本.pdf");
    let encoded = "response-content-disposition=attachment%3B%20filename%3D%22__.pdf%22%3B%20\
                   filename%2A%3DUTF-8%27%27%25E6%2597%25A5%25E6%259C%25AC.pdf";
    let get = presigner().presign_at(GetObject::new("k").response_content_disposition(&name), LIFE, now())?;
    let head = presigner().presign_at(HeadObject::new("k").response_content_disposition(name.clone()), LIFE, now())?;
    let query =
        presigner().presign_at(GetObject::new("k").query("response-content-disposition", &name), LIFE, now())?;
    for signed in [get, head, query] {
        assert!(signed.url().contains(encoded), "{}", signed.url());
    }
    let source = || CopySource::new("archive", "k");
    let operations: [Box<dyn Operation>; 5] = [
        Box::new(PutObject::new("k").content_disposition(&name)),
        Box::new(PutObject::new("k").header("Content-Disposition", &name)),
        Box::new(CopyObject::new("k", source()?).content_disposition(name.clone())),
        Box::new(CreateMultipartUpload::new("k").content_disposition(&name)),
        Box::new(CreateMultipartUpload::new("k").content_disposition(name.as_str())),
    ];
    for operation in operations {
        let signed = presigner().presign_at(&*operation, LIFE, now())?;
        let header = signed.headers().find(|(header, _)| *header == "content-disposition").map(|(_, value)| value);
        assert_eq!(header, Some(name.as_str()));
    }
    Ok(())
}

#[cfg(feature = "post")]
#[test]
fn forms_and_grants_take_one() -> Result<(), Error> {
    let name = ContentDisposition::inline("日本.pdf");
    let value = |parts: presign::SignedParts| {
        let mut all = parts.fields.into_iter().chain(parts.headers);
        all.find(|(field, _)| field.eq_ignore_ascii_case("content-disposition")).map(|(_, value)| value)
    };
    let form = presigner().presign_post_at(&PostPolicy::new("k").content_disposition(&name), LIFE, now())?;
    assert_eq!(value(form.into_parts()).as_deref(), Some(name.as_str()));
    let upload = Upload::new("k", "application/pdf", 5_000).size(5).content_disposition(&name);
    let put_only = presigner().with_endpoint("https://store.example.com")?;
    for (presigner, is_form) in [(presigner(), true), (put_only, false)] {
        let grant = presigner.grant_upload_at(&upload, LIFE, now())?;
        assert_eq!(matches!(grant, UploadGrant::Form(_)), is_form);
        assert_eq!(value(grant.into_parts()).as_deref(), Some(name.as_str()));
    }
    Ok(())
}

/// What Python's `email.header.decode_header` reads as the text.
#[test]
fn encoded_metadata() -> Result<(), Error> {
    let put = PutObject::new("k")
        .metadata_encoded("plain", "Jane Doe")
        .metadata_encoded("short", "groß.jpg")
        .metadata_encoded("long", "日本語のとても長いファイル名です.pdf");
    let signed = presigner().presign_at(&put, LIFE, now())?;
    let expected = [
        (
            "x-amz-meta-long",
            "=?UTF-8?B?5pel5pys6Kqe44Gu44Go44Gm44KC6ZW344GE44OV44Kh44Kk44Or5ZCN44Gn?= =?UTF-8?B?44GZLnBkZg==?=",
        ),
        ("x-amz-meta-plain", "Jane Doe"),
        ("x-amz-meta-short", "=?UTF-8?B?Z3Jvw58uanBn?="),
    ];
    assert_eq!(signed.headers().collect::<Vec<_>>(), expected);
    Ok(())
}
