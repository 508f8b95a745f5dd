//! The commands for tokens.

use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use presign::Timestamp;

use crate::duration;

#[derive(Args)]
#[command(after_help = "\
Examples:
  PGPASSWORD=\"$(presign token rds --host prod.abc123.eu-west-1.rds.amazonaws.com --port 5432 --user app)\" psql ...
  presign token dsql --host 4iabtwnq2j55iez4j4bkykghgm.dsql.us-east-1.on.aws --admin
  presign token eks --cluster prod --region eu-west-1
  AWS_BEARER_TOKEN_BEDROCK=\"$(presign token bedrock --region us-east-1)\"

What `rds`, `dsql` and `eks` print is what `aws rds generate-db-auth-token`, `aws dsql generate-db-connect-auth-token`
and `aws eks get-token` print; their names of these options are understood too.")]
pub struct TokenArguments {
    #[command(subcommand)]
    pub service: TokenService,
}

#[derive(Subcommand)]
pub enum TokenService {
    /// Password of a user of RDS or Aurora, for 15 minutes
    Rds(Rds),
    /// Password of Aurora DSQL
    Dsql(Dsql),
    /// Password of a user of ElastiCache
    Elasticache(Elasticache),
    /// Password of a user of MemoryDB
    Memorydb(Memorydb),
    /// `ExecCredential` for a cluster of EKS: what kubectl reads, with a token for 15 minutes
    Eks(Eks),
    /// Token of SASL/OAUTHBEARER for the brokers of MSK, for 15 minutes
    Msk(Msk),
    /// Short-term API key of Bedrock
    Bedrock(Bedrock),
    /// URL of MQTT over WebSocket for IoT Core
    Iot(Iot),
}

/// Who signs, when, and what is printed.
#[derive(Args)]
pub struct TokenOptions {
    /// Region of the service; by default the one that the host names, if it does, or that of the environment
    #[arg(long, value_name = "NAME")]
    pub region: Option<String>,

    /// Profile of the shared AWS files; its credentials win over those of the environment
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,

    /// Sign as of this time instead of now
    #[arg(long, value_name = "YYYYMMDDThhmmssZ")]
    pub at: Option<Timestamp>,

    /// What is printed; by default the token, for `eks` the JSON
    #[arg(long, value_name = "FORM")]
    pub output: Option<TokenOutput>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TokenOutput {
    /// The token
    Token,
    /// `{token, expires_at, expires_at_ms, refresh_at}`, and for `eks` the `ExecCredential`
    Json,
}

#[derive(Args)]
pub struct Rds {
    /// Host of the instance, cluster or proxy, as AWS names it
    #[arg(long, alias = "hostname", value_name = "HOST")]
    pub host: String,

    /// Port of the database
    #[arg(long, value_name = "PORT")]
    pub port: u16,

    /// User of the database
    #[arg(long, alias = "username", value_name = "NAME")]
    pub user: String,

    #[command(flatten)]
    pub options: TokenOptions,
}

#[derive(Args)]
pub struct Dsql {
    /// Host of the cluster
    #[arg(long, alias = "hostname", value_name = "HOST")]
    pub host: String,

    /// For the role `admin`
    #[arg(long)]
    pub admin: bool,

    /// How long it works, up to 7d; by default 15m
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub expires: Option<Duration>,

    #[command(flatten)]
    pub options: TokenOptions,
}

#[derive(Args)]
pub struct Elasticache {
    /// Name of the replication group or serverless cache, not its endpoint
    #[arg(long, value_name = "NAME")]
    pub name: String,

    /// User of the cache
    #[arg(long, alias = "username", value_name = "NAME")]
    pub user: String,

    /// For a serverless cache
    #[arg(long)]
    pub serverless: bool,

    /// How long it works, up to 15m, which is the default
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub expires: Option<Duration>,

    #[command(flatten)]
    pub options: TokenOptions,
}

#[derive(Args)]
pub struct Memorydb {
    /// Name of the cluster, not its endpoint
    #[arg(long, alias = "name", value_name = "NAME")]
    pub cluster: String,

    /// User of the cluster
    #[arg(long, alias = "username", value_name = "NAME")]
    pub user: String,

    /// How long it works, up to 15m, which is the default
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub expires: Option<Duration>,

    #[command(flatten)]
    pub options: TokenOptions,
}

#[derive(Args)]
pub struct Eks {
    /// Name of the cluster
    #[arg(long, alias = "cluster-name", value_name = "NAME")]
    pub cluster: String,

    /// Endpoint of STS, if it is not the regional one: sts-fips.us-east-1.amazonaws.com
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,

    #[command(flatten)]
    pub options: TokenOptions,
}

#[derive(Args)]
pub struct Msk {
    /// Name of the client, for the logs of the brokers
    #[arg(long, value_name = "TEXT")]
    pub user_agent: Option<String>,

    #[command(flatten)]
    pub options: TokenOptions,
}

#[derive(Args)]
pub struct Bedrock {
    /// How long it works, up to 12h, which is the default
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub expires: Option<Duration>,

    #[command(flatten)]
    pub options: TokenOptions,
}

#[derive(Args)]
pub struct Iot {
    /// Data endpoint of the account
    #[arg(long, alias = "endpoint", value_name = "HOST")]
    pub host: String,

    /// How long it works, up to 24h, which is the default
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub expires: Option<Duration>,

    #[command(flatten)]
    pub options: TokenOptions,
}
