// Requests signed by the JavaScript SDK, @smithy/signature-v4, aws4fetch, aws4 and minio-js, for verify-peers.jsonl.
import { readFileSync } from "node:fs";
import { createHash, createHmac } from "node:crypto";
const RealDate = Date, NOW = new RealDate(Date.UTC(2024, 2, 15, 8, 15, 30));
globalThis.Date = class extends RealDate { constructor(...a) { if (a.length) super(...a); else super(NOW); } static now() { return NOW.getTime(); } };
const { S3Client, GetObjectCommand, PutObjectCommand, ListObjectsV2Command, UploadPartCommand, DeleteObjectCommand, HeadObjectCommand } = await import("@aws-sdk/client-s3");
const { getSignedUrl } = await import("@aws-sdk/s3-request-presigner");
const { SignatureV4 } = await import("@smithy/signature-v4");
const { AwsV4Signer } = await import("aws4fetch");
const aws4 = (await import("aws4")).default;
const { Hash } = { Hash: class { constructor(secret) { this.h = secret ? createHmac("sha256", secret) : createHash("sha256"); } update(d) { this.h.update(d); } async digest() { return new Uint8Array(this.h.digest()); } } };
const ID = "AKIAIOSFODNN7EXAMPLE", SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", TOKEN = "IQoJb3JpZ2luX2VjE+/abc==//EXAMPLE+token==", REGION = "eu-west-1";
const version = (p) => JSON.parse(readFileSync(new URL(`./node_modules/${p}/package.json`, import.meta.url))).version;
function put(signer, name, method, url, headers, service, more = {}) {
  const rest = url.split("://")[1], at = rest.search(/[/?]/);
  const authority = at < 0 ? rest : rest.slice(0, at), target = at < 0 ? "/" : rest.slice(at);
  console.log(JSON.stringify({ name: `${signer.split("/").pop()}/${name}`, signer, version: version(signer), method, target, authority, headers: headers.filter(([n]) => n.toLowerCase() !== "host"), region: REGION, service, ...more }));
}
const client = (token, style = true) => new S3Client({ region: REGION, endpoint: "https://s3.example.com", forcePathStyle: style, credentials: { accessKeyId: ID, secretAccessKey: SECRET, sessionToken: token } });
for (const token of [undefined, TOKEN]) {
  const t = token ? "-token" : "", more = token ? { session_token: token } : {};
  const B = "user-media";
  for (const [name, method, command, o] of [
    ["get", "GET", new GetObjectCommand({ Bucket: B, Key: "dir/a b+c.txt", ResponseContentDisposition: "attachment; filename=\"ü.txt\"" })],
    ["put", "PUT", new PutObjectCommand({ Bucket: B, Key: "a", ContentType: "image/png", ACL: "private", Metadata: { a: "x  y" } })],
    ["put-type", "PUT", new PutObjectCommand({ Bucket: B, Key: "ü/日本", ContentType: "image/png" }), { signableHeaders: new Set(["content-type"]) }],
    ["put-unhoisted", "PUT", new PutObjectCommand({ Bucket: B, Key: "a", Metadata: { a: "1" }, ServerSideEncryption: "AES256" }), { unhoistableHeaders: new Set(["x-amz-meta-a"]) }],
    ["list", "GET", new ListObjectsV2Command({ Bucket: B, Prefix: "a/b c", Delimiter: "/" })],
    ["part", "PUT", new UploadPartCommand({ Bucket: B, Key: "a", UploadId: "u+/=", PartNumber: 3 })],
    ["delete", "DELETE", new DeleteObjectCommand({ Bucket: B, Key: "~a!'()*" })],
    ["head", "HEAD", new HeadObjectCommand({ Bucket: B, Key: "a//b" })],
  ]) {
    const url = await getSignedUrl(client(token), command, { expiresIn: 900, signingDate: NOW, ...(o ?? {}) });
    const signed = new URL(url).searchParams.get("X-Amz-SignedHeaders").split(";");
    const values = { "content-type": "image/png", "x-amz-meta-a": name === "put-unhoisted" ? "1" : "x  y", "x-amz-server-side-encryption": "AES256", "x-amz-acl": "private" };
    put("@aws-sdk/s3-request-presigner", name + t, method, url, signed.filter((h) => h !== "host").map((h) => [h, values[h]]), "s3", more);
  }
  const url = await getSignedUrl(client(token, false), new GetObjectCommand({ Bucket: B, Key: "a" }), { expiresIn: 900, signingDate: NOW });
  put("@aws-sdk/s3-request-presigner", "virtual" + t, "GET", url, [], "s3", more);
}
const EMPTY = createHash("sha256").digest("hex");
for (const [service, path, query, hostname] of [["s3", "/user-media/a%20b/%C3%BC", { prefix: "a+b c", tag: ["2", "10"] }, "s3.example.com"], ["execute-api", "/prod/a%20b", { q: "x y" }, "api.example.com"], ["sts", "/", { Action: "GetCallerIdentity", Version: "2011-06-15" }, "sts.example.com"]]) {
  const signer = new SignatureV4({ credentials: { accessKeyId: ID, secretAccessKey: SECRET }, region: REGION, service, sha256: Hash, uriEscapePath: service !== "s3", applyChecksum: true });
  const request = { method: "GET", protocol: "https:", hostname, path, query, headers: { host: hostname, "x-amz-meta-a": "  a   b " } };
  const text = (q) => Object.entries(q).flatMap(([k, v]) => [v].flat().map((v) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`)).join("&");
  const more = service === "s3" ? {} : { body_sha256: EMPTY };
  const p = await signer.presign(service === "s3" ? { ...request, headers: { ...request.headers, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } } : request, { expiresIn: 900, signingDate: NOW });
  put("@smithy/signature-v4", `query/${service}`, "GET", `https://${hostname}${path}?${text(p.query)}`, Object.entries(p.headers), service, more);
  const s = await signer.sign(request, { signingDate: NOW });
  put("@smithy/signature-v4", `header/${service}`, "GET", `https://${hostname}${path}?${text(query)}`, Object.entries(s.headers), service, more);
}
for (const [name, url, service, o] of [
  ["plain", "https://s3.example.com/user-media/a.png", "s3"], ["key", "https://s3.example.com/user-media/a%20b/%C3%BC(1)'!*", "s3"],
  ["query", "https://s3.example.com/user-media/a?list-type=2&prefix=a%2Fb&x=~*", "s3"], ["space", "https://s3.example.com/user-media/a?prefix=a%20b", "s3", { plus: true }],
  ["plus", "https://s3.example.com/user-media/a?prefix=a%2Bb", "s3"], ["port", "http://s3.example.com:9000/user-media/a", "s3"], ["token", "https://s3.example.com/user-media/a", "s3", { token: TOKEN }],
  ["api", "https://api.example.com/prod/a%20b?x=1", "execute-api", { body: true }], ["sts", "https://sts.example.com/?Action=GetCallerIdentity&Version=2011-06-15", "sts", { body: true }],
]) for (const signQuery of [true, false]) {
  const s = new AwsV4Signer({ url: signQuery && o?.body ? `${url}&X-Amz-Expires=60` : url, accessKeyId: ID, secretAccessKey: SECRET, sessionToken: o?.token, service, region: REGION, signQuery, datetime: "20240315T081530Z", headers: signQuery ? {} : { "x-amz-meta-a": "1  2" } });
  const r = await s.sign();
  const more = { ...(o?.token ? { session_token: o.token } : {}), ...(o?.plus && signQuery ? { plus_is_space: true } : {}), ...(o?.body ? { body_sha256: EMPTY } : {}) };
  put("aws4fetch", `${signQuery ? "query" : "header"}/${name}`, r.method, r.url.toString(), [...r.headers], service, more);
}
for (const [name, path, service, host] of [["s3", "/user-media/a%20b.png?list-type=2", "s3", "s3.example.com"], ["api", "/prod/a?x=1", "execute-api", "api.example.com"]]) for (const signQuery of [true, false]) {
  const r = aws4.sign({ host, path: path + (signQuery ? "&X-Amz-Expires=900" : ""), service, region: REGION, signQuery, method: "GET", headers: signQuery ? {} : { "X-Amz-Date": "20240315T081530Z" } }, { accessKeyId: ID, secretAccessKey: SECRET });
  put("aws4", `${signQuery ? "query" : "header"}/${name}`, "GET", `https://${host}${r.path}`, Object.entries(r.headers), service, service === "s3" ? {} : { body_sha256: EMPTY });
}
const { Client } = await import("minio");
const m = new Client({ endPoint: "s3.example.com", useSSL: true, accessKey: ID, secretKey: SECRET, region: REGION, pathStyle: true });
put("minio", "query/get", "GET", await m.presignedUrl("GET", "user-media", "a b/ü.png", 900, { "response-content-type": "text/plain" }, new Date(NOW.getTime())), [], "s3");
put("minio", "query/put", "PUT", await m.presignedUrl("PUT", "user-media", "a", 900, {}, new Date(NOW.getTime())), [], "s3");
