// The page as such: before it has its settings, on a small screen, by keyboard, and for assistive technology.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./harness.mjs";
import { png } from "./png.mjs";
import { file, UploadPage } from "./upload-page.mjs";

const TOKEN = "token-for-alice-1";
let browser, server;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const open = async (t) => (await UploadPage.open(t, browser, server.url)).ready();

test("settings that fail to load: the page says so, tries again, and then asks", async (t) => {
  let isDown = true;
  const ui = await UploadPage.open(t, browser, server.url, {
    before: (page) => page.route("**/users/upload-settings", (route) => (isDown ? route.abort("connectionrefused") : route.continue())),
  });
  const trouble = ui.page.locator("#trouble");
  await trouble.getByText("The server cannot be reached. Trying again in 1 second.").waitFor();
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.page.evaluate(() => import("/retry.js").then(({ pace }) => Object.assign(pace, { first: 10, longest: 100 })));
  const again = trouble.getByRole("button", { name: "Try again" });
  await again.waitFor();
  assert.match(await trouble.innerText(), /^The server cannot be reached\. Check your network\./);
  await ui.assertProblem("a.txt", "The server cannot be reached.");
  isDown = false;
  await again.click();
  await ui.ready();
  assert.equal(await trouble.isVisible(), false);
  await ui.button("a.txt", "Try again").click();
  await ui.inState("a.txt", "done");
});

/** Brings cards into all states. */
async function fill(ui, name = (text) => text) {
  const { page } = ui;
  await page.getByText("Options").click();
  await ui.choose(file(name("done.png"), "image/png", png(16, 16)), file(name("bad.html"), `x/${name("type")}`, "bad"));
  await ui.inState(name("done.png"), "done");
  await ui.inState(name("bad.html"), "failed");
  await page.route("**/users/confirm-upload", (route) => route.fulfill({ status: 404, json: { error: { code: "other_object", message: "" } } }));
  await ui.choose(file(name("failed.txt"), "text/plain", "a"));
  await ui.inState(name("failed.txt"), "failed");
  await page.route("**/users/get-upload-grant", (route) => route.fulfill({ status: 503, headers: { "retry-after": "300" } }));
  await ui.choose(file(name("cancelled.txt"), "text/plain", "a"), file(name("retrying.txt"), "text/plain", "a"));
  await ui.button(name("cancelled.txt"), "Cancel").click();
  await ui.inState(name("cancelled.txt"), "cancelled");
  await ui.inState(name("retrying.txt"), "retrying");
  await page.route("**/users/get-upload-grant", () => {});
  await ui.choose(file(name("running.txt"), "text/plain", "a"), file(name("waiting.txt"), "text/plain", "a"));
  await ui.inState(name("running.txt"), "uploading");
  await ui.inState(name("waiting.txt"), "waiting");
}

async function violations(page) {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

for (const colorScheme of ["light", "dark"]) {
  test(`accessible, ${colorScheme}`, async (t) => {
    const ui = await open(t);
    await ui.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await fill(ui);
    assert.deepEqual(await violations(ui.page), []);
  });

  test(`accessible with users, ${colorScheme}`, async (t) => {
    const server = await startServer({ UPLOAD_USERS: `alice:${TOKEN}` });
    t.after(() => server.stop());
    const ui = await UploadPage.open(t, browser, server.url);
    await ui.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await ui.logIn("wrong");
    await ui.page.getByText("This access token is not valid.").waitFor();
    assert.deepEqual(await violations(ui.page), []);
    await ui.logIn(TOKEN);
    await ui.ready();
    assert.deepEqual(await violations(ui.page), []);
  });
}

test("nothing is wider than the screen of a phone", async (t) => {
  const user = "a".repeat(60);
  const types = `text/plain,image/png,application/${"x".repeat(80)}`;
  const server = await startServer({ UPLOAD_USERS: `${user}:${TOKEN}`, UPLOAD_CONTENT_TYPES: types });
  t.after(() => server.stop());
  const ui = await UploadPage.open(t, browser, server.url);
  await ui.page.setViewportSize({ width: 320, height: 640 });
  const width = () => ui.page.evaluate(() => document.documentElement.scrollWidth);
  await ui.page.getByLabel("Access token").waitFor();
  assert.equal(await width(), 320);
  await ui.logIn(TOKEN);
  await ui.ready();
  await fill(ui, (name) => "long".repeat(40) + name);
  assert.equal(await width(), 320);
  await ui.setFolder("elsewhere");
  await ui.choose(file("b.txt", "text/plain", "b"));
  await ui.inState("b.txt", "failed");
  assert.equal(await width(), 320);
});

test("the keyboard reaches everything", async (t) => {
  const ui = await open(t);
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.inState("a.txt", "done");
  const reached = [];
  for (let step = 0; step < 6; step++) {
    await ui.page.keyboard.press("Tab");
    reached.push(await ui.page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.id ?? ""));
  }
  assert.deepEqual(reached.slice(0, 1), ["files"]);
  assert.deepEqual(reached.slice(2, 5), ["Open: a.txt", "Download: a.txt", "Copy link: a.txt"]);
});
