//! The URLs of all parts, by iterator and into a buffer, are those of `UploadPart`.

use std::time::Duration;

use presign::s3::{CompleteMultipartUpload, CompletedPart, MultipartPlan, PlannedPart, UploadPart};
use presign::{Credentials, Error, PresignedRequest, Presigner, Timestamp};

const LIFE: Duration = Duration::from_secs(3_600);

fn presigner() -> Result<Presigner, Error> {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
    Presigner::builder().credentials(credentials).region("eu-west-1").bucket("user-media").build()
}

fn now() -> Result<Timestamp, Error> {
    "20240315T081530Z".parse()
}

#[test]
fn parts_are_signed_as_one_by_one() -> Result<(), Error> {
    let (presigner, now) = (presigner()?, now()?);
    for object_size in [0, 1, 20_000_000, 5_242_880 * 11, MultipartPlan::MAX_OBJECT_SIZE] {
        let plan = MultipartPlan::new(object_size)?;
        let mut parts = presigner.upload_parts_at("a b", "u+/=", &plan, LIFE, now);
        let mut buffered = parts.clone();
        let mut url = String::from("before ");
        assert_eq!(parts.len(), plan.parts().count());
        // The first ones and the last are enough.
        for planned in plan.parts().take(12) {
            let (part, signed) = parts.next().expect("a part")?;
            assert_eq!(part, planned);
            let one = UploadPart::new("a b", "u+/=", part.part_number()).content_length(part.content_length());
            let one = presigner.presign_at(one, LIFE, now)?;
            assert_eq!(signed.url(), one.url());
            let length = part.content_length().to_string();
            assert_eq!(signed.headers().collect::<Vec<_>>(), [("content-length", length.as_str())]);
            assert_eq!(buffered.next_into(&mut url).expect("a part")?, part);
            assert_eq!(url, ["before ", one.url()].concat());
            url.truncate("before ".len());
        }
        assert_eq!(parts.len(), plan.parts().count().saturating_sub(12));
        let last = parts.last().transpose()?.map(|(part, _)| part);
        if plan.part_count() > 12 {
            assert_eq!(last, plan.parts().next_back());
        } else {
            assert_eq!((last, buffered.next_into(&mut url), buffered.next().is_none()), (None, None, true));
        }
    }
    Ok(())
}

fn checksums_of<'a>(checksums: &'a [String]) -> impl Fn(PlannedPart, UploadPart<'a>) -> UploadPart<'a> + Send + Sync {
    move |part, upload_part| {
        let index = usize::try_from(part.part_number()).expect("small") - 1;
        upload_part.header("x-amz-checksum-crc32", &checksums[index])
    }
}

/// The signatures are those of botocore 1.44.8 for the same headers.
#[test]
fn parts_with_headers_of_their_own() -> Result<(), Error> {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
    let presigner = Presigner::builder().credentials(credentials).region("eu-west-1").bucket("user-media").build()?;
    let plan = MultipartPlan::with_part_size(20_000_000, 10_000_000)?;
    let checksums = [String::from("AAAAAQ=="), String::from("AAAAAg==")];
    let plain = presigner.upload_parts_at("a b", "u+/=", &plan, Duration::from_secs(900), now()?);
    let mut parts = plain.clone().with(checksums_of(&checksums));
    let mut buffered = parts.clone();
    let signatures = [
        "&X-Amz-Signature=1ba0c088acac34158872f754c69c6e2de071fbcc364d047fd19549d70b856849",
        "&X-Amz-Signature=c61b2bfd6879ffce9b76f3a4bb940c27ad91fb4c2135545d12e62cd84cfa6e54",
    ];
    for (signature, checksum) in signatures.into_iter().zip(&checksums) {
        let (part, signed) = parts.next().expect("a part")?;
        assert!(signed.url().ends_with(signature), "{}", signed.url());
        let headers: Vec<_> = signed.headers().collect();
        assert_eq!(headers, [("content-length", "10000000"), ("x-amz-checksum-crc32", checksum)]);
        let mut url = String::from("before ");
        assert_eq!(buffered.next_into(&mut url).expect("a part")?, part);
        assert_eq!(url, ["before ", signed.url()].concat());
    }
    assert!(parts.next().is_none());

    // One addition after the other, from the next part on; and an error of an addition is one of its part.
    let mut both =
        plain.with(|_, upload_part| upload_part.content_md5("1B2M2Y8AsgTpgAmY7PhCfg==")).with(checksums_of(&checksums));
    let names = |signed: &PresignedRequest| signed.headers().map(|(name, _)| name.to_owned()).collect::<Vec<_>>();
    let (_, signed) = both.next().expect("a part")?;
    assert_eq!(names(&signed), ["content-length", "content-md5", "x-amz-checksum-crc32"]);
    let mut wrong = both.with(|_, upload_part| upload_part.header("host", "evil"));
    let mut url = String::from("before");
    assert!(matches!(wrong.next_into(&mut url), Some(Err(Error::ReservedHeader { .. }))));
    assert_eq!((url.as_str(), wrong.next().is_none()), ("before", true));
    Ok(())
}

#[test]
fn an_error_of_a_part_is_an_item() -> Result<(), Error> {
    let plan = MultipartPlan::new(20_000_000)?;
    let presigner = presigner()?;
    let mut parts = presigner.upload_parts_at("../a", "u", &plan, LIFE, now()?);
    let mut url = String::from("before");
    assert_eq!(parts.next_into(&mut url), Some(Err(Error::DotSegment)));
    assert_eq!(url, "before");
    assert_eq!(
        parts.map(|item| item.map(|_| ())).collect::<Vec<_>>(),
        [Err(Error::DotSegment), Err(Error::DotSegment)]
    );
    assert!(!format!("{:?}", presigner.upload_parts_at("k", "secret id", &plan, LIFE, now()?)).contains("secret id"));
    Ok(())
}

#[test]
fn the_body_of_a_completion() -> Result<(), Error> {
    let body = CompleteMultipartUpload::body([CompletedPart::new(1, "\"a\""), CompletedPart::new(3, "<&'\r\n")])?;
    assert_eq!(
        body,
        "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\
         <Part><PartNumber>1</PartNumber><ETag>&quot;a&quot;</ETag></Part>\
         <Part><PartNumber>3</PartNumber><ETag>&lt;&amp;&apos;&#13;&#10;</ETag></Part></CompleteMultipartUpload>"
    );
    Ok(())
}
