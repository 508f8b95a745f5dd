//! The command for the parts of a multipart upload.

use presign::PresignedRequest;
use presign::s3::{MultipartPlan, PlannedPart, UploadPart};
use serde::Serialize;

use crate::arguments::{Output, Parts};
use crate::curl::{self, Body};
use crate::failure::Failure;
use crate::grant::{self, Grant};
use crate::printed::Printed;
use crate::session::Session;

/// A grant for one part. Which bytes it is for is known only if the size of the object is.
#[derive(Serialize)]
struct PartGrant<'a> {
    part_number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_length: Option<u64>,
    #[serde(flatten)]
    grant: Grant<'a>,
}

pub fn parts(arguments: &Parts) -> Result<Printed, Failure> {
    let (key, upload_id) = (&*arguments.object.key, &*arguments.upload_id);
    let session = Session::open(&arguments.store, &arguments.life, &arguments.object.bucket)?;
    let mut lines = String::new();
    match arguments.size {
        Some(size) => {
            let plan = match arguments.part_size {
                Some(part_size) => MultipartPlan::with_part_size(size, part_size)?,
                None => MultipartPlan::new(size)?,
            };
            for item in session.presigner.upload_parts_at(key, upload_id, &plan, session.expires, session.now) {
                let (part, signed) = item?;
                lines += &line(part.part_number(), Some(part), &signed, arguments.output)?;
            }
        }
        None => {
            for number in 1..=arguments.count.unwrap_or_default() {
                let upload = UploadPart::new(key, upload_id, number);
                let signed = session.presigner.presign_at(upload, session.expires, session.now)?;
                lines += &line(number, None, &signed, arguments.output)?;
            }
        }
    }
    Ok(session.print(lines))
}

fn line(
    part_number: u32,
    part: Option<PlannedPart>,
    signed: &PresignedRequest,
    output: Output,
) -> Result<String, Failure> {
    match output {
        Output::Url => Ok(format!("{part_number}\t{}\n", signed.url())),
        Output::Json => grant::to_line(&PartGrant {
            part_number,
            offset: part.map(|part| part.offset()),
            content_length: part.map(|part| part.content_length()),
            grant: Grant::of_request(signed),
        }),
        Output::Curl => Ok(curl::request(signed, part.map_or(Body::PartFile(part_number), Body::Part))),
    }
}
