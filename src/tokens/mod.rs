//! Passwords and tokens that are presigned requests: databases, caches, Kubernetes, Kafka, Bedrock, MQTT.
//!
//! Some services take a presigned URL as a password. Each has its own recipe: the host that is signed, the parameters, the
//! expiry, and what becomes of the URL. Here, each has a type with its rules; nothing is sent.
//!
//! | type | the token is | default expiry | limit | source |
//! |---|---|---|---|---|
//! | [`RdsToken`] | the password of a user of RDS or Aurora | 15 min | fixed | [AWS](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.Connecting.html) |
//! | [`DsqlToken`] | the password of a role of Aurora DSQL | 15 min | 7 days | [AWS](https://docs.aws.amazon.com/aurora-dsql/latest/userguide/SECTION_authentication-token.html) |
//! | [`ElastiCacheToken`] | the password of a user of ElastiCache | 15 min | 15 min | [AWS](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html) |
//! | [`MemoryDbToken`] | the password of a user of MemoryDB | 15 min | 15 min | [AWS](https://docs.aws.amazon.com/memorydb/latest/devguide/auth-iam.html) |
//! | [`EksToken`] | the bearer token of a Kubernetes cluster, or the JSON that kubectl reads | 15 min | fixed | [aws-iam-authenticator](https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/token/token.go) |
//! | [`MskToken`] | the token of SASL/OAUTHBEARER for Amazon MSK | 15 min | fixed | [aws-msk-iam-sasl-signer](https://github.com/aws/aws-msk-iam-sasl-signer-go) |
//! | [`BedrockToken`] | a short-term API key of Amazon Bedrock | 12 h | 12 h | [aws-bedrock-token-generator](https://github.com/aws/aws-bedrock-token-generator-python) |
//! | [`IotToken`] | the URL of MQTT over WebSocket | 24 h | 24 h | [AWS](https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html) |
//!
//! Every type has `sign`, by the system's clock, and `sign_at`; both take [`Credentials`](crate::Credentials) or any other
//! [`ProvideCredentials`](crate::ProvideCredentials). The result is a [`Token`], which tells when it ends: never later than
//! its credentials.
//!
//! # A new token for each connection
//! A token that is made once, when the program starts, works until the pool opens a connection after it has expired. Keep
//! the type, not the token, and sign whenever a connection is opened: it takes microseconds and sends nothing.
//!
//! ```
//! use presign::tokens::{RdsToken, Token};
//! use presign::{Credentials, CredentialsCell, Error};
//!
//! # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret")?;
//! // Once, at the start: an error in the configuration is reported here or at the first call.
//! let database = RdsToken::new("prod.abc123.eu-west-1.rds.amazonaws.com", 5432, "app")?;
//! let cell = CredentialsCell::new(credentials); // a task of yours replaces them before they expire
//! let password = move || database.sign(&cell);
//!
//! // For each connection: a pool calls the closure.
//! let token: Token = password()?;
//! # assert!(token.as_str().contains("&DBUser=app&"));
//! # Ok::<(), Error>(())
//! ```
//!
//! Recipes for services without a type, and for pools, are in `docs/tokens.md` of the repository.

mod bedrock;
mod cache;
mod dsql;
mod eks;
mod host;
mod iot;
mod msk;
mod rds;
mod recipe;
mod token;
mod user;

pub use bedrock::BedrockToken;
pub use cache::{ElastiCacheToken, MemoryDbToken};
pub use dsql::DsqlToken;
pub use eks::{EksToken, ExecApiVersion};
pub use iot::IotToken;
pub use msk::MskToken;
pub use rds::RdsToken;
pub use token::Token;
