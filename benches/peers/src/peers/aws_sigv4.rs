//! `aws-sigv4`: signs a request and puts the signature into it, as in its documentation, with the settings for S3.

use std::hint::black_box;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings, UriPathNormalizationMode,
    sign,
};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use http::Uri;

use super::object_url;
use crate::contestant::{Clock, PresignedUrl, Work};
use crate::task::{ACCESS_KEY_ID, KEY, REGION, SECRET_ACCESS_KEY, URL_LIFE, system_now};

pub(super) struct AwsSigv4 {
    identity: Identity,
    settings: SigningSettings,
    now: SystemTime,
}

impl AwsSigv4 {
    pub(super) fn new() -> Self {
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(URL_LIFE);
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        Self {
            identity: Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None, None, "static").into(),
            settings,
            now: system_now(),
        }
    }
}

impl Work for AwsSigv4 {
    const NAME: &'static str = "aws-sigv4";
    const PACKAGE: &'static str = "aws-sigv4";
    const GOAL: Option<f64> = Some(11.0);
    type Output<'a> = Uri;

    fn once(&mut self) -> Uri {
        let url = object_url(black_box(KEY));
        // The parameters have the time in them, so they are made for each URL.
        let params = SigningParams::builder()
            .identity(&self.identity)
            .region(REGION)
            .name("s3")
            .time(black_box(self.now))
            .settings(self.settings.clone())
            .build()
            .expect("complete")
            .into();
        let request = SignableRequest::new("GET", &url, [].into_iter(), SignableBody::UnsignedPayload).expect("valid");
        let (instructions, _) = sign(request, &params).expect("valid").into_parts();
        let mut request = http::Request::get(&url).body(()).expect("valid");
        instructions.apply_to_request_http1x(&mut request);
        request.into_parts().0.uri
    }
}

impl PresignedUrl for AwsSigv4 {
    const CLOCK: Clock = Clock::Given;

    fn url(output: Uri) -> String {
        output.to_string()
    }
}
