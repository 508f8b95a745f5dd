#!/usr/bin/env python3
"""Writes tokens.jsonl: tokens with the signatures that their sources have, and the whole text of each.

Uses nothing but the standard library, and follows the steps of the AWS documentation:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html. A signature that differs from the
one of the source is an error. `official` is a value from a test of the owner of the service; `source` says where the others
come from. Parameters are in canonical order, with the signature last, as this crate writes them.

    python3 tests/vectors/tokens.py > tests/vectors/tokens.jsonl
"""

import base64
import hashlib
import hmac
import json
from urllib.parse import quote

EXAMPLE = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
NOON = "20260301T120000Z"
TOKEN = "IQoJb3JpZ2luX2VjEXAMPLE//token=="
RDS_HOST = "prod-instance.us-east-1.rds.amazonaws.com"
OURS = "computed for this crate"
OURS_AND_BOTOCORE = "computed for this crate, and equal to botocore 1.43.11"


def encoded(text):
    return quote(text, safe="-_.~")


def hmac_sha256(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def presigned(case, method, scheme, host, path, service, query, headers=(), signs_token=True):
    scope = "/".join([case["now"][:8], case["region"], service, "aws4_request"])
    headers = sorted([("host", host), *headers])
    names = ";".join(name for name, _ in headers)
    query = [
        *query,
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        ("X-Amz-Credential", case["access_key"] + "/" + scope),
        ("X-Amz-Date", case["now"]),
        ("X-Amz-Expires", str(case["expires_s"])),
        ("X-Amz-SignedHeaders", names),
    ]
    token = [("X-Amz-Security-Token", case["session_token"])] if case["session_token"] else []
    query += token if signs_token else []
    canonical_query = "&".join(sorted(encoded(name) + "=" + encoded(value) for name, value in query))
    lines = "".join(name + ":" + value + "\n" for name, value in headers)
    request = "\n".join([method, path, canonical_query, lines, names, hashlib.sha256(b"").hexdigest()])
    text = "\n".join(["AWS4-HMAC-SHA256", case["now"], scope, hashlib.sha256(request.encode()).hexdigest()])
    key = ("AWS4" + case["secret_key"]).encode()
    for part in [*scope.split("/")]:
        key = hmac_sha256(key, part)
    signature = hmac_sha256(key, text).hex()
    url = scheme + "://" + host + path + "?" + canonical_query + "&X-Amz-Signature=" + signature
    for name, value in [] if signs_token else token:
        url += "&" + name + "=" + encoded(value)
    return signature, url


def without_scheme(url):
    return url.split("://", 1)[1]


def base64url(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def rds(case):
    host = case["host"] + ":" + str(case["port"])
    query = [("Action", "connect"), ("DBUser", case["user"])]
    signature, url = presigned(case, "GET", "https", host, "/", "rds-db", query)
    return signature, without_scheme(url)


def dsql(case):
    signature, url = presigned(case, "GET", "https", case["host"], "/", "dsql", [("Action", case["action"])])
    return signature, without_scheme(url)


def cache(case):
    query = [("Action", "connect"), ("User", case["user"])]
    query += [("ResourceType", "ServerlessCache")] if case.get("serverless") else []
    signature, url = presigned(case, "GET", "http", case["cache"], "/", case["kind"], query)
    return signature, without_scheme(url)


def eks(case):
    query = [("Action", "GetCallerIdentity"), ("Version", "2011-06-15")]
    host = "sts." + case["region"] + ".amazonaws.com"
    signature, url = presigned(case, "GET", "https", host, "/", "sts", query, [("x-k8s-aws-id", case["cluster"])])
    return signature, "k8s-aws-v1." + base64url(url)


def msk(case):
    host = "kafka." + case["region"] + ".amazonaws.com"
    query = [("Action", "kafka-cluster:Connect")]
    signature, url = presigned(case, "GET", "https", host, "/", "kafka-cluster", query)
    return signature, base64url(url + "&User-Agent=presign")


def bedrock(case):
    query = [("Action", "CallWithBearerToken")]
    signature, url = presigned(case, "POST", "https", "bedrock.amazonaws.com", "/", "bedrock", query)
    text = without_scheme(url) + "&Version=1"
    return signature, "bedrock-api-key-" + base64.b64encode(text.encode()).decode()


def iot(case):
    return presigned(case, "GET", "wss", case["host"], "/mqtt", "iotdevicegateway", [], signs_token=False)


KINDS = {"rds": rds, "dsql": dsql, "elasticache": cache, "memorydb": cache, "eks": eks, "msk": msk, "bedrock": bedrock,
         "iot": iot}


def case(name, source, official, keys, token, now, region, expires, signature, sha256=None, **details):
    values = {
        "name": name, "kind": name.split("/")[0], "source": source, "official": official,
        "access_key": keys[0], "secret_key": keys[1], "session_token": token,
        "now": now, "region": region, "expires_s": expires, **details, "signature": signature,
    }
    ours, text = KINDS[values["kind"]](values)
    assert ours == signature, (name, ours)
    if sha256:
        assert (len(text), hashlib.sha256(text.encode()).hexdigest()) == sha256, (name, len(text))
    values["token"] = text
    print(json.dumps(values))


def main():
    case("rds/smithy-rs", "smithy-rs: aws-sdk-rds, auth_token.rs", True, ("akid", "secret"), None, "20240826T220000Z",
         "us-east-1", 900, "dd0cba843009474347af724090233265628ace491ea17ce3eb3da098b983ad89",
         host=RDS_HOST, port=3306, user="peccy")
    case("rds/botocore", "botocore: tests/unit/test_signers.py", True, ("akid", "skid"), None, "20161107T173933Z",
         "us-east-1", 900, "d1138cdbc0ca63eec012ec0fc6c2267e03642168f5884a7795320d4c18374c61",
         host=RDS_HOST, port=3306, user="someusername")
    # Signed for another region than the host's, which `RdsToken` refuses; the recipe is the same.
    case("rds/paws", "paws (R)", False, ("AKIA", "SECRET"), "SESSION", "20250101T000001Z", "us-west-2", 900,
         "4e4ce10c7b3710decae757df60ba2519348dcb4db802f15646dce1bf5e17c3ed",
         host=RDS_HOST, port=3306, user="mysqlUser")
    case("dsql/connect", "aws-cli and the AWS SDK for Java", True, ("access_key", "secret_key"), None,
         "20241107T173933Z", "us-east-1", 900, "e319d85380261f643d78a558f76257f05aacea758a6ccd42a2510e2ae0854a47",
         host="test.dsql.us-east-1.on.aws", action="DbConnect")
    case("dsql/admin", "aws-cli and the AWS SDK for Java", True, ("access_key", "secret_key"), None,
         "20241107T173933Z", "us-east-1", 900, "a08adc4c84a490014ce374b90c98ba9ed015b77b451c0d9f9fb3f8ca8c6f9c36",
         host="test.dsql.us-east-1.on.aws", action="DbConnectAdmin")
    case("dsql/connect-with-session-token", "aws-c-dsql-auth", True, ("akid", "secret"), "token", "20240827T000000Z",
         "us-east-1", 450, "9fdb9de7ca6822832943d5a4e1b02411d302a2b8204bd7e8193aa4875fbd5a58",
         host="peccy.dsql.us-east-1.on.aws", action="DbConnect")
    case("dsql/admin-with-session-token", "aws-c-dsql-auth", True, ("akid", "secret"), "token", "20240827T000000Z",
         "us-east-1", 450, "dd5373133b347f82a6e8a710e5fbd367f5e1d84824dc148b96d5f45089cb47f0",
         host="peccy.dsql.us-east-1.on.aws", action="DbConnectAdmin")
    case("elasticache/envoy", "Envoy's redis filter", False, ("akid", "secret"), "token", "20180102T030405Z", "region",
         60, "3bf9d8841acb6db28373efcab8b9ccf1076a7a9ab39faf489002fa0555a1f89c", cache="cachename", user="test")
    case("elasticache/serverless-java", "a Java project, with the AWS SDK", False, ("accessKey", "secretKey"), None,
         "20240802T121150Z", "eu-west-1", 900, "5dda5db919b1337db6596b2a608924bc10197fb39289b933b60bdb114d5a70dc",
         cache="my-cache", user="user123", serverless=True)
    case("elasticache/serverless", OURS, False, EXAMPLE, TOKEN, NOON, "eu-central-1", 900,
         "2dbe1193a532e267eb3f27a9d22a40f16d7c725479a90a53db288524986ba715",
         cache="my-cache", user="app-user", serverless=True)
    case("elasticache/replication-group", OURS, False, EXAMPLE, None, NOON, "eu-central-1", 900,
         "ed6abd6a4af2276b47a91b04d63ccbc70063e40754494348155ac11fad63e5b6", cache="my-cluster", user="app-user")
    case("memorydb/cluster", OURS, False, EXAMPLE, None, NOON, "eu-central-1", 900,
         "16b24aeef5fb5bd1150a6be06afc774693129e5872d6217896f518acd0ab3cb6", cache="my-cluster", user="app-user")
    case("eks/us-west-2", OURS_AND_BOTOCORE, False, EXAMPLE, None, NOON, "us-west-2", 60,
         "149c66303ecc0e16ab729b7d0b671a27ac80a94e25d35f179ea3e8b2f89f5aa6", cluster="my-cluster")
    case("eks/eu-west-1-with-session-token", OURS, False, EXAMPLE, TOKEN, NOON, "eu-west-1", 60,
         "0d927f6aa86d01e56ee9de75d7d2cf6d9cc9b0bc0ddf8024a54fec52ebf08f9a", cluster="prod",
         sha256=(575, "af9f99db7850ff1880ca55b05da0d68eacb95f22dadbaf606e9d15bcd49fbc5d"))
    case("bedrock/us-east-1", OURS_AND_BOTOCORE, False, EXAMPLE, None, NOON, "us-east-1", 43200,
         "948ea500acebc24006df3dfe6e9ebde20933fd60f1323cf63f6ea50e5afb0c9a")
    case("bedrock/us-east-1-with-session-token", OURS_AND_BOTOCORE, False, EXAMPLE, "TOKEN/with+chars==", NOON,
         "us-east-1", 43200, "49a18f8c81ec6ae48da32c4551699a744b7bb6c700d41a86135d69368237b671")
    case("msk/us-west-2", OURS, False, EXAMPLE, None, NOON, "us-west-2", 900,
         "ed969f388f96cce78e328760a8b17c8d7fbb713eaaed8a77634e42b2f30b2456")
    case("msk/us-west-2-with-session-token", OURS, False, EXAMPLE, TOKEN, NOON, "us-west-2", 900,
         "130383862bfc6ee23d389be22dbd09421a8829e5970344e693c1c9e5b5b94cba",
         sha256=(570, "91812f5b816fac7bae4f75449e0235f6e5f8788602469dfb584a941724ed5fa5"))
    for suffix, token in [("", None), ("-with-session-token", TOKEN)]:
        case("iot/us-east-1" + suffix, OURS, False, EXAMPLE, token, NOON, "us-east-1", 86400,
             "f6bee414cdf3293d97679f7f68a314544fccedec364b36184b5cddacdddbcb47",
             host="abc123-ats.iot.us-east-1.amazonaws.com")


if __name__ == "__main__":
    main()
