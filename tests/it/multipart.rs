//! The URLs of all parts, by iterator and into a buffer, are those of `UploadPart`.

use std::time::Duration;

use presign::s3::{CompleteMultipartUpload, CompletedPart, MultipartPlan, UploadPart};
use presign::{Credentials, Error, Presigner, Timestamp};

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
