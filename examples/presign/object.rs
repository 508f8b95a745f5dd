//! The commands that sign one request for an object.

use presign::s3::{
    AbortMultipartUpload, CompleteMultipartUpload, CreateMultipartUpload, DeleteObject, GetObject, HeadObject,
    Operation, PutObject, S3Request,
};

use crate::arguments::{CreateUpload, Delete, Get, Head, Output, Put, Signing, Upload};
use crate::curl::{self, Body};
use crate::failure::Failure;
use crate::grant::{self, Grant};
use crate::location::Location;
use crate::printed::Printed;
use crate::session::Session;

pub fn get(arguments: &Get) -> Result<Printed, Failure> {
    let mut get = GetObject::new(&arguments.object.key);
    if let Some(content_type) = &arguments.response_content_type {
        get = get.response_content_type(content_type);
    }
    if let Some(disposition) = &arguments.response_content_disposition {
        get = get.response_content_disposition(disposition);
    }
    sign(&arguments.object, &arguments.signing, &get, Body::Download)
}

pub fn put(arguments: &Put) -> Result<Printed, Failure> {
    let mut put = PutObject::new(&arguments.object.key);
    if let Some(content_type) = &arguments.content_type {
        put = put.content_type(content_type);
    }
    if let Some(content_length) = arguments.content_length {
        put = put.content_length(content_length);
    }
    sign(&arguments.object, &arguments.signing, &put, Body::File)
}

pub fn head(arguments: &Head) -> Result<Printed, Failure> {
    sign(&arguments.object, &arguments.signing, &HeadObject::new(&arguments.object.key), Body::Headers)
}

pub fn delete(arguments: &Delete) -> Result<Printed, Failure> {
    sign(&arguments.object, &arguments.signing, &DeleteObject::new(&arguments.object.key), Body::Empty)
}

pub fn create_upload(arguments: &CreateUpload) -> Result<Printed, Failure> {
    let mut create = CreateMultipartUpload::new(&arguments.object.key);
    if let Some(content_type) = &arguments.content_type {
        create = create.content_type(content_type);
    }
    sign(&arguments.object, &arguments.signing, &create, Body::Empty)
}

pub fn complete_upload(arguments: &Upload) -> Result<Printed, Failure> {
    let complete = CompleteMultipartUpload::new(&arguments.object.key, &arguments.id);
    sign(&arguments.object, &arguments.signing, &complete, Body::Xml)
}

pub fn abort_upload(arguments: &Upload) -> Result<Printed, Failure> {
    let abort = AbortMultipartUpload::new(&arguments.object.key, &arguments.id);
    sign(&arguments.object, &arguments.signing, &abort, Body::Empty)
}

fn sign(object: &Location, signing: &Signing, operation: &impl Operation, body: Body) -> Result<Printed, Failure> {
    let request = with_extras(operation.request().into_owned(), signing)?;
    let session = Session::open(&signing.store, &signing.life, &object.bucket)?;
    let signed = session.presigner.presign_at(&request, session.expires, session.now)?;
    let mut printed = session.print(match signing.output {
        Output::Url => format!("{}\n", signed.url()),
        Output::Json => grant::to_lines(&Grant::of_request(&signed))?,
        Output::Curl => curl::request(&signed, body),
    });
    if signing.explain {
        let explanation = session.presigner.explain_at(&request, session.expires, session.now)?;
        let (request, text) = (explanation.canonical_request(), explanation.string_to_sign());
        printed.notes.extend(["canonical request:\n", request, "\n\nstring to sign:\n", text, "\n"]);
    }
    Ok(printed)
}

/// Adds headers and query parameters. A header that an option has set already would be joined to its value.
fn with_extras<'a>(mut request: S3Request<'a>, signing: &'a Signing) -> Result<S3Request<'a>, Failure> {
    let set: Vec<String> = request.to_headers().into_iter().map(|(name, _)| name).collect();
    for (name, value) in &signing.extras.headers {
        if let Some(name) = set.iter().find(|other| other.eq_ignore_ascii_case(name)) {
            return Err(Failure::new(format!("header {name} is given by --{name} too")));
        }
        request = request.header(name, value);
    }
    for (name, value) in &signing.extras.queries {
        request = request.query(name, value);
    }
    Ok(request)
}
