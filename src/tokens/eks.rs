//! Amazon EKS, and other clusters with aws-iam-authenticator.

use alloc::format;
use alloc::string::{String, ToString as _};
use core::time::Duration;

use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::partition::Partition;
use crate::sigv4::Request;
use crate::tokens::Token;
use crate::tokens::host::{Host, regional_host};
use crate::tokens::recipe::{Form, Recipe, Unsigned, concatenated, sign};
use crate::{Error, IntoText, Method, Region, TokenError};

/// Source: aws-iam-authenticator's `pkg/token/token.go`, as the `validity`: it ignores the expiry of the URL, and accepts a
/// token for 15 minutes.
static EKS: Recipe = Recipe {
    service: "sts",
    default_expires: Duration::from_secs(60),
    max_expires: Duration::from_secs(60),
    validity: Some(Duration::from_secs(900)),
    form: Form { has_scheme: true, base64: Some(("k8s-aws-v1.", &URL_SAFE_NO_PAD)) },
};

/// The most that the server accepts.
const MAX_BYTES: usize = 4_096;

/// Signs bearer tokens for a Kubernetes cluster in Amazon EKS, which work for 15 minutes.
///
/// The token proves who calls: the cluster sends the presigned request in it to STS.
///
/// # Errors of `sign`
/// [`TokenError::TooLong`] if the session token is so long that the cluster would refuse the token
///
/// ```
/// use presign::tokens::{EksToken, ExecApiVersion};
/// use presign::{Credentials, Region};
///
/// # let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?;
/// let cluster = EksToken::new("my-cluster", Region::new("us-west-2")?)?;
/// let token = cluster.sign(&credentials)?;
/// let authorization = format!("Bearer {}", token.as_str());
/// assert!(authorization.starts_with("Bearer k8s-aws-v1.aHR0cHM6Ly9zdHMudXMtd2VzdC0yLmFtYXpvbmF3cy5jb20v"));
///
/// // What kubectl reads from a plugin for credentials.
/// let json = cluster.exec_credential(ExecApiVersion::V1).sign(&credentials)?;
/// assert!(json.as_str().starts_with(r#"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","#));
/// # Ok::<(), presign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct EksToken {
    cluster: String,
    host: Host,
    exec_credential: Option<ExecApiVersion>,
}

/// The version of the JSON that kubectl reads from a plugin for credentials.
///
/// kubectl sets the variable `KUBERNETES_EXEC_INFO` to a JSON document that has the version as `apiVersion`.
///
/// Source: [Client authentication](https://kubernetes.io/docs/reference/config-api/client-authentication.v1/).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExecApiVersion {
    /// `client.authentication.k8s.io/v1beta1`
    V1Beta1,
    /// `client.authentication.k8s.io/v1`
    V1,
}

impl ExecApiVersion {
    const fn as_str(self) -> &'static str {
        match self {
            Self::V1Beta1 => "client.authentication.k8s.io/v1beta1",
            Self::V1 => "client.authentication.k8s.io/v1",
        }
    }
}

impl EksToken {
    /// Creates the recipe for the name of a cluster and the region of the STS endpoint that the cluster calls, usually that of
    /// the cluster.
    ///
    /// # Errors
    /// [`TokenError::ClusterName`], also for an ARN; [`TokenError::UnknownRegion`]
    pub fn new<'a>(cluster: impl IntoText<'a>, region: Region) -> Result<Self, Error> {
        let cluster = cluster.into_text().into_owned();
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if !(1..=100).contains(&cluster.len()) || !cluster.bytes().all(is_allowed) {
            return Err(TokenError::ClusterName.into());
        }
        let host = regional_host("sts", &region, Partition::of(region.as_str()).domain)?;
        let host = Host::new(&host, "sts")?.with_region(region);
        Ok(Self { cluster, host, exec_credential: None })
    }

    /// Sets another endpoint of STS than the regional one, such as `sts-fips.us-east-1.amazonaws.com`. The global one,
    /// `sts.amazonaws.com`, is in the region `us-east-1`.
    ///
    /// # Errors
    /// [`TokenError::Host`]; [`TokenError::NotSts`] for a host that the cluster does not accept;
    /// [`TokenError::OtherRegion`]
    pub fn host<'a>(self, host: impl IntoText<'a>) -> Result<Self, Error> {
        let host = Host::new(&host.into_text(), "sts")?.with_region(self.host.region()?.clone());
        let (label, _) = host.name().split_once('.').unwrap_or_default();
        // Not that of a VPC endpoint, which has a label before.
        let is_regional = host.names_region() && matches!(label, "sts" | "sts-fips");
        let is_global = host.name() == "sts.amazonaws.com";
        if !is_regional && !is_global {
            return Err(TokenError::NotSts.into());
        }
        if host.region()?.as_str() != "us-east-1" && is_global {
            return Err(TokenError::OtherRegion.into());
        }
        Ok(Self { host, ..self })
    }

    /// Makes the token the JSON document `ExecCredential`, which kubectl reads from the output of a plugin.
    ///
    /// It tells kubectl to ask again at [`Token::refresh_at`]: after 14 minutes, or before the credentials expire.
    #[must_use]
    pub fn exec_credential(self, api_version: ExecApiVersion) -> Self {
        Self { exec_credential: Some(api_version), ..self }
    }

    fn unsigned(&self) -> Result<Unsigned<'_>, Error> {
        let request = Request::new(Method::Get, format!("https://{}", self.host.name()))?
            .query("Action", "GetCallerIdentity")
            .query("Version", "2011-06-15")
            .header("x-k8s-aws-id", &self.cluster);
        Ok(Unsigned { recipe: &EKS, region: self.host.region()?, request, expires: EKS.default_expires, appended: "" })
    }

    fn finish(&self, token: Token) -> Result<Token, Error> {
        let bytes = token.as_str().len();
        if bytes > MAX_BYTES {
            return Err(TokenError::TooLong { bytes }.into());
        }
        let Some(api_version) = self.exec_credential else { return Ok(token) };
        // Nothing in it has to be escaped.
        let json = concatenated(&[
            r#"{"kind":"ExecCredential","apiVersion":""#,
            api_version.as_str(),
            r#"","spec":{},"status":{"expirationTimestamp":""#,
            &token.refresh_at().to_string(),
            r#"","token":""#,
            token.as_str(),
            r#""}}"#,
        ]);
        Ok(token.with_text(json))
    }
}

sign!(EksToken, finish);
