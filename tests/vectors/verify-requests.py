"""Writes verify-requests.jsonl: requests and forms that were signed by following AWS's page, for the tests of the verifier.

    python3 verify-requests.py > verify-requests.jsonl

The standard library only, and no code of the crate: `hmac` and `hashlib`, with the steps of "Create a signed AWS API request"
(IAM user guide) and "Browser-based uploads using POST" (S3 API reference). Most requests are odd on purpose: the signature is
right, so that only the rule that they break can refuse them. With botocore installed, `--check` compares the plain ones with it.

A line: `name`, `method`, `target`, `authority`, `headers`, and `body_sha256` where the test gives it to the verifier. A form has
`fields` and `file_name`. All are of the same key and time, unless the name says otherwise.
"""

import base64
import hashlib
import hmac
import json
import sys

ID, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
TOKEN = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQW+LWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi=="
TIME = "20240315T081530Z"
HOST = "s3.example.com"
PATH = "/user-media/a%20b.png"
EMPTY = hashlib.sha256(b"").hexdigest()
BODY = hashlib.sha256(b"Welcome to Amazon S3.").hexdigest()
UNSIGNED = "UNSIGNED-PAYLOAD"
UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

lines, names = [], set()


def encode(text, keep=""):
    return "".join(chr(b) if b < 128 and chr(b) in UNRESERVED + keep else "%%%02X" % b for b in text.encode())


def hmac_sha256(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signing_key(secret, date, region, service):
    key = ("AWS4" + secret).encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac_sha256(key, part)
    return key


def canonical_headers(headers, order):
    """`order` is the list of signed headers, as it will be sent."""
    text = ""
    for name in order:
        values = [" ".join(value.replace("\t", " ").split()) for n, value in headers if n.lower() == name.lower()]
        text += name + ":" + ",".join(values) + "\n"
    return text


def put(name, **fields):
    assert name not in names, name
    names.add(name)
    lines.append({"name": name, **fields})


def signature(method, uri, query, headers, order, payload, time, scope, secret, algorithm="AWS4-HMAC-SHA256"):
    pairs = sorted((encode(n), encode(v)) for n, v in query)
    canonical = "\n".join(
        [method, uri, "&".join(n + "=" + v for n, v in pairs), canonical_headers(headers, order), ";".join(order), payload]
    )
    text = "\n".join([algorithm, time, "/".join(scope) + "/aws4_request", hashlib.sha256(canonical.encode()).hexdigest()])
    return hmac_sha256(signing_key(secret, *scope), text).hex()


def s3_uri(path):
    return path


def normalized(path):
    """For services other than S3: dot segments and empty ones are removed, then the path is encoded again."""
    kept = []
    for segment in path.split("/"):
        if segment == "..":
            kept[-1:] = []
        elif segment not in ("", "."):
            kept.append(segment)
    end = "/" if kept and path.endswith("/") else ""
    return encode("/" + "/".join(kept) + end, "/")


def query(
    name, method="GET", path=PATH, others=(), headers=(), order=None, time=TIME, date=None, region="eu-west-1", service="s3",
    key=ID, secret=SECRET, credential=None, algorithm="AWS4-HMAC-SHA256", expires="900", token=None,
    token_name="X-Amz-Security-Token", token_signed=True, payload=None, host=HOST, sent_host=None, drop=(), also=(),
    signature_name="X-Amz-Signature", write=encode, wire=None, body_sha256=None, signed_time=None, uri=None,
):
    """A presigned URL. `also`: parameters that are signed after the usual ones; `drop`: those left out before signing."""
    scope = (date or time[:8], region, service)
    order = sorted({"host", *(n.lower() for n, _ in headers)}) if order is None else order
    payload = payload or (UNSIGNED if service.startswith("s3") else EMPTY)
    pairs = list(others) + [
        ("X-Amz-Algorithm", algorithm),
        ("X-Amz-Credential", credential if credential is not None else "/".join([key, *scope, "aws4_request"])),
        ("X-Amz-Date", time),
        ("X-Amz-Expires", expires),
        ("X-Amz-SignedHeaders", ";".join(order)),
    ]
    if token is not None and token_signed:
        pairs.append((token_name, token))
    pairs = [(n, v) for n, v in pairs if n not in drop] + list(also)
    signed = [("host", host), *headers]
    uri = uri or (s3_uri(path) if service.startswith("s3") else normalized(path))
    digits = signature(method, uri, pairs, signed, order, payload, signed_time or time, scope, secret, algorithm)
    text = "&".join(write(n) + "=" + write(v) for n, v in pairs)
    if signature_name not in drop:
        text += "&" + signature_name + "=" + digits
    if token is not None and not token_signed:
        text += "&" + token_name + "=" + encode(token)
    target = (wire or path) + "?" + text
    put(name, method=method, target=target, authority=sent_host or host, headers=[list(h) for h in headers], body_sha256=body_sha256)


def header(
    name, method="GET", path=PATH, others=(), headers=(), order=None, time=TIME, date=None, region="eu-west-1", service="s3",
    key=ID, secret=SECRET, credential=None, algorithm="AWS4-HMAC-SHA256", payload=None, host=HOST, sent_host=None,
    dates=None, content_sha256=True, signed_time=None, token=None, token_name="x-amz-security-token", separator=", ",
    body_sha256=None, wire=None, uri=None, unsigned=(),
):
    """A signature in the `Authorization` header. `dates`: the headers with the time; `unsigned`: headers left out of the list."""
    scope = (date or time[:8], region, service)
    payload = payload or EMPTY
    headers = list(headers) + (dates if dates is not None else [("x-amz-date", time)])
    if content_sha256 and service.startswith("s3"):
        headers.append(("x-amz-content-sha256", payload))
    if token is not None:
        headers.append((token_name, token))
    order = sorted({"host", *(n.lower() for n, _ in headers)} - set(unsigned)) if order is None else order
    uri = uri or (s3_uri(path) if service.startswith("s3") else normalized(path))
    digits = signature(method, uri, others, [("host", host), *headers], order, payload, signed_time or time, scope, secret, algorithm)
    credential = credential if credential is not None else "/".join([key, *scope, "aws4_request"])
    authorization = algorithm + " " + separator.join(
        ["Credential=" + credential, "SignedHeaders=" + ";".join(order), "Signature=" + digits]
    )
    text = "&".join(encode(n) + "=" + encode(v) for n, v in others)
    target = (wire or path) + ("?" + text if text else "")
    headers = [["authorization", authorization], *[list(h) for h in headers]]
    put(name, method=method, target=target, authority=sent_host or host, headers=headers, body_sha256=body_sha256)


# Good requests.
query("q")
query("q/put", method="PUT", headers=[("content-type", "image/png"), ("x-amz-acl", "private")])
query("q/post", method="POST", others=[("uploads", "")])
query("q/key", path="/user-media/dir/%C3%BC%2B%28~%29.txt")
query("q/other", method="POST", path="/prod/a%20b", service="execute-api", host="api.example.com", payload=BODY, body_sha256=BODY)
query("q/sts", others=[("Action", "GetCallerIdentity"), ("Version", "2011-06-15")], path="/", service="sts", host="sts.example.com", body_sha256=EMPTY)
header("h")
header("h/put", method="PUT", headers=[("content-type", "image/png"), ("x-amz-acl", "private")], payload=BODY, body_sha256=BODY)
header("h/post", method="POST", others=[("uploads", "")])
header("h/put unsigned", method="PUT", payload=UNSIGNED)
header("h/other", method="POST", path="/prod/a%20b", service="execute-api", host="api.example.com", payload=BODY, body_sha256=BODY)
for s, separator in (("comma", ","), ("tab", ",\t"), ("spaces", ",   ")):
    header("h/separator " + s, separator=separator)

# 3: every parameter twice, with the same value and with another, and in another case.
for n, v in [
    ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", f"{ID}/20240315/eu-west-1/s3/aws4_request"), ("X-Amz-Date", TIME),
    ("X-Amz-Expires", "900"), ("X-Amz-SignedHeaders", "host"),
]:
    query(f"q/twice {n}", also=[(n, v)])
    query(f"q/twice {n} other", also=[(n, "604800")])
    query(f"q/twice {n.lower()}", also=[(n.lower(), v)])
    query(f"q/only {n.lower()}", drop=[n], also=[(n.lower(), v)])
    query(f"q/without {n}", drop=[n])
query("q/without X-Amz-Signature", drop=["X-Amz-Signature"])
query("q/twice X-Amz-Security-Token", token=TOKEN, also=[("X-Amz-Security-Token", TOKEN)])
query("q/twice x-amz-security-token", token=TOKEN, also=[("x-amz-security-token", TOKEN)])
query("q/only x-amz-signature", signature_name="x-amz-signature")
query("q/action twice", path="/", service="sts", host="sts.example.com", body_sha256=EMPTY, others=[("Action", "GetCallerIdentity"), ("action", "AssumeRole")])

# 1: a second mechanism that the first one covers.
query("q/and version 2", others=[("AWSAccessKeyId", ID), ("Signature", "c2ln"), ("Expires", "1710491430")])
query("q/parameter Signature", others=[("Signature", "c2ln")])
header("h/and version 2", others=[("AWSAccessKeyId", ID), ("Signature", "c2ln"), ("Expires", "1710491430")])
header("h/and X-Amz-Expires", others=[("X-Amz-Expires", "900")])

# 4
for a in ("AWS4-HMAC-SHA1", "aws4-hmac-sha256", "AWS4-ECDSA-P256-SHA256", "AWS4-HMAC-SHA512", ""):
    query(f"q/algorithm {a}", algorithm=a)
for a in ("AWS4-HMAC-SHA1", "aws4-hmac-sha256", "AWS4-ECDSA-P256-SHA256"):
    header(f"h/algorithm {a}", algorithm=a)

# 5
for n, c in {
    "four parts": "20240315/eu-west-1/s3/aws4_request",
    "five parts without the last": f"{ID}/20240315/eu-west-1/s3",
    "other terminator": f"{ID}/20240315/eu-west-1/s3/aws4_requesT",
    "slash at the end": f"{ID}/20240315/eu-west-1/s3/aws4_request/",
    "no id": "/20240315/eu-west-1/s3/aws4_request",
    "no region": f"{ID}/20240315//s3/aws4_request",
    "no service": f"{ID}/20240315/eu-west-1//aws4_request",
    "short date": f"{ID}/2024315/eu-west-1/s3/aws4_request",
    "date with dashes": f"{ID}/2024-03-15/eu-west-1/s3/aws4_request",
    "encoded twice": f"{ID}%2F20240315%2Feu-west-1%2Fs3%2Faws4_request",
    "only the id": ID,
    "empty": "",
}.items():
    query(f"q/credential {n}", credential=c)
    header(f"h/credential {n}", credential=c)
for n, k in {"with a slash": "tenant/user", "with two slashes": "a//b", "with a plus": "id+1", "unknown": "AKIAUNKNOWN"}.items():
    query(f"q/id {n}", key=k)
    header(f"h/id {n}", key=k)
query("q/id of nobody", key="AKIAUNKNOWN", secret="of nobody, and as long as those of AWS..")
header("h/id of nobody", key="AKIAUNKNOWN", secret="of nobody, and as long as those of AWS..")
query("q/id empty of nobody", key="", secret="of nobody, and as long as those of AWS..")

# 6
for n, f in {
    "day before": {"date": "20240314"}, "day after": {"date": "20240316"}, "us-east-1": {"region": "us-east-1"},
    "upper-case region": {"region": "EU-WEST-1"}, "sts": {"service": "sts", "payload": EMPTY, "body_sha256": EMPTY},
    "upper-case service": {"service": "S3", "payload": EMPTY, "body_sha256": EMPTY},
    "region with a space": {"region": "eu west"},
}.items():
    query(f"q/scope {n}", **f)
    header(f"h/scope {n}", **f)
query("q/service s3express", service="s3express")

# 7: the day of the scope is the start of the text, so that only the time is wrong.
TIMES = [
    "20240230T081530Z", "20240315T241530Z", "20240315T081560Z", "20240315T081530", "20240315T081530z", "20240315t081530Z",
    "20240315T081530+0000", "20240315 081530Z", "20240315T0815Z", "20240315T081530.5Z", "20240315081530Z", "20240315T081530ZZ",
]
for t in TIMES:
    query(f"q/time {t}", time=t)
    header(f"h/time {t}", time=t)
for t in ("2024-03-15T08:15:30Z", "1710490530", "Fri, 15 Mar 2024 08:15:30 GMT", "+0240315T081530Z", "", "19691231T235959Z"):
    query(f"q/time {t}", time=t, date="20240315")
    header(f"h/time {t}", time=t, date="20240315")

# 8
for e in ("0", "1", "901", "604800", "604801", "99999999999999999999", "-1", "-900", "+5", "1e3", "900.0", " 900", "900 ", "", "abc", "0x10", "\u0669\u0660\u0660", "0900", "00"):
    query(f"q/expires {e}", expires=e)

# 11: dates of the header form. The string to sign has the form of `x-amz-date` whatever the header has.
for n, d in {
    "GMT": "Fri, 15 Mar 2024 08:15:30 GMT", "-0000": "Fri, 15 Mar 2024 08:15:30 -0000", "+0000": "Fri, 15 Mar 2024 08:15:30 +0000",
    "+0100": "Fri, 15 Mar 2024 09:15:30 +0100", "of RFC 850": "Friday, 15-Mar-24 08:15:30 GMT", "of asctime": "Fri Mar 15 08:15:30 2024",
    "ISO": TIME, "RFC 3339": "2024-03-15T08:15:30Z", "of nothing": "yesterday",
}.items():
    header(f"h/date {n}", dates=[("date", d)])
header("h/date unsigned", dates=[("date", "Fri, 15 Mar 2024 08:15:30 GMT")], unsigned=["date"])
header("h/date none", dates=[])
header("h/date both", dates=[("x-amz-date", TIME), ("date", "Thu, 14 Mar 2024 00:00:00 GMT")])
header("h/date both, date new", dates=[("x-amz-date", "20240314T000000Z"), ("date", "Fri, 15 Mar 2024 08:15:30 GMT")], time="20240314T000000Z")
header("h/date x-amz-date wrong", dates=[("x-amz-date", "20240230T000000Z"), ("date", "Fri, 15 Mar 2024 08:15:30 GMT")])
header("h/date x-amz-date twice", dates=[("x-amz-date", TIME), ("x-amz-date", TIME)])
header("h/date twice", dates=[("date", "Fri, 15 Mar 2024 08:15:30 GMT"), ("date", "Fri, 15 Mar 2024 08:15:30 GMT")])
header("h/date x-amz-date unsigned", unsigned=["x-amz-date"])

# 12
A, META = ("content-type", "a/b"), ("x-amz-meta-a", "1")
for n, f in {
    "unsorted": {"headers": [META], "order": ["x-amz-meta-a", "host"]}, "upper case": {"headers": [META], "order": ["host", "X-Amz-Meta-A"]},
    "Host": {"order": ["Host"]}, "host twice": {"order": ["host", "host"]}, "twice": {"headers": [META], "order": ["host", "x-amz-meta-a", "x-amz-meta-a"]},
    "without host": {"headers": [META], "order": ["x-amz-meta-a"]}, "empty": {"order": []}, "empty name": {"order": ["", "host"]},
    "with a space": {"headers": [META], "order": ["host", " x-amz-meta-a"]}, "sorted": {"headers": [META, A], "order": ["content-type", "host", "x-amz-meta-a"]},
    "with a colon": {"headers": [("a:b", "1")], "order": ["a:b", "host"]},
}.items():
    query(f"q/list {n}", **f)
    more = [] if n in ("unsorted", "Host", "empty", "without host") else ["x-amz-content-sha256", "x-amz-date"]
    order = f["order"]
    if n == "unsorted":
        order = ["x-amz-content-sha256", "x-amz-date", "x-amz-meta-a", "host"]
    elif n in ("Host", "without host", "empty"):
        order = [*order, "x-amz-content-sha256", "x-amz-date"]
        order = sorted(order)
    else:
        order = sorted([*order, *more], key=lambda o: (o != "", o.strip().lower()))
    header(f"h/list {n}", **{**f, "order": order})

# 13: the value of a signed header is a parameter instead.
query("q/value in the query", headers=[], order=["host"], others=[("x-amz-acl", "private")])
scope_headers = [("x-amz-acl", "private")]
query("q/signed header", headers=scope_headers)
header("h/signed header", headers=scope_headers)

# 16
query("q/header and parameter", headers=[META], others=[("x-amz-meta-a", "1")])
query("q/header and parameter in another case", headers=[META], others=[("X-Amz-Meta-A", "1")])
query("q/header and other parameter", headers=[META], others=[("x-amz-meta-a", "2")])
query("q/header and two parameters", headers=[META], others=[("x-amz-meta-a", "1"), ("x-amz-meta-a", "2")])
query("q/parameter", others=[("x-amz-meta-a", "1")])
header("h/header and parameter", headers=[META], others=[("x-amz-meta-a", "1")])
header("h/header and other parameter", headers=[META], others=[("x-amz-meta-a", "2")])
header("h/parameter", others=[("x-amz-meta-a", "1")])
query("q/content-type and parameter", headers=[A], others=[("content-type", "c/d")])

# 17
for n, (signed, sent) in {
    "443 signed": (HOST + ":443", HOST), "80 signed": (HOST + ":80", HOST), "443 sent": (HOST, HOST + ":443"), "80 sent": (HOST, HOST + ":80"),
    "443 both": (HOST + ":443", HOST + ":443"), "9000 both": (HOST + ":9000", HOST + ":9000"), "9000 signed": (HOST + ":9000", HOST),
    "9000 sent": (HOST, HOST + ":9000"), "443 for 80": (HOST + ":443", HOST + ":80"), "IPv6": ("[::1]:9000", "[::1]:9000"),
    "IPv6 80 signed": ("[::1]:80", "[::1]"), "IPv6 80 sent": ("[::1]", "[::1]:80"), "bucket": ("user-media." + HOST, "user-media." + HOST),
    "other": ("evil.example.com", "evil.example.com"), "upper case": ("S3.Example.com", "S3.Example.com"), "upper case sent": (HOST, "S3.Example.com"),
    "trailing dot": (HOST + ".", HOST + "."),
}.items():
    query(f"q/host {n}", host=signed, sent_host=sent)
    header(f"h/host {n}", host=signed, sent_host=sent)

# 18
for n, p in {"dots": "/user-media/a/../b/./c", "slashes": "/user-media//a//", "encoded slash": "/user-media/a%2520b", "root": "/", "only slashes": "///"}.items():
    query(f"q/path {n}", path=p)
    header(f"h/path {n}", path=p)
query("q/path normalized", path="/user-media/b/c", wire="/user-media/a/../b/./c")
query("q/path sent encoded twice", path="/user-media/a%20b", wire="/user-media/a%2520b")
query("q/path signed encoded twice", path="/user-media/a%2520b", wire="/user-media/a%20b")
query("q/path signed as sent, bare", path="/user-media/a(b)", uri="/user-media/a(b)")
query("q/path signed as sent, lower case", path="/user-media/%c3%bc", uri="/user-media/%c3%bc")
query("q/path signed with a bare slash", path="/user-media/a/b", wire="/user-media/a%2Fb")
query("q/path signed with an encoded slash", path="/user-media/a%2Fb", uri="/user-media/a%2Fb")
api = {"service": "execute-api", "host": "api.example.com", "body_sha256": EMPTY}
for n, p in {"dots": "/a/../b/./c", "slashes": "//a//b//", "unicode": "/a%20%C3%BC", "dots above the root": "/../../a", "encoded dots": "/a/%2E%2E/b", "lower case": "/a%c3%bc"}.items():
    query(f"q/other path {n}", path=p, **api)
    header(f"h/other path {n}", path=p, **api)
query("q/other path once", path="/a%20b", uri="/a%20b", **api)
query("q/other path decoded", path="/a%20b", uri="/a b", **api)
query("q/other path sent normalized", path="/a/../b/./c", wire="/b/c", **api)
query("q/other path sent in lower case", path="/a%C3%BC", wire="/a%c3%bc", **api)

# 19
PARAMETERS = [("a", ""), ("b", "2"), ("b", "10"), ("c", "x y+z;w"), ("\u00e9", "\u00fc/?"), ("prefix", "a&b=c"), ("A", "~")]
query("q/query", others=PARAMETERS)
header("h/query", others=PARAMETERS)
query("q/query sorted by decoded names", others=[("\u00e9", "1"), ("a-b", "2"), ("a", "3"), ("a1", "4"), ("~", "5"), ("{", "6")])
query("q/query space", others=[("a", "x y")])
query("q/query plus", others=[("a", "x+y")])

# 20
SPACES = [("x-amz-meta-a", "  a   b\t c "), ("x-amz-meta-empty", ""), ("x-amz-meta-quotes", "\"a   b\"")]
query("q/spaces", headers=SPACES)
header("h/spaces", headers=SPACES)
TWO = [("x-amz-meta-a", "2"), ("x-amz-meta-b", "x"), ("x-amz-meta-a", " 1 ")]
query("q/repeated", headers=TWO)
header("h/repeated", headers=TWO)
query("q/joined", headers=[("x-amz-meta-a", "2,1")])
query("q/unicode value", headers=[("x-amz-meta-a", "\u00fc")])

# 21 and 22
query("q/hash in a header", method="PUT", headers=[("x-amz-content-sha256", BODY)], payload=BODY)
query("q/hash in an unsigned header", method="PUT", headers=[("x-amz-content-sha256", BODY)], order=["host"], payload=BODY)
query("q/hash in an unsigned header that says nothing", method="PUT", headers=[("x-amz-content-sha256", BODY)], order=["host"])
query("q/hash in the query", method="PUT", others=[("X-Amz-Content-Sha256", BODY)], payload=BODY)
query("q/hash in the query in lower case", method="PUT", others=[("x-amz-content-sha256", BODY)], payload=BODY)
query("q/hash in the query twice", method="PUT", others=[("X-Amz-Content-Sha256", BODY), ("X-Amz-Content-Sha256", UNSIGNED)], payload=BODY)
query("q/hash in the query in two cases", method="PUT", others=[("X-Amz-Content-Sha256", BODY), ("x-amz-content-sha256", UNSIGNED)], payload=UNSIGNED)
query("q/hash in both", method="PUT", others=[("X-Amz-Content-Sha256", BODY)], headers=[("x-amz-content-sha256", BODY)], payload=BODY)
query("q/hash in both, different", method="PUT", others=[("X-Amz-Content-Sha256", BODY)], headers=[("x-amz-content-sha256", UNSIGNED)], payload=UNSIGNED)
query("q/hash in both, header unsigned", method="PUT", others=[("X-Amz-Content-Sha256", BODY)], headers=[("x-amz-content-sha256", BODY)], order=["host"], payload=BODY)
query("q/hash in the query that is not the line", method="PUT", others=[("X-Amz-Content-Sha256", BODY)])
query("q/unsigned in the query", others=[("X-Amz-Content-Sha256", UNSIGNED)])
query("q/unsigned in a header", headers=[("x-amz-content-sha256", UNSIGNED)])
query("q/empty hash", payload=EMPTY)
for n, h in {
    "upper case": BODY.upper(), "short": BODY[:63], "long": BODY + "0", "empty": "", "words": "UNSIGNED_PAYLOAD", "lower case words": "unsigned-payload",
    "no digits": "g" * 64, "streaming": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "streaming trailer": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    "streaming unsigned": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "streaming unknown": "STREAMING-X", "streaming ECDSA": "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
}.items():
    query(f"q/line {n}", method="PUT", headers=[("x-amz-content-sha256", h)], payload=h or UNSIGNED)
    query(f"q/line in the query {n}", method="PUT", others=[("X-Amz-Content-Sha256", h)], payload=h or UNSIGNED)
    header(f"h/line {n}", method="PUT", headers=[("x-amz-content-sha256", h)], content_sha256=False, payload=h or UNSIGNED)
header("h/hash unsigned header", method="PUT", payload=BODY, unsigned=["x-amz-content-sha256"])
header("h/hash missing", content_sha256=False)
header("h/hash twice", headers=[("x-amz-content-sha256", EMPTY)], content_sha256=True)
query("q/other hash in a header", method="POST", headers=[("x-amz-content-sha256", BODY)], payload=BODY, path="/", service="execute-api", host="api.example.com", body_sha256=BODY)
query("q/lattice", service="vpc-lattice-svcs", host="api.example.com", headers=[("x-amz-content-sha256", UNSIGNED)], payload=UNSIGNED)
query("q/lattice hash", service="vpc-lattice-svcs", host="api.example.com", headers=[("x-amz-content-sha256", EMPTY)], payload=EMPTY, body_sha256=EMPTY)

# 23
query("q/token", token=TOKEN)
query("q/token of another", token="another")
query("q/token empty", token="")
query("q/token unsigned", token=TOKEN, token_signed=False)
query("q/token in a header", headers=[("x-amz-security-token", TOKEN)])
query("q/token in both", headers=[("x-amz-security-token", TOKEN)], token=TOKEN)
query("q/token in both, different", headers=[("x-amz-security-token", "another")], token=TOKEN)
query("q/token in lower case", token=TOKEN, token_name="x-amz-security-token")
query("q/token of S3 Express", token=TOKEN, token_name="X-Amz-S3session-Token")
query("q/token by both names", token=TOKEN, also=[("X-Amz-S3session-Token", TOKEN)])
header("h/token", token=TOKEN)
header("h/token of another", token="another")
header("h/token of S3 Express", token=TOKEN, token_name="x-amz-s3session-token")
header("h/token by both names", token=TOKEN, headers=[("x-amz-s3session-token", TOKEN)])
header("h/token twice", token=TOKEN, headers=[("x-amz-security-token", TOKEN)])
header("h/token unsigned", token=TOKEN, unsigned=["x-amz-security-token"])
iot = {"path": "/mqtt", "service": "iotdevicegateway", "host": "iot.example.com", "body_sha256": EMPTY}
query("q/appended token", token=TOKEN, token_signed=False, **iot)
query("q/appended token of another", token="another", token_signed=False, **iot)
query("q/appended token that is signed", token=TOKEN, **iot)
query("q/appended none", **iot)

# 26
query("q/many parameters", others=[(f"p{i}", "") for i in range(250)])
query("q/too many parameters", others=[(f"p{i}", "") for i in range(251)])
query("q/many signed headers", headers=[(f"h{i:03}", "") for i in range(127)])
query("q/too many signed headers", headers=[(f"h{i:03}", "") for i in range(128)])
query("q/long target", others=[("p", "x" * (16384 - 290))])
query("q/unsigned parameter", path="/", service="kafka-cluster", host="kafka.example.com", others=[("Action", "kafka-cluster:Connect")], body_sha256=EMPTY)

# A secret that replaces the first.
query("q/other secret", secret="another secret, which replaces the first")


# Forms.
def form(name, fields=(), conditions=(), key="users/42/${filename}", token=None, expiration="2024-03-15T09:15:30.000Z", policy=None,
         bucket="user-media", date=TIME, credential=None, algorithm="AWS4-HMAC-SHA256", secret=SECRET, target="/user-media",
         usual=True, key_id=ID, authority=HOST, file_name="a.png", drop=(), text=None, policy_name="Policy", scope_date=None):
    scope = (scope_date or date[:8], "eu-west-1", "s3")
    credential = credential if credential is not None else "/".join([key_id, *scope, "aws4_request"])
    given = [("key", key), ("X-Amz-Algorithm", algorithm), ("X-Amz-Credential", credential), ("X-Amz-Date", date)]
    if token is not None:
        given.append(("X-Amz-Security-Token", token))
    document = [{"bucket": bucket}, ["starts-with", "$key", "users/42/"]]
    document += [{n: v} for n, v in given[1:]] if usual else []
    document += list(conditions)
    if policy is None:
        policy = json.dumps({"expiration": expiration, "conditions": document})
    if text is None:
        text = base64.b64encode(policy.encode()).decode()
    digits = hmac_sha256(signing_key(secret, *scope), text).hex()
    given += [*fields, (policy_name, text), ("X-Amz-Signature", digits)]
    given = [[n, v] for n, v in given if n not in drop]
    put(name, method="POST", target=target, authority=authority, headers=[["content-type", "multipart/form-data; boundary=x"]], fields=given, file_name=file_name)


form("f")
ACL = [("acl", "private"), ("Content-Type", "image/png"), ("success_action_status", "201"), ("x-amz-meta-a", "1"), ("x-ignore-b", "2")]
RULES = [{"acl": "private"}, ["starts-with", "$Content-Type", "image/"], ["eq", "$success_action_status", "201"], ["starts-with", "$x-amz-meta-a", ""], ["content-length-range", 1, 1000]]
form("f/fields", fields=ACL, conditions=RULES)
form("f/token", token=TOKEN)
form("f/token of another", token="another")
form("f/bucket field", fields=[("bucket", "user-media")])
form("f/virtual-hosted", target="/", authority="user-media.s3.example.com")
form("f/policy in lower case", policy_name="policy")
form("f/unknown id", key_id="AKIAUNKNOWN")
form("f/of nobody", key_id="AKIAUNKNOWN", secret="of nobody, and as long as those of AWS..")
form("f/other secret", secret="another secret")
form("f/algorithm", algorithm="AWS4-HMAC-SHA1")
form("f/credential", credential=f"{ID}/20240315/eu-west-1/s3")
form("f/scope date", scope_date="20240314")
form("f/region", credential=f"{ID}/20240315/us-east-1/s3/aws4_request")
form("f/service", credential=f"{ID}/20240315/eu-west-1/sts/aws4_request")
form("f/time", date="20240230T081530Z", scope_date="20240230")
form("f/old", date="20230101T000000Z")
form("f/future", date="20240315T083031Z")
form("f/near future", date="20240315T083030Z")
form("f/expired", expiration="2024-03-15T08:15:30.000Z")
form("f/last second", expiration="2024-03-15T08:15:31.000Z")
form("f/not base64", text="{}")
form("f/JSON instead of base64", text=json.dumps({"expiration": "2024-03-15T09:15:30.000Z", "conditions": []}))
form("f/no base64", text="!!!!")
form("f/no JSON", policy="x")
form("f/no expiration", policy='{"conditions": []}')
form("f/no conditions", policy='{"expiration": "2024-03-15T09:15:30.000Z"}')
form("f/unknown operator", conditions=[["ends-with", "$acl", "x"]])
form("f/condition without a field", conditions=[{"acl": "private"}])
form("f/condition that fails", conditions=[{"acl": "private"}], fields=[("acl", "public-read")])
form("f/prefix that fails", conditions=[["starts-with", "$Content-Type", "image/"]], fields=[("Content-Type", "text/html")])
form("f/extra field", fields=[("acl", "public-read")])
form("f/no condition for the bucket", usual=True, policy=json.dumps({"expiration": "2024-03-15T09:15:30.000Z", "conditions": [["starts-with", "$key", ""], ["starts-with", "$x-amz-algorithm", ""], ["starts-with", "$x-amz-credential", ""], ["starts-with", "$x-amz-date", ""]]}))
form("f/no condition for the credential", usual=False, conditions=[["starts-with", "$x-amz-algorithm", ""], ["starts-with", "$x-amz-date", ""]])
form("f/other bucket in the policy", bucket="other")
form("f/empty key", key="", policy=json.dumps({"expiration": "2024-03-15T09:15:30.000Z", "conditions": [["starts-with", "$key", ""], ["starts-with", "$bucket", ""], ["starts-with", "$x-amz-algorithm", ""], ["starts-with", "$x-amz-credential", ""], ["starts-with", "$x-amz-date", ""]]}))
form("f/long key", key="users/42/" + "x" * 1015)
form("f/too long key", key="users/42/" + "x" * 1016)
form("f/prefix of the key", key="users/43/a")
form("f/prefix of the key by the name", key="users/4${filename}", file_name="2/x")
form("f/size twice", conditions=[["content-length-range", 1, 1000], ["content-length-range", 10, 2000]])
form("f/fields twice", conditions=[["starts-with", "$acl", ""]], fields=[("acl", "a"), ("acl", "b")])
form("f/signature with a condition", conditions=[["starts-with", "$x-amz-signature", ""], ["starts-with", "$policy", ""]])
form("f/large", fields=[("x-ignore-a", "x" * 18500)])
for n in ("key", "Policy", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Signature"):
    form(f"f/without {n}", drop=[n])


def check():
    """The plain ones against botocore."""
    import datetime
    from unittest import mock

    import botocore.auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    checked = 0
    with mock.patch("botocore.auth.get_current_datetime", lambda: datetime.datetime(2024, 3, 15, 8, 15, 30)):
        for line in lines:
            if line["name"] in ("q", "q/post", "q/key", "q/query", "q/query plus"):
                bare = line["target"].split("&X-Amz-Algorithm")[0].split("?X-Amz-Algorithm")[0]
                request = AWSRequest(method=line["method"], url="https://" + HOST + bare)
                if "b=2" in bare:
                    continue  # botocore drops repeated names
                botocore.auth.S3SigV4QueryAuth(Credentials(ID, SECRET), "s3", "eu-west-1", expires=900).add_auth(request)
                assert request.url.split("X-Amz-Signature=")[1] == line["target"].split("X-Amz-Signature=")[1], line["name"]
                checked += 1
            if line["name"] in ("h", "h/post"):
                request = AWSRequest(method=line["method"], url="https://" + HOST + line["target"])
                botocore.auth.S3SigV4Auth(Credentials(ID, SECRET), "s3", "eu-west-1").add_auth(request)
                assert request.headers["Authorization"] == line["headers"][0][1], line["name"]
                checked += 1
    print(checked, "checked", file=sys.stderr)


if "--check" in sys.argv:
    check()
for line in lines:
    print(json.dumps({k: v for k, v in line.items() if v is not None}))
