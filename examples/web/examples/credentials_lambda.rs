//! Signs in AWS Lambda, which sets the credentials of the function's role as environment variables.
//!
//! `cargo run -p web --example credentials_lambda`

use std::{env, error::Error, process::Command, time::Duration};

use presign::s3::PutObject;
use presign::{Credentials, Presigner};

/// Creates the presigner, once when the process starts: Lambda replaces the process before its credentials expire.
fn presigner() -> Result<Presigner, presign::Error> {
    Presigner::builder()
        .credentials(Credentials::from_env()?)
        .region(env::var("AWS_REGION").ok())
        .bucket(env::var("BUCKET").ok())
        .build()
}

/// Responds to one event. The expiry is short, because no variable says when the credentials expire.
fn handle(presigner: &Presigner, key: &str) -> Result<String, presign::Error> {
    Ok(presigner.presign(PutObject::new(key).content_type("image/png"), Duration::from_secs(300))?.into_url())
}

fn main() -> Result<(), Box<dyn Error>> {
    if env::var_os("AWS_LAMBDA_FUNCTION_NAME").is_none() {
        return start_as_lambda_does();
    }
    let presigner = presigner()?;
    // In your function: lambda_runtime::run(service_fn(|event| handle(&presigner, event))).await
    println!("{}", handle(&presigner, "users/42/avatar.png")?);
    Ok(())
}

/// Starts this program again, with the variables that Lambda sets, and without one of them.
fn start_as_lambda_does() -> Result<(), Box<dyn Error>> {
    let variables = [
        ("AWS_LAMBDA_FUNCTION_NAME", "upload-url"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_SESSION_TOKEN", "token"),
        ("BUCKET", "user-media"),
    ];
    let output = Command::new(env::current_exe()?).envs(variables).output()?;
    let url = String::from_utf8(output.stdout)?;
    print!("{url}");
    assert!(url.starts_with("https://user-media.s3.eu-west-1.amazonaws.com/users/42/avatar.png?X-Amz-Algorithm="));
    assert!(url.contains("&X-Amz-Credential=ASIAEXAMPLE%2F") && url.contains("&X-Amz-Security-Token=token&"));

    let output = Command::new(env::current_exe()?).envs(variables).env_remove("AWS_ACCESS_KEY_ID").output()?;
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(String::from_utf8(output.stderr)?.contains("AWS_ACCESS_KEY_ID"));
    Ok(())
}
