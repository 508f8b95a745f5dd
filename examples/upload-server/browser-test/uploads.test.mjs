// Uploads from the page in a real browser, by the real server, to its store.
//
// A note on CORS: the browser's preflights reach the store only where the test holds back no request, since Playwright
// responds to them itself while it does. Whatever is said here about plain uploads and CORS is said without it.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./harness.mjs";
import { png } from "./png.mjs";
import { file, gate, IN_PARTS, isStored, isStore, MB, UploadPage, WITH_FORM, WITH_PUT } from "./upload-page.mjs";

let browser, server;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
});

after(async () => {
  await browser?.close();
  assert.equal(await server?.stop(), 0, "the server ends well");
  const log = server.log.join("\n");
  assert.match(log, /upload granted/);
  assert.doesNotMatch(log, /X-Amz|Signature|wJalrXUtnFEMI|AKIA|\?/, "no secrets in the log");
});

const open = async (t) => (await UploadPage.open(t, browser, server.url)).ready();

for (const method of ["PUT", "POST"]) {
  test(`a picture by ${method}, with spaces and other scripts in its name`, async (t) => {
    const ui = await open(t);
    const name = `Grüße aus 日本 (${method}) 100% + ä&b=c#d.png`;
    const picture = png(64, 48);
    await ui.setWay(method === "PUT" ? WITH_PUT : WITH_FORM);
    await ui.choose(file(name, "image/png", picture));
    await ui.inState(name, "done");

    const [grant] = await ui.responses("get-upload-grant");
    assert.equal(grant.method, method);
    assert.deepEqual(ui.uploads().map((request) => request.method()), [method]);
    const type = await ui.uploads()[0].headerValue("content-type");
    assert.match(type, method === "PUT" ? /^image\/png$/ : /^multipart\/form-data; boundary=/);
    assert.deepEqual(await ui.stored(`user-profile/${name}`), isStored("image/png", picture));

    // It is seen to come back: from the store, in its size.
    const image = ui.page.getByAltText(`${name}, as it is in the store`);
    await ui.page.waitForFunction((image) => image.complete, await image.elementHandle());
    assert.deepEqual(await image.evaluate((image) => [image.naturalWidth, image.naturalHeight]), [64, 48]);
    assert.ok((await image.getAttribute("src")).startsWith(new URL(grant.url).origin));
    assert.match(await ui.words(name), /^Uploaded\. The link works until /);
    const download = new URL(await ui.link(name, "Download").getAttribute("href"));
    assert.match(download.searchParams.get("response-content-disposition"), /^attachment; filename\*=UTF-8''Gr%C3%BC/);
  });
}

test("without a choice, as the server prefers", async (t) => {
  const ui = await open(t);
  await ui.choose(file("notes.txt", "text/plain", "Hello"), file("empty.txt", "text/plain", ""));
  await ui.inState("notes.txt", "done");
  await ui.inState("empty.txt", "done");
  assert.deepEqual((await ui.responses("get-upload-grant")).map((grant) => grant.method), ["POST", "POST"]);
  assert.deepEqual(await ui.stored("user-profile/notes.txt"), isStored("text/plain", "Hello"));
  assert.deepEqual(await ui.stored("user-profile/empty.txt"), isStored("text/plain", ""));
});

test("a large file in parts, several at a time", async (t) => {
  const ui = await open(t);
  const video = randomBytes(40 * MB);
  let [running, most] = [0, 0];
  ui.page.on("request", (request) => request.method() === "PUT" && (most = Math.max(most, ++running)));
  ui.page.on("response", (response) => response.request().method() === "PUT" && running--);
  await ui.choose(file("large.mp4", "video/mp4", video));
  await ui.page.getByText(/MB of 40 MB/).waitFor();
  await ui.inState("large.mp4", "done");
  assert.deepEqual(ui.partNumbers(), [1, 2, 3, 4, 5]);
  assert.ok(most > 1 && most <= 4, `${most} at a time`);
  assert.deepEqual(await ui.stored("user-profile/large.mp4"), isStored("video/mp4", video));
});

test("cancelled in the middle, by keyboard, then uploaded again", async (t) => {
  const ui = await open(t);
  const archive = randomBytes(20 * MB);
  const [held, released] = [gate(), gate()];
  await ui.holdFirst((request) => request.url().includes("partNumber=2"), () => (held.open(), released.opened));
  const aborted = ui.page.waitForResponse((response) => response.url().endsWith("abort-multipart-upload"));
  await ui.choose(file("cancelled.zip", "application/zip", archive));
  await held.opened;
  await ui.button("cancelled.zip", "Cancel").focus();
  await ui.page.keyboard.press("Enter");
  await ui.inState("cancelled.zip", "cancelled");
  assert.equal(await ui.words("cancelled.zip"), "Cancelled");
  assert.equal((await aborted).status(), 204);
  released.open();
  assert.deepEqual(await ui.stored("user-profile/cancelled.zip"), { status: 404 });
  assert.ok(await ui.page.getByRole("status").getByText("cancelled.zip: Cancelled").count());

  // The focus is on the button that came in its place.
  await ui.page.keyboard.press("Enter");
  await ui.inState("cancelled.zip", "done");
  assert.deepEqual(await ui.stored("user-profile/cancelled.zip"), isStored("application/zip", archive));
});

test("cancelled before the store has anything", async (t) => {
  const ui = await open(t);
  const [held, released] = [gate(), gate()];
  await ui.holdFirst(() => true, () => (held.open(), released.opened));
  await ui.choose(file("small.txt", "text/plain", "small"));
  await held.opened;
  // Before that, the browser would still send what is released.
  const givenUp = ui.page.waitForEvent("requestfailed");
  await ui.button("small.txt", "Cancel").click();
  await ui.inState("small.txt", "cancelled");
  await givenUp;
  released.open();
  assert.deepEqual(await ui.stored("user-profile/small.txt"), { status: 404 });
});

test("cancelled while it waits for others, then uploaded again", async (t) => {
  const ui = await open(t);
  await ui.page.route("**/users/get-upload-grant", (route) =>
    /[ab]\.txt$/.test(route.request().postDataJSON().key) ? undefined : route.continue());
  await ui.choose(...["a.txt", "b.txt", "c.txt"].map((name) => file(name, "text/plain", name)));
  await ui.button("c.txt", "Cancel").click();
  await ui.inState("c.txt", "cancelled");
  await ui.button("c.txt", "Upload again").click();
  await ui.inState("c.txt", "waiting");
  await ui.button("a.txt", "Cancel").click();
  await ui.inState("c.txt", "done");
  await ui.choose(file("d.txt", "text/plain", "d"));
  await ui.inState("d.txt", "done");
  assert.equal(ui.calls("confirm-upload").length, 2, "each of them once");
});

test("an empty file in parts", async (t) => {
  const ui = await open(t);
  await ui.setWay(IN_PARTS);
  await ui.choose(file("empty.txt", "text/plain", ""));
  await ui.inState("empty.txt", "done");
  assert.deepEqual(await ui.stored("user-profile/empty.txt"), isStored("text/plain", ""));
});

test("a file that is not what was signed", async (t) => {
  const ui = await open(t);
  await ui.setWay(WITH_PUT);
  await ui.page.route("**/users/get-upload-grant", (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), size: 1 }) }));
  await ui.choose(file("other.txt", "text/plain", "other"));
  await ui.assertProblem("other.txt", "The store did not accept the signature.", /type or size/);
  assert.match(await ui.card("other.txt").locator(".problem-detail").textContent(), /^store: 403 SignatureDoesNotMatch$/);
  assert.equal(await ui.words("other.txt"), "Not uploaded");
  await ui.setWay(WITH_FORM);
  await ui.choose(file("larger.txt", "text/plain", "larger"));
  await ui.assertProblem("larger.txt", "The file is too large.", /no more bytes/);
  assert.equal(await ui.button("larger.txt", "Try again").count(), 0);
  for (const name of ["other.txt", "larger.txt"]) {
    assert.deepEqual(await ui.stored(`user-profile/${name}`), { status: 404 });
  }
});

test("a proxy that lets no large file through", async (t) => {
  const ui = await open(t);
  await ui.page.route(isStore, (route) =>
    route.fulfill({ status: 413, headers: { "access-control-allow-origin": "*" }, body: "<html>Request Entity Too Large</html>" }));
  await ui.choose(file("by-form.txt", "text/plain", "a"));
  await ui.assertProblem("by-form.txt", "The file is too large.", /on the way to the store/);
  assert.equal(await ui.words("by-form.txt"), "Not uploaded");
  assert.equal(await ui.button("by-form.txt", "Try again").count(), 0);
});

test("a store that takes no forms", async (t) => {
  const ui = await open(t);
  const refusal = { status: 422, json: { error: { code: "no_forms", message: "" } } };
  await ui.page.route("**/users/get-upload-grant", (route) =>
    route.request().postDataJSON().method === "POST" ? route.fulfill(refusal) : route.continue());
  await ui.setWay(WITH_FORM);
  await ui.choose(file("by-form.txt", "text/plain", "a"));
  await ui.assertProblem("by-form.txt", "The store takes no forms.", /choose another way/);
  await ui.setWay(WITH_PUT);
  await ui.button("by-form.txt", "Try again").click();
  await ui.inState("by-form.txt", "done");
});

test("a page that the store does not know", async (t) => {
  // Every name below `localhost` is this machine, but another origin.
  const url = server.url.replace("127.0.0.1", "elsewhere.localhost");
  const ui = await (await UploadPage.open(t, browser, url)).ready({ first: 10, attempts: 2 });
  for (const way of [WITH_PUT, WITH_FORM]) {
    await ui.setWay(way);
    await ui.choose(file("a.txt", "text/plain", "a"));
    await ui.assertProblem("a.txt", "The store does not let this page in.", /allow the origin http:\/\/elsewhere\.localhost:/);
    // A form could get there without the store's consent, if the page did not ask for its progress.
    assert.deepEqual(await ui.stored("user-profile/a.txt", { url: server.url }), { status: 404 });
    assert.equal(await ui.words("a.txt"), "Not uploaded");
    await ui.page.locator(".card").evaluate((card) => card.remove());
  }
});

test("a store that is not there", async (t) => {
  const ui = await (await UploadPage.open(t, browser, server.url)).ready({ first: 10, attempts: 2 });
  await ui.page.route((url) => url.port !== new URL(server.url).port, (route) => route.abort("connectionrefused"));
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.assertProblem("a.txt", "The store cannot be reached.", /network/);
});
