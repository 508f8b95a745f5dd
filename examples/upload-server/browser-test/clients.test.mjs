// Clients from the registry, unmodified, with the pages of `../clients`: axios in Node.js and in a browser, and Uppy.
//
// A test that routes requests gets its preflights from Playwright, so the tests of CORS route none.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { upload } from "../clients/pages/upload.js";
import { startBrowser, startServer } from "./harness.mjs";
import { png } from "./png.mjs";

const MB = 1_000_000;
const NAME = "Grüße aus 日本 100% + ä&b=c#d.png";
const axios = createRequire(new URL("../clients/package.json", import.meta.url))("axios");
let clients, browser, server, page, complaints;
/** What the page sent to the store, and the status of each response. */
let storeRequests;

before(async () => {
  clients = await startClients();
  browser = await startBrowser();
  server = await startServer({ UPLOAD_ALLOWED_ORIGINS: clients.url });
});

after(async () => {
  await browser?.close();
  clients?.stop();
  assert.equal(await server?.stop(), 0, "the server ends well");
});

beforeEach(async () => {
  page = await browser.newPage();
  watch();
});

/** Notes what the page does. */
function watch() {
  page.setDefaultTimeout(20_000);
  storeRequests = [];
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("response", (response) => {
    const url = new URL(response.url());
    if (isStore(url)) storeRequests.push({ method: response.request().method(), url, status: response.status() });
  });
}

afterEach(async () => {
  assert.deepEqual(complaints, [], "a script of the page failed");
  await page.close();
});

/** Serves the pages as `npm start` does, on a port of their own. */
async function startClients() {
  const program = spawn(process.execPath, [fileURLToPath(new URL("../clients/serve.mjs", import.meta.url))], {
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true, // a process group of its own, so that the bundler that it starts ends with it
  });
  const [line] = await once(createInterface(program.stdout), "line");
  return { url: new URL(line.split(" ")[1]).origin, stop: () => process.kill(-program.pid) };
}

const isStore = (url) => url.searchParams.has("X-Amz-Signature") || url.pathname === "/user-media";
const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const isStored = (type, bytes) => ({ status: 200, type, hash: sha256(bytes) });

/** What the store has under a key, read without the browser. */
async function stored(key, url = server.url) {
  const granted = await fetch(`${url}/users/get-file-download-url?${new URLSearchParams({ key })}`);
  return granted.ok ? read((await granted.json()).url) : { status: granted.status };
}

async function read(url) {
  const object = await fetch(url);
  if (object.status === 503) return read(url); // One of the faults that a test asked for.
  const hash = sha256(Buffer.from(await object.arrayBuffer()));
  return { status: object.status, type: object.headers.get("content-type"), hash };
}

/** Sends a request to the server, and returns what it responds. */
const post = async (path, body) => (await axios.post(`${server.url}/users/${path}`, body)).data;
const api = () => `${server.url}/users/get-file-upload-url`;

test("the README shows the code of the pages", () => {
  const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
  const shown = [...read("../README.md").matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);
  const pages = ["upload.js", "uppy.js"].map((name) => read(`../clients/pages/${name}`));
  for (const code of pages) assert.ok(shown.some((part) => code.includes(part)), code);
});

for (const [what, body] of [["a buffer", (bytes) => bytes], ["a file", (bytes, type) => new File([bytes], "", { type })]]) {
  test(`axios in Node.js: ${what}`, async () => {
    const [key, type, bytes] = [`user-profile/${what}, ${NAME}`, "image/png", png(64, 48)];
    await upload(api(), key, type, body(bytes, type));
    assert.deepEqual(await stored(key), isStored(type, bytes));

    const confirmed = await post("confirm-upload", { key, type, size: bytes.length });
    assert.deepEqual([confirmed.key, confirmed.type, confirmed.size], [key, type, bytes.length]);
    assert.deepEqual(await read(confirmed.show.url), isStored(type, bytes));
  });
}

test("axios in Node.js: another type than was signed", async () => {
  const key = "user-profile/other-type.txt";
  const url = await post("get-file-upload-url", { key, type: "text/plain" });
  const headers = { "Content-Type": "text/html" };
  await assert.rejects(axios.put(url, Buffer.from("<script>"), { headers }), (error) => {
    assert.deepEqual([error.response.status, /<Code>(\w+)</.exec(error.response.data)[1]], [403, "SignatureDoesNotMatch"]);
    return true;
  });
  assert.deepEqual(await stored(key), { status: 404 });
});

const openAxios = (origin = clients.url) => page.goto(`${origin}/axios.html?server=${server.url}`);
const status = (text) => page.getByRole("status").getByText(text).waitFor();

async function assertAxiosUploads(name) {
  const picture = png(64, 48);
  await page.getByLabel("Choose a file").setInputFiles(file(name, "image/png", picture));
  await status(`Uploaded: ${picture.length} bytes of the type image/png.`);
  assert.deepEqual(await stored(`user-profile/${name}`), isStored("image/png", picture));
  assert.deepEqual(storeRequests.map(({ method }) => method).slice(0, 1), ["PUT"]);

  const image = page.getByAltText(name);
  await page.waitForFunction((image) => image.complete, await image.elementHandle());
  assert.deepEqual(await image.evaluate((image) => [image.naturalWidth, image.naturalHeight]), [64, 48]);
}

test("axios in a page of another origin", async () => {
  await openAxios();
  await assertAxiosUploads(`other origin, ${NAME}`);
});

test("axios in a page of the server's origin", async () => {
  // The page is put into a document of the server, because that server has no such page.
  await page.close();
  page = await browser.newPage({ bypassCSP: true });
  watch();
  await page.goto(`${server.url}/health?server=${server.url}`);
  const [html, script] = await Promise.all(["axios.html", "build/axios.js"].map(async (path) =>
    (await fetch(`${clients.url}/${path}`)).text()));
  await page.setContent(html.replace(/<(script|link).*/g, ""));
  await page.addScriptTag({ content: script, type: "module" });
  assert.equal(await page.evaluate(() => location.origin), server.url);
  await assertAxiosUploads(`same origin, ${NAME}`);
});

test("axios in a page: another type than was signed", async () => {
  await page.route("**/users/get-file-upload-url", (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), type: "text/plain" }) }));
  await openAxios();
  await page.getByLabel("Choose a file").setInputFiles(file("other-type.png", "image/png", png(8, 8)));
  await status("Not uploaded: Request failed with status code 403.");
  assert.deepEqual(await stored("user-profile/other-type.png"), { status: 404 });
});

test("axios in a page: a type that the server does not allow", async () => {
  await openAxios();
  await page.getByLabel("Choose a file").setInputFiles(file("page.html", "text/html", Buffer.from("<script>")));
  await status(/^Not uploaded: .*type/);
  assert.equal(storeRequests.length, 0);
});

test("a page of an origin that is not allowed", async () => {
  const blocked = [];
  page.on("console", (message) => blocked.push(...(/from origin .* has been blocked by CORS/.exec(message.text()) ?? [])));
  await openAxios(clients.url.replace("127.0.0.1", "localhost"));
  const chosen = file("not-allowed.png", "image/png", png(8, 8));
  await page.getByLabel("Choose a file").setInputFiles(chosen);
  await status("Not uploaded: Network Error.");
  assert.equal(blocked.length, 1, "by the server");

  // The store does not let the page in either, with a URL that it got elsewhere.
  const key = "user-profile/not-allowed.png";
  const url = await post("get-file-upload-url", { key, type: "image/png" });
  const refused = page.evaluate((url) => fetch(url, { method: "PUT", headers: { "content-type": "image/png" } }), url);
  await assert.rejects(refused, /Failed to fetch/);
  assert.equal(blocked.length, 2, "by the store");
  assert.deepEqual(await stored(key), { status: 404 });
});

/** Opens the page of Uppy, lets it send files in this way, and starts the upload of some. */
async function uploadWithUppy(way, files, url = server.url) {
  await page.goto(`${clients.url}/uppy.html?server=${url}`);
  await page.getByRole("radio", { name: way }).check();
  await page.locator("input[type=file]:not([webkitdirectory])").setInputFiles(files);
  await page.getByRole("button", { name: /^Upload \d+ file/ }).click();
}

const [FORM, PUT, PARTS] = ["with a POST form", "with PUT", "in parts"];
const isComplete = () => page.locator(".uppy-StatusBar.is-complete").waitFor();
/** The requests to the store whose responses had this status class or status, in short. */
const sent = (status) => storeRequests.filter((request) => String(request.status).startsWith(status)).map(
  ({ method, url: { searchParams } }) => {
    const parameter = searchParams.get("partNumber") ?? [...searchParams.keys()].find((name) => /^upload/.test(name));
    return parameter ? `${method} ${parameter}` : method;
  });

for (const [way, bytes, requests] of [
  [PUT, png(64, 48), ["PUT"]],
  [FORM, png(64, 48), ["POST"]],
  [PARTS, png(64, 48), ["POST uploads", "PUT 1", "POST uploadId"]],
  [PARTS, randomBytes(12 * MB), ["POST uploads", "PUT 1", "PUT 2", "PUT 3", "POST uploadId"]],
]) {
  test(`Uppy ${way}: ${bytes.length} bytes`, async () => {
    const name = `${way}, ${bytes.length}, ${NAME}`;
    const confirmation = page.waitForResponse("**/users/confirm-upload").then((response) => response.json());
    await uploadWithUppy(way, [file(name, "image/png", bytes)]);
    await isComplete();
    const { type, size } = await confirmation;
    assert.deepEqual([type, size], ["image/png", bytes.length]);
    assert.deepEqual(sent(2), requests);
    assert.deepEqual(await stored(`user-profile/${name}`), isStored("image/png", bytes));
    const link = await page.locator(".uppy-Dashboard-Item-previewLink").getAttribute("href");
    assert.deepEqual(await read(link), isStored("image/png", bytes));
  });
}

const archives = (count, size) =>
  Array.from({ length: count }, (_, index) => file(`${index}.zip`, "application/zip", randomBytes(size)));

for (const [way, every, files, faults] of [
  [PUT, 10, archives(24, 20_000), ["PUT", "PUT"]],
  [FORM, 10, archives(24, 20_000), ["POST", "POST"]],
  // A file alone, so that the faults always come at the same requests.
  [PARTS, 3, archives(1, 22 * MB), ["PUT 2", "PUT 4", "POST uploadId"]],
]) {
  test(`Uppy ${way}: every response number ${every} of the store is a fault`, async (t) => {
    const faulty = await startServer({ UPLOAD_ALLOWED_ORIGINS: clients.url, UPLOAD_STORE_FAIL_EVERY: String(every) });
    t.after(() => faulty.stop());
    await uploadWithUppy(way, files, faulty.url);
    await isComplete();
    assert.deepEqual(sent(503), faults);
    for (const { name, buffer } of files) {
      assert.deepEqual(await stored(`user-profile/${name}`, faulty.url), isStored("application/zip", buffer));
    }
  });
}

test("Uppy in parts: each request to the server fails at first", async () => {
  const headers = { "access-control-allow-origin": clients.url, "access-control-expose-headers": "retry-after", "retry-after": "1" };
  const faults = [(route) => route.fulfill({ status: 429, headers }), (route) => route.abort("connectionreset")];
  const failures = new Map();
  await page.route("**/users/**", (route) => {
    const what = route.request().postData();
    const count = failures.get(what) ?? 0;
    failures.set(what, count + 1);
    return faults[count] ? faults[count](route) : route.continue();
  });
  const archive = randomBytes(6 * MB);
  await uploadWithUppy(PARTS, [file("faults.zip", "application/zip", archive)]);
  await isComplete();
  assert.deepEqual([...failures.values()], [3, 3, 3, 3, 3], "to create, for two parts, to complete and to confirm");
  assert.deepEqual(sent(2), ["POST uploads", "PUT 1", "PUT 2", "POST uploadId"]);
  assert.deepEqual(await stored("user-profile/faults.zip"), isStored("application/zip", archive));
});

/** Slows the browser down, and waits until the first part is in the store. */
async function uploadFirstPart(name, bytes) {
  const devtools = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 8 * MB };
  await devtools.send("Network.emulateNetworkConditions", slow);
  const first = page.waitForResponse((response) => response.url().includes("partNumber=1&"));
  await uploadWithUppy(PARTS, [file(name, "application/zip", bytes)]);
  assert.equal((await first).status(), 200);
}

test("Uppy in parts: cancelled in the middle", async () => {
  const key = "user-profile/cancelled.zip";
  const aborted = page.waitForResponse((response) => response.request().method() === "DELETE");
  await uploadFirstPart("cancelled.zip", randomBytes(12 * MB));
  await page.getByTitle("Cancel", { exact: true }).click();
  assert.equal((await aborted).status(), 204);
  assert.deepEqual(await stored(key), { status: 404 });

  // The upload is over: the store takes no further part.
  const uploadId = new URL((await aborted).url()).searchParams.get("uploadId");
  const { url } = await post("sign-s3-request", { method: "PUT", key, uploadId, partNumber: 2 });
  assert.ok(!(await fetch(url, { method: "PUT", body: "part" })).ok);
});

test("Uppy in parts: paused, then resumed", async () => {
  const archive = randomBytes(12 * MB);
  await uploadFirstPart("paused.zip", archive);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await isComplete();
  const requests = sent(2);
  assert.ok(requests.includes("GET uploadId"), "the parts are listed");
  assert.equal(requests.filter((request) => request === "PUT 1").length, 1, "the first part is not sent again");
  assert.deepEqual(await stored("user-profile/paused.zip"), isStored("application/zip", archive));
});

for (const [way, what, refused] of [[FORM, "before", 0], [PARTS, "after", 3]]) {
  test(`Uppy: a type that the server does not allow, refused ${what} the upload`, async () => {
    await uploadWithUppy(way, [file(`${what}.html`, "text/html", Buffer.from("<script>"))]);
    await page.locator(".uppy-StatusBar.is-error").waitFor();
    await page.getByRole("alert").getByText(`Failed to upload ${what}.html`).first().waitFor();
    await page.getByRole("tooltip", { name: /type/ }).first().waitFor();
    assert.equal(storeRequests.length, refused);
    assert.deepEqual(await stored(`user-profile/${what}.html`), { status: 404 });
  });
}
