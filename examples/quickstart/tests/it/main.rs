//! Presigned URLs against a server that verifies them with code of its own.
//!
//! Not here, because s3s does not do it as S3 does: a signed `x-amz-content-sha256` (s3s takes `UNSIGNED-PAYLOAD` into
//! the canonical request of every presigned URL), and that a session token is valid (it checks only that the token is
//! signed).

mod causes;
mod grants;
mod headers;
mod keys;
mod operations;
mod post;
mod server;
mod session_token;
mod tampering;
mod tour;
