//! A look at what a client has really uploaded.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use presign::s3::HeadObject;

use crate::error::ApiError;
use crate::limits::Limits;
use crate::multipart_upload::MultipartUpload;
use crate::store_client::{StoreClient, StoreError, StoreResponse};
use crate::validation::{self, Key};

/// What the store says about an object.
pub(crate) struct StoredObject {
    pub(crate) size: u64,
    pub(crate) content_type: String,
    /// The mark of the multipart upload that it came from.
    pub(crate) mark: Option<String>,
}

impl StoredObject {
    /// Asks the store for an object, by `HEAD`.
    pub(crate) async fn look(store: &StoreClient, key: &Key) -> Result<Self, ApiError> {
        match store.send(HeadObject::new(key.as_str()), "").await {
            Ok(response) => Self::read(&response),
            Err(StoreError::Refused(StatusCode::NOT_FOUND, _)) => Err(ApiError::no_such_object()),
            // S3 hides whether an object exists from credentials without `s3:ListBucket`.
            Err(StoreError::Refused(StatusCode::FORBIDDEN, _)) => {
                tracing::warn!(
                    "the store responded to HEAD with 403: there is no such object, or the credentials lack s3:GetObject"
                );
                Err(ApiError::no_such_object())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn read(response: &StoreResponse) -> Result<Self, ApiError> {
        let header = |name: &str| response.headers.get(name).and_then(|value| value.to_str().ok());
        let size = header(CONTENT_LENGTH.as_str()).and_then(|size| size.parse().ok());
        Ok(Self {
            size: size.ok_or_else(|| ApiError::store("its response to HEAD has no content-length"))?,
            content_type: header(CONTENT_TYPE.as_str()).unwrap_or_default().to_owned(),
            mark: header(MultipartUpload::HEADER).map(str::to_owned),
        })
    }

    /// Whether an object like this one may be uploaded.
    pub(crate) fn check(&self, limits: &Limits) -> Result<(), ApiError> {
        validation::content_type(limits, &self.content_type)?;
        validation::at_most(limits.max_size, self.size)?;
        Ok(())
    }
}
