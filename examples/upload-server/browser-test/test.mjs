// The page in a real browser, against the real server and its store.
//
// A note on CORS: the browser's preflights reach the store only where the test holds back no request, since Playwright
// answers them itself while it does. Whatever is said here of plain uploads and of CORS is said without it.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { startBrowser, startServer } from "./harness.mjs";
import { png } from "./png.mjs";

const MB = 1_000_000;
const [WITH_PUT, WITH_FORM] = [/^With PUT/, /^With a POST form/];
let browser, server, page, storeRequests, complaints;
/** What the server granted: promises, since the page may be faster than its observer. */
let grants;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
});

after(async () => {
  await browser?.close();
  assert.equal(await server?.stop(), 0, "the server ends well");
  const log = server.log.join("\n");
  assert.match(log, /answered status=200/);
  assert.doesNotMatch(log, /X-Amz|Signature|wJalrXUtnFEMI|AKIA|\?/, "no secrets in the log");
});

beforeEach(async () => open(server.url));

afterEach(async () => {
  assert.deepEqual(complaints, [], "the page broke one of its own rules");
  await page.close();
});

/** Opens the page anew, and notes what it does. */
async function open(url, prepare) {
  await page?.close();
  page = await browser.newPage();
  if (prepare) await page.addInitScript(prepare);
  page.setDefaultTimeout(20_000);
  grants = [];
  storeRequests = [];
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (/Content.Security.Policy|Trusted/.test(message.text())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("blob:")) storeRequests.push(request);
  });
  page.on("response", (response) => {
    if (response.url().endsWith("get-file-upload-url") && response.ok()) grants.push(response.json());
  });
  await page.goto(url);
  await page.getByText("Up to").waitFor();
}

const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });
const choose = (...files) => page.getByLabel("Choose files").setInputFiles(files);
const card = (name) => page.locator(".card", { has: page.getByText(name, { exact: true }) });
const inState = (name, state) => page.locator(`.card[data-state=${state}]`, { hasText: name }).waitFor();
const uploads = () => storeRequests.filter((request) => ["PUT", "POST"].includes(request.method()));

async function setWay(name) {
  await page.getByText("Options").click();
  await way(name).check();
}

const way = (name) => page.getByRole("radio", { name });

/** What the store has under a key, read without the browser. */
async function stored(key, url = server.url) {
  const answer = await fetch(`${url}/users/get-file-download-url?${new URLSearchParams({ key })}`);
  const object = await fetch((await answer.json()).url);
  if (!object.ok) return { status: object.status };
  const hash = sha256(Buffer.from(await object.arrayBuffer()));
  return { status: object.status, type: object.headers.get("content-type"), hash };
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const isStored = (type, bytes) => ({ status: 200, type, hash: sha256(bytes) });

async function assertProblem(name, title, advice) {
  await inState(name, "failed");
  assert.equal(await card(name).locator(".problem-title").textContent(), title);
  if (advice) assert.match(await card(name).locator(".problem-advice").textContent(), advice);
  await card(name).getByRole("alert").waitFor();
}

/** Holds back the first upload that fits until `released` resolves. */
async function holdFirst(fits, released) {
  let isFirst = true;
  await page.route(isUpload, async (route) => {
    const holds = isFirst && fits(route.request());
    if (holds) isFirst = false;
    if (holds) await released(route.request());
    await route.continue().catch(() => {}); // It may have been cancelled.
  });
}

const isUpload = (url) => url.searchParams.has("X-Amz-Signature") || url.pathname === "/user-media";
const expiry = (url) => {
  const { "X-Amz-Date": date, "X-Amz-Expires": seconds } = Object.fromEntries(new URL(url).searchParams);
  const start = Date.parse(date.replace(/(....)(..)(..T..)(..)(..Z)/, "$1-$2-$3:$4:$5"));
  return start + Number(seconds) * 1_000;
};
const until = (instant) => new Promise((resolve) => setTimeout(resolve, Math.max(0, instant - Date.now())));

for (const method of ["PUT", "POST"]) {
  test(`a picture by ${method}, with spaces and other scripts in its name`, async () => {
    const name = `Grüße aus 日本 (${method}) 100% + ä&b=c#d.png`;
    const picture = png(64, 48);
    await setWay(method === "PUT" ? WITH_PUT : WITH_FORM);
    await choose(file(name, "image/png", picture));
    await inState(name, "done");

    const grant = await grants[0];
    assert.equal(grant.method, method);
    assert.deepEqual(uploads().map((request) => request.method()), [method]);
    const type = await uploads()[0].headerValue("content-type");
    assert.match(type, method === "PUT" ? /^image\/png$/ : /^multipart\/form-data; boundary=/);
    assert.deepEqual(await stored(`user-profile/${name}`), isStored("image/png", picture));

    // It is seen to come back: from the store, in its size.
    const image = page.getByAltText(`${name}, as it is in the store`);
    await page.waitForFunction((image) => image.complete, await image.elementHandle());
    assert.deepEqual(await image.evaluate((image) => [image.naturalWidth, image.naturalHeight]), [64, 48]);
    assert.ok((await image.getAttribute("src")).startsWith(new URL(grant.url).origin));
    assert.match(await card(name).locator(".state").textContent(), /^Uploaded\. The link works until /);
    const download = new URL(await card(name).getByRole("link", { name: /^Download/ }).getAttribute("href"));
    assert.match(download.searchParams.get("response-content-disposition"), /^attachment; filename\*=UTF-8''Gr%C3%BC/);
  });
}

test("without a choice, as the server prefers", async () => {
  await choose(file("notes.txt", "text/plain", Buffer.from("Hello")), file("empty.txt", "text/plain", Buffer.alloc(0)));
  await inState("notes.txt", "done");
  await inState("empty.txt", "done");
  assert.deepEqual((await Promise.all(grants)).map((grant) => grant.method), ["POST", "POST"]);
  assert.deepEqual(await stored("user-profile/notes.txt"), isStored("text/plain", Buffer.from("Hello")));
  assert.deepEqual(await stored("user-profile/empty.txt"), isStored("text/plain", Buffer.alloc(0)));
});

test("a link that is copied", async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await choose(file("a.txt", "text/plain", Buffer.from("copied")));
  await inState("a.txt", "done");
  await card("a.txt").getByRole("button", { name: "Copy link" }).click();
  await page.getByText("The link is in your clipboard.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(await (await fetch(link)).text(), "copied");

  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error("denied"))));
  await card("a.txt").getByRole("button", { name: "Copy link" }).click();
  await page.getByText("The browser did not copy the link").waitFor();
});

test("files that are dropped", async () => {
  const transfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["dropped"], "dropped.txt", { type: "text/plain" }));
    return transfer;
  });
  await page.dispatchEvent("#drop", "dragover", { dataTransfer: transfer });
  assert.ok(await page.locator("#drop.over").isVisible());
  await page.dispatchEvent("#drop", "drop", { dataTransfer: transfer });
  await inState("dropped.txt", "done");
  assert.deepEqual(await stored("user-profile/dropped.txt"), isStored("text/plain", Buffer.from("dropped")));
});

test("a large file in parts, several at a time", async () => {
  const video = randomBytes(40 * MB);
  let [running, most] = [0, 0];
  page.on("request", (request) => request.method() === "PUT" && (most = Math.max(most, ++running)));
  page.on("response", (response) => response.request().method() === "PUT" && running--);
  await choose(file("large.mp4", "video/mp4", video));
  await page.getByText(/MB of 40 MB/).waitFor();
  await inState("large.mp4", "done");
  const numbers = uploads().map((request) => Number(new URL(request.url()).searchParams.get("partNumber")));
  assert.deepEqual(numbers.toSorted(), [1, 2, 3, 4, 5]);
  assert.ok(most > 1 && most <= 4, `${most} at a time`);
  assert.deepEqual(await stored("user-profile/large.mp4"), isStored("video/mp4", video));
});

test("parts that fail are repeated", async () => {
  const archive = randomBytes(30 * MB);
  const failures = new Map([["2", "break"], ["3", "busy"]]);
  await page.route(isUpload, (route) => {
    const number = new URL(route.request().url()).searchParams.get("partNumber");
    const failure = failures.get(number);
    failures.delete(number);
    if (failure === "break") return route.abort("connectionreset");
    const body = "<Error><Code>SlowDown</Code></Error>";
    const headers = { "access-control-allow-origin": "*" };
    return failure === "busy" ? route.fulfill({ status: 503, headers, body }) : route.continue();
  });
  await choose(file("repeated.zip", "application/zip", archive));
  await inState("repeated.zip", "done");
  const numbers = uploads().map((request) => new URL(request.url()).searchParams.get("partNumber"));
  assert.deepEqual(numbers.toSorted(), ["1", "2", "2", "3", "3", "4"]);
  assert.deepEqual(await stored("user-profile/repeated.zip"), isStored("application/zip", archive));
});

test("cancelled in the middle, by keyboard, then uploaded again", async () => {
  const archive = randomBytes(20 * MB);
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const held = new Promise((resolve) => {
    holdFirst((request) => request.url().includes("partNumber=2"), () => (resolve(), released));
  });
  const aborted = page.waitForResponse((response) => response.url().endsWith("abort-multipart-upload"));
  await choose(file("cancelled.zip", "application/zip", archive));
  await held;
  await card("cancelled.zip").getByRole("button", { name: "Cancel" }).focus();
  await page.keyboard.press("Enter");
  await inState("cancelled.zip", "cancelled");
  assert.equal((await aborted).status(), 204);
  release();
  assert.deepEqual(await stored("user-profile/cancelled.zip"), { status: 404 });
  assert.ok(await page.getByRole("status").getByText("cancelled.zip: cancelled").count());

  // The focus is on the button that came in its place.
  await page.keyboard.press("Enter");
  await inState("cancelled.zip", "done");
  assert.deepEqual(await stored("user-profile/cancelled.zip"), isStored("application/zip", archive));
});

test("cancelled before the store has anything", async () => {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const held = new Promise((resolve) => holdFirst(() => true, () => (resolve(), released)));
  await choose(file("small.txt", "text/plain", Buffer.from("small")));
  await held;
  // Before that, the browser would still send what is released.
  const givenUp = page.waitForEvent("requestfailed");
  await card("small.txt").getByRole("button", { name: "Cancel" }).click();
  await inState("small.txt", "cancelled");
  await givenUp;
  release();
  assert.deepEqual(await stored("user-profile/small.txt"), { status: 404 });
});

test("a server whose grants end soon, and whose files are small", async (t) => {
  const hasty = await startServer({ UPLOAD_EXPIRES: "2", UPLOAD_MAX_SIZE: "25000000" });
  t.after(() => hasty.stop());

  await t.test("an expired grant is said to be so, and a new one works", async () => {
    await open(hasty.url);
    await setWay(WITH_PUT);
    await holdFirst(() => true, (request) => until(expiry(request.url()) + 1_000));
    await choose(file("late.txt", "text/plain", Buffer.from("late")));
    await assertProblem("late.txt", "The permission to upload has expired.", /new one/);
    assert.deepEqual(await stored("user-profile/late.txt", hasty.url), { status: 404 });
    await card("late.txt").getByRole("button", { name: "Try again" }).click();
    await inState("late.txt", "done");
    assert.deepEqual(await stored("user-profile/late.txt", hasty.url), isStored("text/plain", Buffer.from("late")));
  });

  await t.test("an expired form", async () => {
    await open(hasty.url);
    await setWay(WITH_FORM);
    const granted = page.waitForResponse("**/users/get-file-upload-url").then((response) => response.json());
    await holdFirst(() => true, async () => until(Date.parse((await granted).expires_at) + 1_000));
    await choose(file("late.txt", "text/plain", Buffer.from("late")));
    await assertProblem("late.txt", "The permission to upload has expired.", /new one/);
  });

  await t.test("a part whose URL has expired gets a new one, also where the clock is slow", async () => {
    await open(hasty.url, () => {
      const now = Date.now;
      Date.now = () => now() - 3_600_000;
    });
    const archive = randomBytes(20 * MB);
    await holdFirst((request) => request.url().includes("partNumber=2"), (request) => until(expiry(request.url()) + 1_000));
    await choose(file("late.zip", "application/zip", archive));
    await inState("late.zip", "done");
    const urls = uploads().map((request) => request.url()).filter((url) => url.includes("partNumber=2"));
    assert.equal(new Set(urls).size, 2);
    assert.deepEqual(await stored("user-profile/late.zip", hasty.url), isStored("application/zip", archive));
  });

  await t.test("too large a file", async () => {
    await open(hasty.url);
    await choose(file("huge.zip", "application/zip", Buffer.alloc(25 * MB + 1)));
    await assertProblem("huge.zip", "The file is too large.", /25 MB are the most/);
    assert.equal(uploads().length, 0);
  });
});

test("types and folders that the server does not allow", async () => {
  await choose(file("page.html", "text/html", Buffer.from("<script>")), file("unknown", "", Buffer.from("?")));
  await assertProblem("page.html", "Files of this type cannot be uploaded.", /image\/png/);
  assert.match(await card("page.html").locator(".problem-detail").textContent(), /^422 · content_type · request [\w-]{36}$/);
  await assertProblem("unknown", "Files of this type cannot be uploaded.");

  await page.getByText("Options").click();
  await page.getByLabel("Folder").fill("somebody-else/");
  await choose(file("a.txt", "text/plain", Buffer.from("a")));
  await assertProblem("a.txt", "Files cannot go into this folder.", /has to start with `user-profile\/`/);
  await page.getByLabel("Folder").fill("user-profile/../somebody-else");
  await choose(file("b.txt", "text/plain", Buffer.from("b")));
  await assertProblem("b.txt", "The server did not allow this upload.");
  assert.equal(uploads().length, 0);

  await page.getByLabel("Folder").fill("user-profile/a b/ä");
  await choose(file("c.txt", "text/plain", Buffer.from("c")));
  await inState("c.txt", "done");
  assert.deepEqual(await stored("user-profile/a b/ä/c.txt"), isStored("text/plain", Buffer.from("c")));
});

/** Lets the page ask for something else than it will send. */
const askFor = (change) =>
  page.route("**/users/get-file-upload-url", (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), ...change }) }));

test("a file that is not what was signed", async () => {
  await setWay(WITH_PUT);
  await askFor({ size: 1 });
  await choose(file("other.txt", "text/plain", Buffer.from("other")));
  await assertProblem("other.txt", "The store did not accept the signature.", /type or size/);
  assert.match(await card("other.txt").locator(".problem-detail").textContent(), /^store: 403 SignatureDoesNotMatch$/);
  await way(WITH_FORM).check();
  await choose(file("larger.txt", "text/plain", Buffer.from("larger")));
  await assertProblem("larger.txt", "The file is too large.", /no more bytes/);
  for (const name of ["other.txt", "larger.txt"]) {
    assert.deepEqual(await stored(`user-profile/${name}`), { status: 404 });
  }
});

test("a page that the store does not know", async () => {
  // Every name below `localhost` is this machine, but another origin.
  await open(server.url.replace("127.0.0.1", "elsewhere.localhost"));
  await setWay(WITH_PUT);
  await choose(file("a.txt", "text/plain", Buffer.from("a")));
  await assertProblem("a.txt", "The store does not let this page in.", /allow the origin http:\/\/elsewhere\.localhost:/);
});

test("a store that is not there", async () => {
  await page.route((url) => url.port !== new URL(server.url).port, (route) => route.abort("connectionrefused"));
  await choose(file("a.txt", "text/plain", Buffer.from("a")));
  await assertProblem("a.txt", "The store cannot be reached.", /network/);
});

test("a server that is not there", async () => {
  await page.route("**/users/get-file-upload-url", (route) => route.abort("connectionrefused"));
  await choose(file("a.txt", "text/plain", Buffer.from("a")));
  await assertProblem("a.txt", "The server cannot be reached.", /network/);
});

for (const colorScheme of ["light", "dark"]) {
  test(`accessible, ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.getByText("Options").click();
    await choose(
      file("good.png", "image/png", png(16, 16)),
      file("bad.html", "text/html", Buffer.from("bad")),
    );
    await inState("good.png", "done");
    await inState("bad.html", "failed");
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
  });
}

test("the keyboard reaches everything", async () => {
  await choose(file("a.txt", "text/plain", Buffer.from("a")));
  await inState("a.txt", "done");
  const reached = [];
  for (let step = 0; step < 6; step++) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.id ?? ""));
  }
  assert.deepEqual(reached.slice(0, 1), ["files"]);
  assert.deepEqual(reached.slice(2, 5), ["Open: a.txt", "Download: a.txt", "Copy link: a.txt"]);
});
