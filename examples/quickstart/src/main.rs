//! Presigned URLs, end to end: uploads a file, downloads it, shows what the store refuses, and deletes it.
//!
//! ```text
//! cargo run -p quickstart [FILE]
//! ```
//!
//! Without configuration it talks to a store in this process. To use your own, set
//!
//! - `PRESIGN_BUCKET`: the bucket. Without it, no other variable has an effect.
//! - `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary credentials, `AWS_SESSION_TOKEN`.
//! - `AWS_REGION`: the region of the bucket, unless the store has one.
//! - `PRESIGN_STORE`: a store that the crate knows, such as `minio` or `tencent-cos`. Without it, it is AWS.
//! - `PRESIGN_ACCOUNT`: the account, for stores that have it in their host.
//! - `AWS_ENDPOINT_URL`: the endpoint, unless the store has one.
//!
//! and, for `https`, add `--features https` to the command.
//!
//! It writes the object `presign quickstart/grüße.txt` and deletes it in the end.
//!
//! The last line is a row for the table of stores at which a run was seen to succeed, which `docs/stores.md` ends with. It
//! names the store and its version, but neither bucket, account nor endpoint. `PRESIGN_RECORD=docs/stores.md` appends it
//! there. The version is what the store's `Server` header says, or `PRESIGN_STORE_VERSION`.

use std::error::Error;
use std::process::ExitCode;
use std::{env, fs, io};

use quickstart::{Store, tour};

/// What is uploaded if no file is named.
const LICENSE: &[u8] = include_bytes!("../../../LICENSE-APACHE");

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("quickstart: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let file = match env::args_os().nth(1) {
        Some(path) => fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?,
        None => LICENSE.to_vec(),
    };
    let seen = tour(&Store::from_env()?, &file, io::stdout())?;
    println!("\nFor the table in docs/stores.md:\n{}", seen.row());
    match env::var_os("PRESIGN_RECORD") {
        Some(table) => seen.append_to(table),
        None => Ok(()),
    }
}
