//! `presign`, the command line: URLs and forms for S3 and compatible stores, and the documents that a bucket needs.
//!
//! `cargo install presign --example presign --features diagnose,post,tokens`, or in this repository
//! `cargo run --features diagnose,post,tokens --example presign -- get s3://user-media/a.txt`. `presign --help` explains the rest.

mod arguments;
mod curl;
mod duration;
mod environment;
mod failure;
mod form;
mod grant;
mod ini;
mod location;
mod object;
mod pair;
mod parts;
mod printed;
mod session;
mod setup;
mod shell;
mod size;
mod token;
mod why;

use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;
use crate::printed::Printed;

fn main() -> ExitCode {
    // Ends with 2 if the arguments are wrong.
    let arguments = Arguments::parse();
    match run(&arguments.command).and_then(|printed| printed.write()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            printed::to_stderr(&format!("presign: error: {}\n", failure.message()));
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<Printed, Failure> {
    match command {
        Command::Get(get) => object::get(get),
        Command::Put(put) => object::put(put),
        Command::Head(head) => object::head(head),
        Command::Delete(delete) => object::delete(delete),
        Command::Post(post) => form::post(post),
        Command::Parts(parts) => parts::parts(parts),
        Command::CreateUpload(create) => object::create_upload(create),
        Command::CompleteUpload(complete) => object::complete_upload(&complete.upload),
        Command::AbortUpload(abort) => object::abort_upload(&abort.upload),
        Command::Setup(setup) => setup::setup(setup),
        Command::Token(token) => token::token(&token.service),
        Command::Why(why) => why::why(why),
    }
}
