// The links to a file that was uploaded.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./harness.mjs";
import { png } from "./png.mjs";
import { file, UploadPage } from "./upload-page.mjs";

const TEXT = "Grüße aus 日本: ½ €";
let browser, server, hasty;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  // All of its links have to be renewed before they are followed.
  hasty = await startServer({ UPLOAD_EXPIRES: "2" });
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await hasty?.stop();
});

const open = async (t, { url }, options) => (await UploadPage.open(t, browser, url, options)).ready();
const expired = async (link) => {
  const { status } = await fetch(link);
  return status === 403 || (await new Promise((resolve) => setTimeout(resolve, 200)), expired(link));
};

test("text is shown in every script", async (t) => {
  const ui = await open(t, server);
  await ui.choose(file("a.txt", "text/plain", TEXT));
  await ui.inState("a.txt", "done");
  const [shown] = await Promise.all([ui.page.waitForEvent("popup"), ui.link("a.txt", "Open").click()]);
  await shown.waitForLoadState();
  assert.equal(await shown.locator("body").innerText(), TEXT);
  assert.equal(await shown.evaluate(() => document.characterSet), "UTF-8");
  const [download] = await Promise.all([ui.page.waitForEvent("download"), ui.link("a.txt", "Download").click()]);
  assert.equal(download.suggestedFilename(), "a.txt");
  assert.equal(await readFile(await download.path(), "utf8"), TEXT);
  assert.equal(ui.calls("confirm-upload").length, 1, "the links were still valid");
});

test("a link that is copied", async (t) => {
  const ui = await open(t, server);
  await ui.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await ui.choose(file("a.txt", "text/plain", "copied"));
  await ui.inState("a.txt", "done");
  await ui.button("a.txt", "Copy link").click();
  await ui.page.getByText("The link is in your clipboard. The link works until").waitFor();
  const link = await ui.page.evaluate(() => navigator.clipboard.readText());
  assert.equal(await (await fetch(link)).text(), "copied");

  await ui.page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error("denied"))));
  await ui.button("a.txt", "Copy link").click();
  await ui.page.getByText("The browser did not copy the link").waitFor();
});

test("links that have expired are renewed when they are used", async (t) => {
  const ui = await open(t, hasty);
  await ui.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await ui.choose(file("a.txt", "text/plain", TEXT), file("b.png", "image/png", png(8, 8)));
  await ui.inState("a.txt", "done");
  await ui.inState("b.png", "done");
  const first = await ui.link("a.txt", "Open").getAttribute("href");
  await expired(first);

  const [shown] = await Promise.all([ui.page.waitForEvent("popup"), ui.link("a.txt", "Open").click()]);
  await shown.waitForLoadState();
  assert.equal(await shown.locator("body").innerText(), TEXT);
  assert.notEqual(shown.url(), first);
  assert.match(await ui.words("a.txt"), /^This is a new link\. The link works until /);

  await expired(shown.url());
  const middle = ui.link("a.txt", "Open").click({ button: "middle" });
  const [other] = await Promise.all([ui.page.context().waitForEvent("page"), middle]);
  await other.waitForLoadState();
  assert.equal(await other.locator("body").innerText(), TEXT);

  await expired(other.url());
  const [download] = await Promise.all([ui.page.waitForEvent("download"), ui.link("a.txt", "Download").click()]);
  assert.equal(await readFile(await download.path(), "utf8"), TEXT);

  const [picture] = await Promise.all([ui.page.waitForEvent("popup"), ui.card("b.png").locator("a.result").click()]);
  await picture.waitForLoadState();
  assert.equal(await picture.locator("img").evaluate((image) => image.naturalWidth), 8);

  await expired(await ui.link("a.txt", "Download").getAttribute("href"));
  await ui.button("a.txt", "Copy link").click();
  await ui.page.getByText("The link is in your clipboard.").waitFor();
  const link = await ui.page.evaluate(() => navigator.clipboard.readText());
  assert.equal(await (await fetch(link)).text(), TEXT);
});

test("a link that has expired where the clock is slow", async (t) => {
  const ui = await open(t, hasty, {
    prepare: () => {
      const now = Date.now;
      Date.now = () => now() - 3_600_000;
    },
  });
  await ui.choose(file("a.txt", "text/plain", TEXT));
  await ui.inState("a.txt", "done");
  await expired(await ui.link("a.txt", "Open").getAttribute("href"));
  const [shown] = await Promise.all([ui.page.waitForEvent("popup"), ui.link("a.txt", "Open").click()]);
  await shown.waitForLoadState();
  assert.equal(await shown.locator("body").innerText(), TEXT);
});

test("a link that cannot be renewed", async (t) => {
  const ui = await open(t, hasty);
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.inState("a.txt", "done");
  const error = { status: 404, json: { error: { code: "no_such_object", message: "" } } };
  await ui.page.route("**/users/confirm-upload", (route) => route.fulfill(error));
  await ui.link("a.txt", "Open").click();
  await ui.card("a.txt").getByText("The store does not have the file.").waitFor();
  await ui.page.unroute("**/users/confirm-upload");
  await Promise.all([once(ui.page, "popup"), ui.link("a.txt", "Open").click()]);
});
