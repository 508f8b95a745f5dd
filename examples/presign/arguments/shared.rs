//! What the commands share.

use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use presign::Timestamp;
use presign::s3::{AddressingStyle, Store};

use crate::{duration, pair};

/// Where the object is, and who signs.
#[derive(Args)]
#[command(next_help_heading = "Store")]
pub struct StoreOptions {
    /// Store, which brings its endpoint, region and addressing style
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(store_names()))]
    #[arg(hide_possible_values = true, long_help = store_help())]
    pub store: Option<String>,

    /// Endpoint without the bucket, as the client will reach it: the host is signed
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<String>,

    /// Address that clients see, where a proxy or a CDN sends the store another host or strips a path
    ///
    /// The URL starts with it, and the signature is that of the endpoint, which the store sees.
    #[arg(long, value_name = "URL")]
    pub published_endpoint: Option<String>,

    /// Account, project or namespace, for a store that has it in its host
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,

    /// Region of the bucket
    #[arg(long, value_name = "NAME")]
    pub region: Option<String>,

    /// Where the bucket is in the URL: auto, virtual, path, bucket-endpoint
    ///
    /// With `auto`, as the store wants it; with `virtual`, in the host; with `path`, in the path. With
    /// `bucket-endpoint`, the endpoint stands for the bucket, and that of `s3://` is only a name for the policy of a
    /// form.
    #[arg(long, value_name = "STYLE")]
    pub addressing_style: Option<AddressingStyle>,

    /// Profile of the shared AWS files; its credentials win over those of the environment
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
}

fn store_names() -> Vec<&'static str> {
    Store::ALL.iter().map(Store::id).collect()
}

fn store_help() -> String {
    let names = store_names().join(", ");
    format!(
        "Store, which brings its endpoint, region and addressing style. What it brings wins over the environment; other \
         options win over both\n\nKnown: {names}"
    )
}

/// For how long, and from when.
#[derive(Args)]
pub struct Life {
    /// How long it works: 90s, 15m, 12h, 7d, 1h30m
    #[arg(long, value_name = "DURATION", default_value = "15m", value_parser = duration::parse)]
    pub expires: Duration,

    /// Date it earlier, for a store whose clock is behind ("Request is not yet valid"); it expires when it would without
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub clock_slack: Option<Duration>,

    /// Sign as of this time instead of now
    #[arg(long, value_name = "YYYYMMDDThhmmssZ")]
    pub at: Option<Timestamp>,
}

/// What a client sends besides.
#[derive(Args)]
pub struct Extras {
    /// Header that the client has to send: `name: value`, repeatable
    #[arg(long = "header", value_name = "HEADER", value_parser = pair::header)]
    pub headers: Vec<(String, String)>,

    /// Query parameter: `name=value` as plain text, repeatable
    #[arg(long = "query", value_name = "PARAMETER", value_parser = pair::assignment)]
    pub queries: Vec<(String, String)>,
}

/// One request: what the commands for objects share.
#[derive(Args)]
pub struct Signing {
    #[command(flatten)]
    pub life: Life,

    #[command(flatten)]
    pub extras: Extras,

    /// What is printed
    #[arg(long, value_name = "FORM", default_value = "url")]
    pub output: Output,

    /// Print the canonical request and the string to sign on standard error too
    ///
    /// A store that answers `SignatureDoesNotMatch` often says what it computed: the first line that differs is the
    /// cause. The canonical request holds the session token, if there is one, as the URL does.
    #[arg(long)]
    pub explain: bool,

    #[command(flatten)]
    pub store: StoreOptions,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// The URL; send the headers that you gave too
    Url,
    /// `{method, url, headers, fields, forbidden_headers, expires_at}`
    Json,
    /// A command to run, with FILE for yours
    Curl,
}
