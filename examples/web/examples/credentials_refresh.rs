//! Signs with credentials of the AWS SDK for Rust, which a task replaces before they expire.
//!
//! `cargo run -p web --example credentials_refresh`

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, SystemTime};
use std::{error::Error, iter};

use aws_credential_types::Credentials as SdkCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use presign::{Credentials, CredentialsCell, Presigner, s3::GetObject};
use tokio::time::sleep;

/// AWS has new credentials of a role at least five minutes before the old ones expire.
const MARGIN: Duration = Duration::from_secs(300);

async fn fetch(chain: &SharedCredentialsProvider) -> Result<Credentials, Box<dyn Error>> {
    Ok(Credentials::try_from(&chain.provide_credentials().await?)?)
}

/// Replaces the credentials of the cell for as long as they expire.
async fn keep_fresh(chain: SharedCredentialsProvider, cell: CredentialsCell, mut current: Credentials) {
    while let Some(expires_at) = current.expires_at() {
        let left = SystemTime::from(expires_at).duration_since(SystemTime::now()).unwrap_or_default();
        // Not at once, even if what was fetched expires soon.
        sleep(left.saturating_sub(MARGIN).max(Duration::from_secs(10))).await;
        let mut pause = Duration::from_secs(1);
        current = loop {
            match fetch(&chain).await {
                Ok(credentials) => break credentials,
                Err(error) => eprintln!("{}", with_causes(&*error)),
            }
            sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(60));
        };
        cell.set(current.clone());
    }
}

fn with_causes(error: &dyn Error) -> String {
    let causes = iter::successors(Some(error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    // In your program:
    // let config = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
    // let chain = config.credentials_provider().ok_or("no credentials")?;
    let chain = SharedCredentialsProvider::new(StandIn::default());

    let first = fetch(&chain).await?;
    let cell = CredentialsCell::new(first.clone());
    tokio::spawn(keep_fresh(chain, cell.clone(), first));
    let presigner = Presigner::builder().credentials_provider(cell).region("eu-west-1").bucket("user-media").build()?;

    // The clock of this runtime is paused, and jumps to the end of each sleep.
    for (minutes, key_id) in [(0, "ASIA0"), (53, "ASIA0"), (3, "ASIA3"), (53, "ASIA3"), (3, "ASIA4")] {
        sleep(Duration::from_secs(minutes * 60)).await;
        let get = presigner.presign(GetObject::new("a.png"), Duration::from_secs(60))?;
        println!("{}", get.url());
        assert!(get.url().contains(&format!("X-Amz-Credential={key_id}%2F")));
    }
    Ok(())
}

/// A provider whose credentials are valid for an hour. Its second and third call fail.
#[derive(Debug, Default)]
struct StandIn(AtomicU32);

impl ProvideCredentials for StandIn {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let expiry = SystemTime::now() + Duration::from_secs(3_600);
        future::ProvideCredentials::ready(match self.0.fetch_add(1, Relaxed) {
            1 | 2 => Err(CredentialsError::provider_error("no route to host")),
            call => Ok(SdkCredentials::new(format!("ASIA{call}"), "secret", Some("token".into()), Some(expiry), "")),
        })
    }
}
