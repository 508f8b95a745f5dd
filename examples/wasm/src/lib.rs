//! presign in `wasm32-unknown-unknown`, called from JavaScript without generated bindings.
//!
//! JavaScript passes the time, because the standard library has no clock here, and strings in memory of the module: see
//! `presign.mjs`. `docs/wasm.md` has the same with `wasm-bindgen`.

#[cfg(feature = "cases")]
pub mod cases;
mod exchange;

#[cfg(any(feature = "get", feature = "grant"))]
use std::time::Duration;

#[cfg(any(feature = "get", feature = "grant"))]
use presign::{Credentials, Error, Presigner, Timestamp};

/// A program of yours gets these from its own configuration. In a browser, its user can read them.
#[cfg(any(feature = "get", feature = "grant"))]
fn presigner() -> Result<Presigner, Error> {
    Presigner::builder()
        .credentials(Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?)
        .region("eu-west-1")
        .bucket("user-media")
        .build()
}

/// Replaces the key of an object by a link to it, or by a message. Returns whether it is a link. The time is in seconds since
/// 1970.
#[cfg(feature = "get")]
#[unsafe(no_mangle)]
pub extern "C" fn presign_get(now: i64) -> bool {
    use presign::s3::GetObject;

    exchange::answer(|key| {
        let get = presigner()?.presign_at(
            GetObject::new(key),
            Duration::from_secs(900),
            Timestamp::from_unix_seconds(now)?,
        )?;
        Ok::<_, Error>(get.into_url())
    })
}

/// Replaces the key of an image by the permission to upload it, as JSON, or by a message.
#[cfg(feature = "grant")]
#[unsafe(no_mangle)]
pub extern "C" fn grant_upload(now: i64) -> bool {
    use presign::s3::Upload;

    exchange::answer(|key| {
        let upload = Upload::new(key, "image/png", 5_000_000);
        let grant =
            presigner()?.grant_upload_at(&upload, Duration::from_secs(900), Timestamp::from_unix_seconds(now)?)?;
        Ok::<_, Box<dyn std::error::Error>>(serde_json::to_string(&grant)?)
    })
}

/// Leaves the results of all cases that need no clock, one a line.
#[cfg(feature = "cases")]
#[unsafe(no_mangle)]
pub extern "C" fn run_cases() {
    exchange::answer(|_| Ok::<_, Error>(cases::with_a_time().join("\n")));
}

/// Leaves the results of everything that reads the system's clock, one a line.
#[cfg(feature = "cases")]
#[unsafe(no_mangle)]
pub extern "C" fn run_cases_with_clock() {
    exchange::answer(|_| Ok::<_, Error>(cases::with_the_clock().join("\n")));
}
