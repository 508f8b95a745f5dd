//! presign: URLs by three of its methods, and forms.

use std::collections::BTreeMap;
use std::hint::black_box;

use presign::s3::{GetObject, PostPolicy};
use presign::{PresignedRequest, Presigner, Timestamp, s3};

use crate::contestant::{Clock, PresignedForm, PresignedUrl, Work};
use crate::task::{CONTENT_TYPE, FORM_LIFE, KEY, MAX_LENGTH, MIN_LENGTH, URL_LIFE, now, presigner};

/// Returns a new value, signed as of a given instant.
pub(super) struct PresignAt {
    presigner: Presigner,
    now: Timestamp,
}

impl PresignAt {
    pub(super) fn new() -> Self {
        Self { presigner: presigner(), now: now() }
    }
}

impl Work for PresignAt {
    const NAME: &'static str = "presign `presign_at`";
    const PACKAGE: &'static str = "presign";
    type Output<'a> = PresignedRequest;

    fn once(&mut self) -> PresignedRequest {
        self.presigner.presign_at(GetObject::new(black_box(KEY)), URL_LIFE, black_box(self.now)).expect("valid")
    }
}

impl PresignedUrl for PresignAt {
    const CLOCK: Clock = Clock::Given;

    fn url(output: PresignedRequest) -> String {
        output.url().to_owned()
    }
}

/// Returns a new value, signed as of the time of the system's clock.
pub(super) struct Presign(Presigner);

impl Presign {
    pub(super) fn new() -> Self {
        Self(presigner())
    }
}

impl Work for Presign {
    const NAME: &'static str = "presign `presign`, reads the clock";
    const PACKAGE: &'static str = "presign";
    type Output<'a> = PresignedRequest;

    fn once(&mut self) -> PresignedRequest {
        self.0.presign(GetObject::new(black_box(KEY)), URL_LIFE).expect("valid")
    }
}

impl PresignedUrl for Presign {
    const CLOCK: Clock = Clock::Read;

    fn url(output: PresignedRequest) -> String {
        output.url().to_owned()
    }
}

/// Appends to a reused buffer, signed as of a given instant.
pub(super) struct PresignInto {
    presigner: Presigner,
    now: Timestamp,
    url: String,
}

impl PresignInto {
    pub(super) fn new() -> Self {
        Self { presigner: presigner(), now: now(), url: String::new() }
    }
}

impl Work for PresignInto {
    const NAME: &'static str = "presign `presign_into`, reused buffer";
    const PACKAGE: &'static str = "presign";
    type Output<'a> = &'a str;

    fn once(&mut self) -> &str {
        self.url.clear();
        let get = GetObject::new(black_box(KEY));
        self.presigner.presign_into_at(&mut self.url, get, URL_LIFE, black_box(self.now)).expect("valid");
        &self.url
    }
}

impl PresignedUrl for PresignInto {
    const CLOCK: Clock = Clock::Given;

    fn url(output: &str) -> String {
        output.to_owned()
    }
}

/// Returns a form, signed as of a given instant.
pub(super) struct PresignPostAt {
    presigner: Presigner,
    now: Timestamp,
}

impl PresignPostAt {
    pub(super) fn new() -> Self {
        Self { presigner: presigner(), now: now() }
    }
}

impl Work for PresignPostAt {
    const NAME: &'static str = "presign `presign_post_at`";
    const PACKAGE: &'static str = "presign";
    type Output<'a> = s3::PresignedPost;

    fn once(&mut self) -> s3::PresignedPost {
        let policy = PostPolicy::new(black_box(KEY))
            .content_type(CONTENT_TYPE)
            .content_length_range(MIN_LENGTH.into()..=MAX_LENGTH.into());
        self.presigner.presign_post_at(&policy, FORM_LIFE, black_box(self.now)).expect("valid")
    }
}

impl PresignedForm for PresignPostAt {
    const CLOCK: Clock = Clock::Given;

    fn fields(output: s3::PresignedPost) -> BTreeMap<String, String> {
        output.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }
}
