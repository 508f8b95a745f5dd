//! The gateway, and without configuration a store behind it. See the README beside this package.

use std::error::Error;
use std::io::{self, IsTerminal as _};
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs};

use embedded_store::EmbeddedStore;
use gateway::{Gateway, Keys};
use presign::s3::{GetObject, ListObjectsV2, PutObject};
use presign::{Credentials, Presigner, Region};
use tokio::net::TcpListener;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

const BUCKET: &str = "user-media";
const HOUR: Duration = Duration::from_hours(1);

/// The keys of the clients of the embedded store, as a file of `GATEWAY_KEYS` would have them.
const EXAMPLE_KEYS: &str = "
GATEWAYALICE example/secret/of/alice user-media/users/alice/
GATEWAYBOB example/secret/of/bob user-media/users/bob/
";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gateway: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    // Only what this crate says: other crates may log whole URLs.
    let output = tracing_subscriber::fmt::layer().with_ansi(io::stderr().is_terminal()).with_writer(io::stderr);
    tracing_subscriber::registry().with(output).with("gateway=info".parse::<Targets>()?).try_init()?;

    let listener = TcpListener::bind(variable("GATEWAY_LISTEN").as_deref().unwrap_or("127.0.0.1:0")).await?;
    let address = listener.local_addr()?.to_string();
    let host = variable("GATEWAY_HOST").unwrap_or(address);
    let (_embedded, store, keys) = if let Some(file) = variable("GATEWAY_KEYS") {
        (None, store_of_environment()?, fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?)
    } else {
        let embedded = EmbeddedStore::on_disk(&[BUCKET])?;
        let credentials = Credentials::new(EmbeddedStore::ACCESS_KEY_ID, EmbeddedStore::SECRET_ACCESS_KEY)?;
        let store = Presigner::builder().credentials(credentials).region(EmbeddedStore::REGION).bucket(BUCKET);
        let store = store.endpoint(embedded.endpoint()).build()?;
        print_commands(&host)?;
        (Some(embedded), store, EXAMPLE_KEYS.to_owned())
    };
    let gateway = Gateway::new(&[&host], read_keys(&keys)?, store)?;
    let gateway = if variable("GATEWAY_EXPLAIN").is_some() { gateway.explain() } else { gateway };
    println!("listening at http://{host}; Ctrl-C stops the gateway");
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    Ok(axum::serve(listener, gateway.into_router()).with_graceful_shutdown(stop).await?)
}

/// Prints what the first of the example keys can do.
fn print_commands(host: &str) -> Result<(), Box<dyn Error>> {
    println!("keys, as `ID SECRET BUCKET/PREFIX`:{EXAMPLE_KEYS}");
    let mut key = EXAMPLE_KEYS.split_whitespace();
    let (id, secret) = (key.next().unwrap_or_default(), key.next().unwrap_or_default());
    let endpoint = format!("http://{host}");
    let alice = Presigner::builder().credentials(Credentials::new(id, secret)?).region(EmbeddedStore::REGION);
    let alice = alice.endpoint(&endpoint).bucket(BUCKET).build()?;
    let (put, get) = (PutObject::new("users/alice/hello.txt"), GetObject::new("users/alice/hello.txt"));
    println!("curl --data-binary Hello -X PUT '{}'", alice.presign(put, HOUR)?.url());
    println!("curl '{}'", alice.presign(get, HOUR)?.url());
    println!("curl '{}'", alice.presign(ListObjectsV2::new().prefix("users/alice/"), HOUR)?.url());
    let region = EmbeddedStore::REGION;
    println!(
        "curl --aws-sigv4 aws:amz:{region}:s3 --user {id}:{secret} -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' \
         -T Cargo.toml {endpoint}/{BUCKET}/users/alice/Cargo.toml\n"
    );
    Ok(())
}

/// Signs for the store that the environment names. The buckets are those of the requests; a presigner needs one before.
fn store_of_environment() -> Result<Presigner, Box<dyn Error>> {
    let builder = Presigner::builder()
        .credentials(Credentials::from_env()?)
        .bucket(BUCKET)
        .region(variable("AWS_REGION").map(Region::new).transpose()?)
        .store(variable("PRESIGN_STORE").map(|id| id.parse::<presign::s3::Store>()).transpose()?)
        .account(variable("PRESIGN_ACCOUNT"))
        .endpoint(variable("AWS_ENDPOINT_URL"));
    Ok(builder.build()?)
}

/// Reads one key a line: its id, its secret, and `BUCKET/PREFIX`, which has no spaces.
fn read_keys(text: &str) -> Result<Keys, Box<dyn Error>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.enumerate().try_fold(Keys::default(), |keys, (index, line)| {
        let [id, secret, prefix] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            return Err(format!("key {} is not of the form `ID SECRET BUCKET/PREFIX`", index + 1).into());
        };
        Ok(keys.with(Credentials::new(id, secret)?, prefix))
    })
}

/// Returns an environment variable that is set and not empty.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
