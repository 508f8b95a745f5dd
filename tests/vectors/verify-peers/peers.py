"""Requests signed by botocore and minio-py, for verify-peers.jsonl. Prints one JSON line a request."""
import datetime, hashlib, json, sys, urllib.parse
from unittest import mock
import botocore, botocore.session
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth, S3ExpressAuth, S3ExpressQueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
import minio, minio.signer, minio.credentials

NOW = datetime.datetime(2024, 3, 15, 8, 15, 30)
ID, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
TOKEN = "IQoJb3JpZ2luX2VjE+/abc==//EXAMPLE+token=="

def put(signer, version, name, method, url, headers, region, service, token=None, body=None, **more):
    parts = urllib.parse.urlsplit(url)
    target = url.split("://", 1)[1]
    target = target[target.index("/"):] if "/" in target else "/"
    line = {"name": signer + "/" + name, "signer": signer, "version": version, "method": method, "target": target,
            "authority": parts.netloc, "headers": [[k, v] for k, v in headers if k.lower() not in ("host",)], "region": region, "service": service}
    if token: line["session_token"] = token
    if body is not None: line["body_sha256"] = hashlib.sha256(body).hexdigest()
    line.update(more)
    print(json.dumps(line))

def sign(name, auth, method, url, headers=(), token=None, service="s3", region="eu-west-1", body=b"", give_body=False, **kw):
    request = AWSRequest(method=method, url=url, data=body or None)
    for k, v in headers: request.headers[k] = v
    auth(Credentials(ID, SECRET, token), service, region, **kw).add_auth(request)
    put("botocore", botocore.__version__, name, method, request.url, [(k, v) for k, v in request.headers.items()], region, service, token, body if give_body else None)

with mock.patch("botocore.auth.get_current_datetime", lambda *a, **k: NOW):
    H = "https://s3.example.com"
    paths = {"plain": "/user-media/a.png", "space": "/user-media/a%20b.png", "unicode": "/user-media/%C3%BC/%E6%97%A5%E6%9C%AC.txt", "reserved": "/user-media/%21%27%28%29%2A%2B%2C%3B%3D%40%26%24%3A", "slashes": "/user-media//a//b/", "dots": "/user-media/a/./b/../c", "tilde": "/user-media/~a-b_c.d", "bucket": "/user-media", "root": "/"}
    for n, p in paths.items():
        sign("query/" + n, S3SigV4QueryAuth, "GET", H + p, expires=900)
        sign("header/" + n, S3SigV4Auth, "GET", H + p)
    queries = {"list": "list-type=2&prefix=a%2Fb&delimiter=%2F", "plus": "prefix=a%2Bb%20c", "empty": "uploads=", "unicode": "%C3%A9=%C3%BC", "sorted": "b=2&a=1&A=3&a-b=4", "response": "response-content-disposition=attachment%3B%20filename%3D%22a%20b.txt%22"}
    for n, q in queries.items():
        sign("query/query-" + n, S3SigV4QueryAuth, "GET", H + "/user-media/a?" + q, expires=60)
        sign("header/query-" + n, S3SigV4Auth, "GET", H + "/user-media/a?" + q)
    for n, h in {"type": [("Content-Type", "image/png")], "meta": [("x-amz-meta-a", "  x   y "), ("X-Amz-Meta-B", "1,2")], "sse": [("x-amz-server-side-encryption", "aws:kms"), ("x-amz-server-side-encryption-aws-kms-key-id", "k")], "copy": [("x-amz-copy-source", "/b/k%20x")]}.items():
        sign("query/put-" + n, S3SigV4QueryAuth, "PUT", H + "/user-media/a", h, expires=604800)
        sign("header/put-" + n, S3SigV4Auth, "PUT", H + "/user-media/a", h, body=b"hello", give_body=True)
    for m in ("PUT", "HEAD", "DELETE", "POST"):
        sign("query/" + m, S3SigV4QueryAuth, m, H + "/user-media/a", expires=1)
        sign("header/" + m, S3SigV4Auth, m, H + "/user-media/a")
    for n, host in {"port": "http://s3.example.com:9000", "default-port": "https://s3.example.com:443", "http": "http://s3.example.com", "ipv6": "http://[::1]:9000", "virtual": "https://user-media.s3.example.com"}.items():
        sign("query/host-" + n, S3SigV4QueryAuth, "GET", host + "/user-media/a", expires=900)
        sign("header/host-" + n, S3SigV4Auth, "GET", host + "/user-media/a")
    sign("query/token", S3SigV4QueryAuth, "GET", H + "/user-media/a", token=TOKEN, expires=900)
    sign("header/token", S3SigV4Auth, "GET", H + "/user-media/a", token=TOKEN)
    sign("query/express", S3ExpressQueryAuth, "GET", "https://b--euw1-az1--x-s3.s3express-euw1-az1.eu-west-1.amazonaws.com/a", token=TOKEN, service="s3express", expires=300, identity_cache=None)
    sign("header/express", S3ExpressAuth, "GET", "https://b--euw1-az1--x-s3.s3express-euw1-az1.eu-west-1.amazonaws.com/a", token=TOKEN, service="s3express", identity_cache=None)
    # Other services.
    for s, u in {"sts": "https://sts.example.com/?Action=GetCallerIdentity&Version=2011-06-15", "execute-api": "https://api.example.com/prod/a%20b/../c//d?x=y%20z", "rds-db": "https://db.example.com:5432/?Action=connect&DBUser=app", "es": "https://es.example.com/_search/%C3%BC?q=a%2Bb"}.items():
        sign("query/" + s, SigV4QueryAuth, "GET", u, service=s, expires=60, give_body=True)
        sign("header/" + s, SigV4Auth, "GET", u, service=s, give_body=True)
        sign("query/token-" + s, SigV4QueryAuth, "GET", u, service=s, token=TOKEN, expires=60, give_body=True)
    sign("header/post-execute-api", SigV4Auth, "POST", "https://api.example.com/prod/x", [("Content-Type", "application/json")], service="execute-api", body=b'{"a":1}', give_body=True)
    sign("header/date", S3SigV4Auth, "GET", H + "/user-media/a", [("Date", "Fri, 15 Mar 2024 08:15:30 GMT")])
    # boto3's operations.
    import boto3
    client = boto3.client("s3", region_name="eu-west-1", endpoint_url=H, aws_access_key_id=ID, aws_secret_access_key=SECRET, config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))
    for op, params, method in [("get_object", {"Bucket": "user-media", "Key": "dir/a b+c.txt", "ResponseContentType": "text/plain; charset=utf-8"}, "GET"), ("put_object", {"Bucket": "user-media", "Key": "a"}, "PUT"), ("list_objects_v2", {"Bucket": "user-media", "Prefix": "a/"}, "GET"), ("upload_part", {"Bucket": "user-media", "Key": "a", "UploadId": "u+/=", "PartNumber": 3}, "PUT"), ("delete_object", {"Bucket": "user-media", "Key": "ü"}, "DELETE"), ("head_object", {"Bucket": "user-media", "Key": "a"}, "HEAD")]:
        put("boto3", boto3.__version__, op, method, client.generate_presigned_url(op, Params=params, ExpiresIn=3600), [], "eu-west-1", "s3")

creds = minio.credentials.Credentials(ID, SECRET)
now = NOW.replace(tzinfo=datetime.timezone.utc)
for n, u in {"get": "https://s3.example.com/user-media/a%20b.png", "query": "https://s3.example.com/user-media/a?response-content-type=text%2Fplain", "port": "http://s3.example.com:9000/user-media/%C3%BC"}.items():
    signed = minio.signer.presign_v4(method="GET", url=urllib.parse.urlsplit(u), region="eu-west-1", credentials=creds, date=now, expires=900)
    put("minio-py", minio.__version__, "query/" + n, "GET", urllib.parse.urlunsplit(signed), [], "eu-west-1", "s3")
    h = {"Host": urllib.parse.urlsplit(u).netloc, "x-amz-date": "20240315T081530Z", "x-amz-content-sha256": "UNSIGNED-PAYLOAD"}
    out = minio.signer.sign_v4_s3(method="PUT", url=urllib.parse.urlsplit(u), region="eu-west-1", headers=h, credentials=creds, content_sha256="UNSIGNED-PAYLOAD", date=now)
    put("minio-py", minio.__version__, "header/" + n, "PUT", u, list(out.items()), "eu-west-1", "s3")
