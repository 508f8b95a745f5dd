//! The command that explains a refusal.

use std::path::PathBuf;

use clap::Args;

use crate::pair;

#[derive(Args)]
#[command(after_help = "\
No request is sent. What the store responded with decides: most stores return what they signed, and the difference is the
cause. Other users of the machine can read the URL in the list of processes, as with curl.

Examples:
  presign why 'https://...' --body response.xml
  presign why 'https://...' --method PUT --header 'content-type: image/png' --body response.xml
  presign why 'https://...' --body -                # a response, or only a string to sign, on standard input
  presign why 'https://...' --status 403            # no body at all: what remains

Secrets (signatures, session tokens, keys of SSE-C) are not printed.")]
pub struct Why {
    /// URL that was refused, as the client was given it: in quotes, because shells cut it off at `&`
    pub url: String,

    /// Method for which it was signed
    #[arg(long, value_name = "METHOD", default_value = "GET")]
    pub method: String,

    /// Header that the client has to send: `name: value`, repeatable
    #[arg(long = "header", value_name = "HEADER", value_parser = pair::header)]
    pub headers: Vec<(String, String)>,

    /// Response, as XML, JSON or text, also as `curl -i` prints it; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub body: Option<PathBuf>,

    /// Status of the response
    #[arg(long, value_name = "NUMBER")]
    pub status: Option<u16>,

    /// Method of the request that really arrived, from the log of a proxy or a server
    #[arg(long, value_name = "METHOD", requires = "received_url")]
    pub received_method: Option<String>,

    /// URL that really arrived, or its path and query
    #[arg(long, value_name = "URL")]
    pub received_url: Option<String>,

    /// Header that really arrived, repeatable; give all of them
    #[arg(long = "received-header", value_name = "HEADER", value_parser = pair::header, requires = "received_url")]
    pub received_headers: Vec<(String, String)>,
}
