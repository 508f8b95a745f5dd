//! Fetches credentials when a request needs them: for a tenant, or where no task can run in the background.
//!
//! `cargo run -p web --example credentials_per_request`

use std::error::Error;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials as SdkCredentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use presign::{Credentials, CredentialsCell, Presigner, ProvideCredentials as _, s3::GetObject};

const EXPIRES: Duration = Duration::from_secs(60);

async fn fetch(chain: &SharedCredentialsProvider) -> Result<Credentials, Box<dyn Error>> {
    Ok(Credentials::try_from(&chain.provide_credentials().await?)?)
}

/// Signs with the credentials of a tenant, which derives a signing key for this presigner alone.
async fn for_tenant(presigner: &Presigner, tenant: &SharedCredentialsProvider) -> Result<String, Box<dyn Error>> {
    let presigner = presigner.with_credentials(fetch(tenant).await?);
    Ok(presigner.presign(GetObject::new("a.png"), EXPIRES)?.into_url())
}

/// Signs with the credentials of the cell, after it has replaced those that expire within five minutes.
async fn for_all(
    presigner: &Presigner,
    cell: &CredentialsCell,
    chain: &SharedCredentialsProvider,
) -> Result<String, Box<dyn Error>> {
    let soon = SystemTime::now() + Duration::from_secs(300);
    let is_fresh = |current: Credentials| current.expires_at().is_none_or(|end| SystemTime::from(end) > soon);
    if !cell.credentials().is_ok_and(is_fresh) {
        cell.set(fetch(chain).await?); // two requests may both fetch: either result is valid
    }
    Ok(presigner.presign(GetObject::new("a.png"), EXPIRES)?.into_url())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let stand_in = |name, minutes| SharedCredentialsProvider::new(StandIn { name, minutes, calls: AtomicU32::new(0) });
    let cell = CredentialsCell::empty();
    let builder = Presigner::builder().credentials_provider(cell.clone()).region("eu-west-1").bucket("user-media");
    let presigner = builder.build()?;

    for tenant in ["ALICE", "BOB"] {
        let url = for_tenant(&presigner, &stand_in(tenant, 60)).await?;
        println!("{url}");
        assert!(url.contains(&format!("X-Amz-Credential=ASIA{tenant}0%2F")));
    }
    // Credentials of an hour are fetched once, those of four minutes for each request.
    let (long, short) = (stand_in("LONG", 60), stand_in("SHORT", 4));
    for (chain, key_id) in [(&short, "SHORT0"), (&short, "SHORT1"), (&long, "LONG0"), (&long, "LONG0")] {
        let url = for_all(&presigner, &cell, chain).await?;
        println!("{url}");
        assert!(url.contains(&format!("X-Amz-Credential=ASIA{key_id}%2F")));
    }
    Ok(())
}

/// A provider with a new key for each call.
#[derive(Debug)]
struct StandIn {
    name: &'static str,
    minutes: u64,
    calls: AtomicU32,
}

impl ProvideCredentials for StandIn {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let key_id = format!("ASIA{}{}", self.name, self.calls.fetch_add(1, Relaxed));
        let expiry = SystemTime::now() + Duration::from_secs(self.minutes * 60);
        future::ProvideCredentials::ready(Ok(SdkCredentials::new(key_id, "secret", None, Some(expiry), "")))
    }
}
