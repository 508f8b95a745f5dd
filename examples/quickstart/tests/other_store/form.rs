//! A form that can be changed before it is sent.

use presign::Timestamp;
use presign::s3::{MultipartBody, PostPolicy, PostPolicyDocument, PostPolicyError, PresignedPost};
use ureq::http::Request;

use crate::store::{Answer, MINUTE, Store};

pub(crate) struct Form {
    url: String,
    fields: Vec<(String, String)>,
    pub(crate) file_name: String,
    file: Vec<u8>,
}

impl Form {
    /// As it was made, for this file.
    pub(crate) fn new(post: &PresignedPost, file: &[u8]) -> Self {
        Self {
            url: post.url().to_owned(),
            fields: post.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            file_name: "a.png".to_owned(),
            file: file.to_vec(),
        }
    }

    pub(crate) fn signed(store: &Store, policy: &PostPolicy<'_>, file: &[u8]) -> Self {
        Self::new(&store.presigner.presign_post(policy, MINUTE).unwrap(), file)
    }

    /// With another value in the place of one that it has.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        value.clone_into(self.field_mut(name));
        self
    }

    pub(crate) fn with_extra(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.field_mut(name);
        self.fields.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self
    }

    pub(crate) fn with_url(self, url: String) -> Self {
        Self { url, ..self }
    }

    pub(crate) fn with_file(self, file: &[u8]) -> Self {
        Self { file: file.to_vec(), ..self }
    }

    pub(crate) fn with_lower_case_names(mut self) -> Self {
        self.fields.iter_mut().for_each(|(name, _)| name.make_ascii_lowercase());
        self
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn file(&self) -> &[u8] {
        &self.file
    }

    /// The value of a field, whatever the case of its name.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    fn field_mut(&mut self, name: &str) -> &mut String {
        &mut self.fields.iter_mut().find(|(other, _)| other.eq_ignore_ascii_case(name)).unwrap().1
    }

    fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What the crate says about it without a store. A policy that is not there is malformed.
    pub(crate) fn evaluate(&self) -> Result<(), PostPolicyError> {
        let policy = self.field("policy").unwrap_or_default();
        let size = u64::try_from(self.file.len()).unwrap();
        PostPolicyDocument::parse(policy)?.evaluate(self.fields(), &self.file_name, size, Timestamp::now().unwrap())
    }

    pub(crate) fn send(&self, store: &Store) -> Answer {
        let body = MultipartBody::new(self.fields(), &self.file_name, "image/png", &self.file).unwrap();
        let request = Request::post(&self.url).header("content-type", body.content_type());
        store.send(request.body(body.into_bytes()).unwrap())
    }

    /// The object that it asks for.
    pub(crate) fn key(&self) -> Option<String> {
        self.field("key").map(|key| key.replace("${filename}", &self.file_name))
    }
}
