//! `reqsign-aws-v4`: its request signer alone, as in its own benchmark. The `Signer` around it would add a lock and a
//! copy of the credentials.

use std::hint::black_box;

use http::Uri;
use reqsign_aws_v4::{Credential, RequestSigner};
use reqsign_core::{Context, SignRequest as _};

use super::{object_url, ready};
use crate::contestant::{Clock, PresignedUrl, Work};
use crate::task::{ACCESS_KEY_ID, KEY, REGION, SECRET_ACCESS_KEY, URL_LIFE};

pub(super) struct Reqsign {
    signer: RequestSigner,
    context: Context,
    credential: Credential,
}

impl Reqsign {
    pub(super) fn new() -> Self {
        Self {
            signer: RequestSigner::new("s3", REGION),
            context: Context::new(),
            credential: Credential {
                access_key_id: ACCESS_KEY_ID.to_owned(),
                secret_access_key: SECRET_ACCESS_KEY.to_owned(),
                ..Credential::default()
            },
        }
    }
}

impl Work for Reqsign {
    const NAME: &'static str = "reqsign-aws-v4";
    const PACKAGE: &'static str = "reqsign-aws-v4";
    type Output<'a> = Uri;

    fn once(&mut self) -> Uri {
        let request = http::Request::get(object_url(black_box(KEY))).body(()).expect("valid");
        let mut parts = request.into_parts().0;
        let signing = self.signer.sign_request(&self.context, &mut parts, Some(&self.credential), Some(URL_LIFE));
        ready(signing).expect("valid");
        parts.uri
    }
}

impl PresignedUrl for Reqsign {
    const CLOCK: Clock = Clock::Read;

    fn url(output: Uri) -> String {
        output.to_string()
    }
}
