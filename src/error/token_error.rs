//! What is wrong with the input of a token.

/// Why no token of the module `tokens` was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The host has a scheme, a port or a path, or is an IP address.
    #[error("the host is not a DNS name alone: give it without a scheme, a port and a path")]
    Host,
    /// The host of an EKS token is not an endpoint of STS.
    #[error("the host is not an endpoint of STS, such as sts.eu-west-1.amazonaws.com: the cluster accepts no other")]
    NotSts,
    /// Ports start at 1.
    #[error("the port is 0: give the port of the database, such as 5432 or 3306")]
    Port,
    /// The host is that of another region than the one to sign for.
    #[error("the host is in another region than the one that is given: give the region of the host, or none")]
    OtherRegion,
    /// The host does not name a region, and none was given.
    #[error("the host names no region: give the region of the service behind it with `region`")]
    NoRegion,
    /// The region does not have the form of an AWS region, and the host of the service has to be derived from it.
    #[error("the region is not an AWS region, so the host cannot be derived from it: give one such as eu-west-1")]
    UnknownRegion,
    /// The user name is empty or has a control character.
    #[error("the user name is empty or has a control character")]
    User,
    /// The name is not that of a cache, a replication group or a cluster of MemoryDB.
    #[error(
        "the cache name is not 1 to 63 lower-case letters, digits and `-`: give the name of the cache, replication group or cluster, not its endpoint"
    )]
    CacheName,
    /// The name is not that of a Kubernetes cluster.
    #[error(
        "the cluster name is not 1 to 100 letters, digits, `-`, `_` and `.`: give the name of the cluster, not its ARN"
    )]
    ClusterName,
    /// The server refuses tokens of this length.
    #[error(
        "the token is {bytes} bytes long: at most 4096 are allowed, so use credentials with a shorter session token"
    )]
    #[non_exhaustive]
    TooLong {
        /// The length of the token, in bytes.
        bytes: usize,
    },
}
