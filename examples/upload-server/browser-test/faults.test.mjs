// Whatever fails on the way is tried again, and what the page says about a file is true.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./harness.mjs";
import { png } from "./png.mjs";
import { startProxy } from "./proxy.mjs";
import { file, gate, IN_PARTS, isStored, isStore, MB, UploadPage, WITH_FORM, WITH_PUT } from "./upload-page.mjs";

let browser, server;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const open = async (t, options, pace) => (await UploadPage.open(t, browser, server.url, options)).ready(pace);
const until = (instant) => new Promise((resolve) => setTimeout(resolve, Math.max(0, instant - Date.now())));
const expiry = (url) => {
  const { "X-Amz-Date": date, "X-Amz-Expires": seconds } = Object.fromEntries(new URL(url).searchParams);
  const start = Date.parse(date.replace(/(....)(..)(..T..)(..)(..Z)/, "$1-$2-$3:$4:$5"));
  return start + Number(seconds) * 1_000;
};

/** What fails, and how it looks to the browser. The store's responses can be read by the page. */
const FAULTS = [
  (route) => route.fulfill({ status: 503, headers: { "access-control-allow-origin": "*" }, body: "<html>busy</html>" }),
  (route) => route.abort("connectionreset"),
  (route) => route.fulfill({ status: 429, headers: { "access-control-allow-origin": "*" }, body: "" }),
  (route) => route.fulfill({ status: 500, headers: { "access-control-allow-origin": "*" }, body: "<Error/>" }),
];

/** Lets each request that matches fail as often as there are faults, each time with the next one. */
async function failEach(page, matches) {
  const failures = new Map();
  await page.route(matches, async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    const what = `${request.method()} ${url.pathname} ${url.searchParams.get("partNumber")}`;
    const fault = FAULTS[failures.get(what) ?? 0];
    failures.set(what, (failures.get(what) ?? 0) + 1);
    await (fault ? fault(route) : route.continue());
  });
  return failures;
}

test("each call of the server fails in every way, and no byte is sent twice", async (t) => {
  const ui = await open(t);
  const failures = await failEach(ui.page, "**/users/**");
  const archive = randomBytes(9 * MB);
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.inState("a.txt", "done");
  await ui.setWay(IN_PARTS);
  await ui.choose(file("b.zip", "application/zip", archive));
  await ui.inState("b.zip", "done");
  assert.deepEqual(await ui.stored("user-profile/a.txt"), isStored("text/plain", "a"));
  assert.deepEqual(await ui.stored("user-profile/b.zip"), isStored("application/zip", archive));

  const paths = ["complete-multipart-upload", "confirm-upload", "create-multipart-upload", "get-part-upload-urls", "get-upload-grant"];
  assert.deepEqual([...failures.keys()].sort(), paths.map((path) => `POST /users/${path} null`), "and nothing is aborted");
  for (const [what, requests] of failures) assert.ok(requests > FAULTS.length, `${what}: ${requests}`);
  assert.deepEqual(ui.partNumbers(), [0, 1, 2]);
});

test("each request to the store fails in every way", async (t) => {
  const ui = await open(t);
  const failures = await failEach(ui.page, isStore);
  const archive = randomBytes(9 * MB);
  for (const [way, name, bytes] of [[WITH_PUT, "put.zip", "put"], [WITH_FORM, "form.zip", "form"], [IN_PARTS, "parts.zip", archive]]) {
    await ui.setWay(way);
    await ui.choose(file(name, "application/zip", bytes));
    await ui.inState(name, "done");
    assert.deepEqual(await ui.stored(`user-profile/${name}`), isStored("application/zip", bytes));
  }
  const requests = Object.entries(Object.fromEntries(failures)).filter(([what]) => /^(PUT|POST)/.test(what));
  assert.deepEqual(requests.map(([, count]) => count), [5, 5, 5, 5]);
  assert.equal(ui.calls("abort-multipart-upload").length, 0);
  assert.equal(ui.calls("create-multipart-upload").length, 1);
});

test("a store that fails every third request", async (t) => {
  const shaky = await startServer({ UPLOAD_STORE_FAIL_EVERY: "3" });
  t.after(() => shaky.stop());
  const ui = await (await UploadPage.open(t, browser, shaky.url)).ready();
  const archive = randomBytes(17 * MB);
  const small = Array.from({ length: 6 }, (_, number) => file(`${number}.txt`, "text/plain", `number ${number}`));
  await ui.choose(...small, file("large.zip", "application/zip", archive));
  for (const { name, mimeType, buffer } of [...small, file("large.zip", "application/zip", archive)]) {
    await ui.inState(name, "done");
    assert.deepEqual(await ui.stored(`user-profile/${name}`), isStored(mimeType, buffer));
  }
});

test("a server that says how long to wait", async (t) => {
  const ui = await open(t);
  const waits = ["1", () => new Date(Date.now() + 2_500).toUTCString(), "86400"];
  const times = [];
  await ui.page.route("**/users/get-upload-grant", (route) => {
    const wait = waits[times.push(Date.now()) - 1];
    return route.fulfill({ status: 429, headers: { "retry-after": typeof wait === "string" ? wait : wait() } });
  });
  await ui.choose(file("a.txt", "text/plain", "a"));
  // A day is too long.
  await ui.card("a.txt").getByText("The server is busy. Trying again in 2 minutes.").waitFor();
  await ui.inState("a.txt", "retrying");
  assert.ok(await ui.page.getByRole("status").getByText("The server is busy. Trying again in 2 minutes.").count());
  assert.ok(times[1] - times[0] >= 1_000, `${times[1] - times[0]} ms`);
  assert.ok(times[2] - times[1] >= 1_000, `${times[2] - times[1]} ms`); // HTTP dates have no fractions.
  await ui.button("a.txt", "Cancel").click();
  await ui.inState("a.txt", "cancelled");
  assert.equal(times.length, 3);
});

test("a store that says how long to wait", async (t) => {
  const ui = await open(t);
  const headers = { "access-control-allow-origin": "*", "access-control-expose-headers": "Retry-After", "retry-after": "1" };
  const times = [];
  await ui.page.route(isStore, (route) =>
    route.request().method() === "POST" && times.push(Date.now()) === 1 ? route.fulfill({ status: 503, headers }) : route.continue());
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.inState("a.txt", "done");
  assert.ok(times[1] - times[0] >= 1_000, `${times[1] - times[0]} ms`);
});

test("without a network, the page waits for it", async (t) => {
  const ui = await open(t, {}, { first: 10, longest: 60_000 });
  await ui.page.context().setOffline(true);
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.card("a.txt").getByText("You are offline. This goes on once you are connected.").waitFor();
  await ui.page.context().setOffline(false);
  await ui.inState("a.txt", "done");
  assert.deepEqual(await ui.stored("user-profile/a.txt"), isStored("text/plain", "a"));
});

test("responses of the store that are lost", async (t) => {
  const proxy = await startProxy();
  t.after(() => proxy.stop());
  const server = await startServer({ UPLOAD_STORE_LISTEN: proxy.target, UPLOAD_STORE_PUBLIC_URL: proxy.url });
  t.after(() => server.stop());

  for (const [way, size] of [[WITH_PUT, 1], [WITH_FORM, 1], [WITH_PUT, 3 * MB], [WITH_FORM, 3 * MB]]) {
    await t.test(`${way.source}, ${size} bytes`, async (t) => {
      const ui = await (await UploadPage.open(t, browser, server.url)).ready({ first: 10, attempts: 3 });
      const archive = randomBytes(size);
      await ui.setWay(way);
      proxy.losesResponses = true;
      await ui.choose(file("a.zip", "application/zip", archive));
      await ui.inState("a.zip", "failed");
      // It is in the store, so the page must not deny it.
      assert.deepEqual(await ui.stored("user-profile/a.zip"), isStored("application/zip", archive));
      assert.equal(await ui.words("a.zip"), "Perhaps uploaded");
      proxy.losesResponses = false;
      await ui.button("a.zip", "Try again").click();
      await ui.inState("a.zip", "done");
    });
  }

  await t.test("cancelled when everything was sent", async (t) => {
    const ui = await (await UploadPage.open(t, browser, server.url)).ready();
    proxy.holdsResponses = true;
    await ui.choose(file("b.zip", "application/zip", randomBytes(MB)));
    await ui.card("b.zip").getByText("finishing").waitFor();
    await ui.button("b.zip", "Cancel").click();
    await ui.inState("b.zip", "cancelled");
    assert.equal(await ui.words("b.zip"), "Cancelled, but it may be in the store already");
    proxy.holdsResponses = false;
    await ui.button("b.zip", "Upload again").click();
    await ui.inState("b.zip", "done");
  });
});

test("a completion that does not succeed for long can be repeated without the parts", async (t) => {
  const ui = await open(t, {}, { first: 10, attempts: 2 });
  const archive = randomBytes(9 * MB);
  await ui.page.route("**/users/complete-multipart-upload", (route) => route.fulfill({ status: 502 }));
  await ui.setWay(IN_PARTS);
  await ui.choose(file("a.zip", "application/zip", archive));
  await ui.assertProblem("a.zip", "The server has a problem.");
  assert.equal(await ui.words("a.zip"), "Perhaps uploaded");
  await ui.page.unroute("**/users/complete-multipart-upload");
  await ui.button("a.zip", "Try again").click();
  await ui.inState("a.zip", "done");
  assert.deepEqual(ui.partNumbers(), [1, 2]);
  assert.deepEqual(await ui.stored("user-profile/a.zip"), isStored("application/zip", archive));
});

test("a completion whose response is lost", async (t) => {
  const ui = await open(t);
  const archive = randomBytes(MB);
  let lost = 0;
  await ui.page.route("**/users/complete-multipart-upload", async (route) => {
    const response = await route.fetch();
    assert.equal(response.status(), 204);
    await (lost++ === 0 ? route.abort("connectionreset") : route.fulfill({ response }));
  });
  await ui.setWay(IN_PARTS);
  await ui.choose(file("a.zip", "application/zip", archive));
  await ui.inState("a.zip", "done");
  assert.equal(lost, 2);
  assert.deepEqual(ui.partNumbers(), [1]);
  assert.deepEqual(await ui.stored("user-profile/a.zip"), isStored("application/zip", archive));
});

test("a part that does not get through for long: the others are kept, or let go of", async (t) => {
  const ui = await open(t, {}, { first: 10, attempts: 2 });
  const archive = randomBytes(9 * MB);
  let isBroken = true;
  const isFirst = (request) => request.url().includes("partNumber=1");
  const firstIsSent = ui.page.waitForEvent("requestfinished", isFirst);
  await ui.page.route(isStore, async (route) => {
    if (!isBroken || isFirst(route.request())) return route.continue();
    await firstIsSent;
    await route.abort("connectionreset");
  });
  await ui.setWay(IN_PARTS);
  await ui.choose(file("a.zip", "application/zip", archive));
  await ui.inState("a.zip", "failed");
  assert.equal(await ui.words("a.zip"), "Not uploaded");
  assert.equal(ui.calls("abort-multipart-upload").length, 0);
  isBroken = false;
  await ui.button("a.zip", "Try again").click();
  await ui.inState("a.zip", "done");
  assert.deepEqual(ui.partNumbers(), [1, 2, 2, 2]);
  assert.deepEqual(await ui.stored("user-profile/a.zip"), isStored("application/zip", archive));

  isBroken = true;
  await ui.choose(file("b.zip", "application/zip", archive));
  await ui.inState("b.zip", "failed");
  const aborted = ui.page.waitForResponse((response) => response.url().endsWith("abort-multipart-upload"));
  await ui.button("b.zip", "Cancel").click();
  await ui.inState("b.zip", "cancelled");
  assert.equal((await aborted).status(), 204);
});

test("a part that is refused ends the others, and the upload", async (t) => {
  const ui = await open(t);
  const aborted = ui.page.waitForResponse((response) => response.url().endsWith("abort-multipart-upload"));
  await ui.page.route(isStore, (route) => {
    const headers = { "access-control-allow-origin": "*" };
    if (route.request().url().includes("partNumber=3")) return route.fulfill({ status: 403, headers, body: "<Error><Code>AccessDenied</Code></Error>" });
  });
  await ui.choose(file("a.zip", "application/zip", randomBytes(33 * MB)));
  await ui.assertProblem("a.zip", "The store refused the file.");
  assert.equal((await aborted).status(), 204);
  await ui.inState("a.zip", "failed");
  assert.equal(await ui.words("a.zip"), "Not uploaded");
});

test("an upload that is not confirmed is not uploaded, and not lost either", async (t) => {
  const ui = await open(t, {}, { first: 10, attempts: 3 });
  await ui.page.route("**/users/confirm-upload", (route) => route.abort("connectionrefused"));
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.assertProblem("a.txt", "The server cannot be reached.");
  assert.equal(await ui.words("a.txt"), "Sent, but not yet confirmed");
  assert.equal(await ui.link("a.txt", "Open").count(), 0);
  await ui.page.unroute("**/users/confirm-upload");
  await ui.button("a.txt", "Check again").click();
  await ui.inState("a.txt", "done");
  assert.equal(ui.uploads().length, 1);
});

test("cancelled while the server confirms", async (t) => {
  const ui = await open(t);
  const [held, released] = [gate(), gate()];
  await ui.page.route("**/users/confirm-upload", async (route) => {
    held.open();
    await released.opened;
    await route.continue().catch(() => {});
  });
  await ui.choose(file("a.txt", "text/plain", "a"));
  await held.opened;
  await ui.button("a.txt", "Cancel").click();
  await ui.inState("a.txt", "cancelled");
  released.open();
  assert.equal(await ui.words("a.txt"), "Sent, but not yet confirmed");
  await ui.button("a.txt", "Check again").click();
  await ui.inState("a.txt", "done");
  assert.equal(ui.uploads().length, 1);
});

test("the store has lost the file, or has another one", async (t) => {
  const ui = await open(t);
  const error = (status, code) => ({ status, json: { error: { code, message: "" } } });
  const results = [error(404, "no_such_object"), error(422, "other_object")];
  await ui.page.route("**/users/confirm-upload", (route) => (results.length > 0 ? route.fulfill(results.shift()) : route.continue()));
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.assertProblem("a.txt", "The store has another file of this name.", /replace/);
  assert.equal(await ui.words("a.txt"), "Not uploaded");
  assert.equal(ui.uploads().length, 2);
  await ui.button("a.txt", "Try again").click();
  await ui.inState("a.txt", "done");
});

test("a picture whose link fails at first", async (t) => {
  const ui = await open(t);
  let failures = 0;
  await ui.page.route(isStore, (route) => {
    const fails = route.request().method() === "GET" && failures < FAULTS.length;
    return fails ? FAULTS[failures++](route) : route.continue();
  });
  await ui.choose(file("a.png", "image/png", png(64, 48)));
  await ui.inState("a.png", "done");
  const image = ui.page.getByAltText("a.png, as it is in the store");
  await ui.page.waitForFunction((image) => image.naturalWidth === 64, await image.elementHandle());
  assert.equal(failures, FAULTS.length);
});

test("a picture that the browser cannot show is uploaded nevertheless", async (t) => {
  const ui = await open(t);
  await ui.choose(file("a.png", "image/png", "not a picture"));
  await ui.inState("a.png", "done");
  await ui.card("a.png").locator(".result").waitFor({ state: "hidden" });
  assert.match(await ui.words("a.png"), /^Uploaded\. The link works until /);
  assert.deepEqual(await ui.stored("user-profile/a.png"), isStored("image/png", "not a picture"));
});

test("a file that was removed after it was chosen", async (t) => {
  const ui = await open(t);
  const [path] = await ui.onDisk(file("a.txt", "text/plain", "a"));
  await ui.page.route("**/users/get-upload-grant", async (route) => {
    await rm(path);
    await route.continue();
  });
  await ui.page.getByLabel("Choose files").setInputFiles(path);
  await ui.assertProblem("a.txt", "The file cannot be read.", /removed/);
  assert.equal(await ui.words("a.txt"), "Not uploaded");
  assert.equal(await ui.button("a.txt", "Try again").count(), 0);
});

test("a store that does not respond", async (t) => {
  const ui = await open(t, { before: (page) => page.clock.install() });
  await ui.page.route(isStore, () => {});
  const sent = ui.page.waitForRequest((request) => isStore(new URL(request.url())));
  await ui.choose(file("a.txt", "text/plain", "a"));
  await sent;
  await ui.page.clock.fastForward("01:01");
  await ui.card("a.txt").getByText("The store has stopped responding.").waitFor();
  await ui.page.unroute(isStore);
  await ui.inState("a.txt", "done");
});

test("grants that end soon", async (t) => {
  const hasty = await startServer({ UPLOAD_EXPIRES: "2" });
  t.after(() => hasty.stop());
  const open = async (t, options) => (await UploadPage.open(t, browser, hasty.url, options)).ready();

  for (const way of [WITH_PUT, WITH_FORM]) {
    await t.test(`one that has expired is replaced by itself, ${way.source}`, async (t) => {
      const ui = await open(t);
      await ui.setWay(way);
      const granted = ui.page.waitForResponse("**/users/get-upload-grant").then((response) => response.json());
      await ui.holdFirst(() => true, async () => until(Date.parse((await granted).expires_at) + 1_000));
      await ui.choose(file("late.txt", "text/plain", "late"));
      await ui.inState("late.txt", "done");
      assert.equal(ui.calls("get-upload-grant").length, 2);
      assert.deepEqual(await ui.stored("user-profile/late.txt"), isStored("text/plain", "late"));
    });
  }

  await t.test("that of a part also, and where the clock is slow", async (t) => {
    const ui = await open(t, {
      prepare: () => {
        const now = Date.now;
        Date.now = () => now() - 3_600_000;
      },
    });
    const archive = randomBytes(9 * MB);
    await ui.holdFirst((request) => request.url().includes("partNumber=2"), (request) => until(expiry(request.url()) + 1_000));
    await ui.setWay(IN_PARTS);
    await ui.choose(file("late.zip", "application/zip", archive));
    await ui.inState("late.zip", "done");
    const urls = ui.uploads().map((request) => request.url()).filter((url) => url.includes("partNumber=2"));
    assert.equal(new Set(urls).size, 2);
    assert.deepEqual(await ui.stored("user-profile/late.zip"), isStored("application/zip", archive));
  });
});
