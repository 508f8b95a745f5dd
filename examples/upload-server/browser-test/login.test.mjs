// A server with users, which asks for an access token.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./harness.mjs";
import { file, gate, isStored, UploadPage } from "./upload-page.mjs";

const ALICE = "token-for-alice-1";
const BOB = "token-for-bob-123";
let browser, server;

before(async () => {
  browser = await startBrowser();
  server = await startServer({ UPLOAD_USERS: `alice:${ALICE},bob:${BOB}` });
});

after(async () => {
  await browser?.close();
  assert.equal(await server?.stop(), 0);
  assert.doesNotMatch(server.log.join("\n"), new RegExp(`${ALICE}|${BOB}`), "no tokens in the log");
});

const open = (t, token) => UploadPage.open(t, browser, server.url, { token });
const logsOut = (page) => page.getByRole("button", { name: "Log out" });

test("each user has a token, and files of their own", async (t) => {
  const ui = await (await open(t, ALICE)).ready();
  assert.ok(await ui.page.getByText("Logged in as alice").first().isVisible());
  assert.equal(await ui.page.getByLabel("Folder").inputValue(), "user-profile/alice/");
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.inState("a.txt", "done");
  assert.deepEqual(await ui.stored("user-profile/alice/a.txt", { token: ALICE }), isStored("text/plain", "a"));

  await ui.page.reload();
  await logsOut(ui.page).waitFor();
  assert.equal(await ui.page.getByLabel("Access token").isVisible(), false, "the tab keeps the token");
});

test("without a token there is only the form", async (t) => {
  const ui = await open(t);
  const token = ui.page.getByLabel("Access token");
  await token.waitFor();
  assert.equal(await ui.page.getByLabel("Choose files").isVisible(), false);
  assert.ok(await token.evaluate((token) => token === document.activeElement));
  for (const wrong of ["wrong", "wröng", "two words"]) {
    await ui.logIn(wrong);
    await ui.page.getByRole("alert").getByText("This access token is not valid.").waitFor();
    assert.ok(await token.evaluate((token) => token === document.activeElement));
  }
  await ui.page.route("**/users/upload-settings", (route) => route.abort("connectionrefused"));
  await ui.logIn(ALICE);
  await ui.page.getByRole("alert").getByText("The server cannot be reached.").waitFor();
  await ui.page.unroute("**/users/upload-settings");

  await token.press("Enter");
  await ui.ready();
  assert.ok(await ui.page.getByLabel("Choose files").evaluate((input) => input === document.activeElement));
});

/** Lets the server no longer know the token. */
const revoke = (page) =>
  page.route("**/users/**", (route) =>
    route.request().headers().authorization === `Bearer ${ALICE}` ? route.fulfill({ status: 401 }) : route.continue());

test("a token that is no longer valid: the files wait for another one", async (t) => {
  const ui = await (await open(t, ALICE)).ready();
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.inState("a.txt", "done");
  await revoke(ui.page);
  await ui.choose(file("b.txt", "text/plain", "b"), file("c.txt", "text/plain", "c"));
  await ui.page.getByRole("alert").getByText("You are no longer logged in.").waitFor();
  await ui.card("b.txt").getByText("You are not logged in. This goes on once you have logged in.").waitFor();
  await ui.inState("a.txt", "done");
  await ui.page.unroute("**/users/**");
  await ui.logIn(ALICE);
  for (const name of ["a", "b", "c"]) {
    await ui.inState(`${name}.txt`, "done");
    assert.deepEqual(await ui.stored(`user-profile/alice/${name}.txt`, { token: ALICE }), isStored("text/plain", name));
  }
});

test("a response to the old token does not end the new login", async (t) => {
  const [held, released] = [gate(), gate()];
  let isRevoked = false;
  /** Makes another token one of Alice's. */
  const before = (page) => page.route("**/users/**", async (route) => {
    const request = route.request();
    if (request.headers().authorization !== "Bearer old") return route.continue();
    if (!isRevoked) return route.continue({ headers: { ...request.headers(), authorization: `Bearer ${ALICE}` } });
    if (request.postDataJSON()?.key.endsWith("a.txt")) {
      held.open();
      await released.opened;
    }
    await route.fulfill({ status: 401 });
  });
  const ui = await (await UploadPage.open(t, browser, server.url, { before, token: "old" })).ready();
  isRevoked = true;
  await ui.choose(file("a.txt", "text/plain", "a"), file("b.txt", "text/plain", "b"));
  await held.opened;
  await ui.card("b.txt").getByText("You are not logged in.").waitFor();
  await ui.logIn(ALICE);
  await ui.inState("b.txt", "done");
  released.open();
  await ui.inState("a.txt", "done");
  assert.equal(await ui.page.getByLabel("Access token").isVisible(), false);
});

test("somebody else who logs in gets none of it", async (t) => {
  const ui = await (await open(t, ALICE)).ready();
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.inState("a.txt", "done");
  await revoke(ui.page);
  await ui.choose(file("waiting.txt", "text/plain", "b"));
  await ui.card("waiting.txt").getByText("You are not logged in.").waitFor();
  await ui.logIn(BOB);
  await ui.page.getByText("Logged in as bob").first().waitFor();
  assert.equal(await ui.page.locator(".card").count(), 0);
  await ui.choose(file("a.txt", "text/plain", "mine"));
  await ui.inState("a.txt", "done");
  assert.deepEqual(await ui.stored("user-profile/bob/a.txt", { token: BOB }), isStored("text/plain", "mine"));
  assert.deepEqual(await ui.stored("user-profile/bob/waiting.txt", { token: BOB }), { status: 404 });
});

test("logging out", async (t) => {
  const ui = await (await open(t, ALICE)).ready();
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.inState("a.txt", "done");
  const held = gate();
  await ui.page.route("**/users/get-upload-grant", () => held.open());
  await ui.choose(file("b.txt", "text/plain", "b"));
  await held.opened;
  const asked = new Promise((resolve) => ui.page.once("dialog", (dialog) => resolve(dialog.dismiss())));
  await logsOut(ui.page).click();
  await asked;
  assert.equal(await ui.page.locator(".card").count(), 2);
  ui.page.once("dialog", (dialog) => dialog.accept());
  await logsOut(ui.page).click();
  await ui.page.getByLabel("Access token").waitFor();
  assert.equal(await ui.page.locator(".card").count(), 0);
  assert.equal(await logsOut(ui.page).isVisible(), false);
  await ui.page.reload();
  await ui.page.getByLabel("Access token").waitFor();
});
