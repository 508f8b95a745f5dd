// A server that is restarted while the page is open. Its embedded store then has another port and no objects, and its
// settings may be others.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./harness.mjs";
import { freeAddress } from "./proxy.mjs";
import { file, gate, IN_PARTS, isStored, isStore, MB, UploadPage, WITH_FORM, WITH_PUT } from "./upload-page.mjs";

const TOKEN = "token-for-alice-1";
let browser;

before(async () => (browser = await startBrowser()));
after(() => browser?.close());

/** Starts a server that `restart` replaces at the same address. */
async function startRestartable(t) {
  const UPLOAD_LISTEN = await freeAddress();
  let server = await startServer({ UPLOAD_LISTEN });
  t.after(() => server.stop());
  const start = async (settings) => (server = await startServer({ UPLOAD_LISTEN, ...settings }));
  return {
    url: server.url,
    stop: () => server.stop(),
    start,
    restart: async (settings) => {
      await server.stop();
      await start(settings);
    },
  };
}

const open = async (t, server) => (await UploadPage.open(t, browser, server.url)).ready();

test("between two files: the page goes on with the new settings", async (t) => {
  const server = await startRestartable(t);
  const ui = await open(t, server);
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.inState("a.txt", "done");
  await server.restart({ UPLOAD_MAX_SIZE: "2000000", UPLOAD_CONTENT_TYPES: "text/plain,text/csv" });
  await ui.choose(file("b.txt", "text/plain", "b"));
  await ui.inState("b.txt", "done");
  assert.deepEqual(await ui.stored("user-profile/b.txt"), isStored("text/plain", "b"));
  await ui.page.getByText("Up to 2 MB: text and CSV").waitFor();
});

test("what the page knows is outdated: it permits what the server refuses, and the other way round", async (t) => {
  const server = await startRestartable(t);
  const ui = await open(t, server);
  await server.restart({ UPLOAD_MAX_SIZE: "2000000", UPLOAD_CONTENT_TYPES: "text/plain,text/csv" });
  await ui.choose(file("a.png", "image/png", "a"));
  await ui.assertProblem("a.png", "Files of this type cannot be uploaded.", /text or CSV\.$/);
  await server.restart({ UPLOAD_MAX_SIZE: "2000000", UPLOAD_CONTENT_TYPES: "image/png" });
  await ui.choose(file("b.png", "image/png", "b"));
  await ui.inState("b.png", "done");
  await server.restart({ UPLOAD_MAX_SIZE: "3" });
  await ui.choose(file("c.png", "image/png", "four"));
  await ui.assertProblem("c.png", "The file is too large.", /at most 3 bytes/);
});

test("in the middle of a file in parts: it starts over by itself", async (t) => {
  const server = await startRestartable(t);
  const ui = await open(t, server);
  const archive = randomBytes(9 * MB);
  const [held, released] = [gate(), gate()];
  await ui.page.route(isStore, async (route) => {
    if (route.request().url().includes("partNumber=2")) {
      held.open();
      await released.opened;
    }
    await route.continue();
  });
  await ui.setWay(IN_PARTS);
  await ui.choose(file("a.zip", "application/zip", archive));
  await held.opened;
  await server.restart({ UPLOAD_MAX_SIZE: "50000000" });
  released.open();
  await ui.inState("a.zip", "done");
  assert.deepEqual(await ui.stored("user-profile/a.zip"), isStored("application/zip", archive));
  await ui.page.getByText("Up to 50 MB").waitFor();
  assert.equal(ui.calls("create-multipart-upload").length, 2);
});

for (const way of [WITH_PUT, WITH_FORM]) {
  test(`in the middle of a file, ${way.source}`, async (t) => {
    const server = await startRestartable(t);
    const ui = await open(t, server);
    const [held, released] = [gate(), gate()];
    await ui.holdFirst(() => true, () => (held.open(), released.opened));
    await ui.setWay(way);
    await ui.choose(file("a.txt", "text/plain", "a"));
    await held.opened;
    await server.restart();
    released.open();
    await ui.inState("a.txt", "done");
    assert.deepEqual(await ui.stored("user-profile/a.txt"), isStored("text/plain", "a"));
  });
}

test("before the file is confirmed: it is sent again", async (t) => {
  const server = await startRestartable(t);
  const ui = await open(t, server);
  const [held, released] = [gate(), gate()];
  await ui.page.route("**/users/confirm-upload", async (route) => {
    held.open();
    await released.opened;
    await route.continue();
  });
  await ui.choose(file("a.txt", "text/plain", "a"));
  await held.opened;
  await server.restart();
  released.open();
  await ui.inState("a.txt", "done");
  assert.deepEqual(await ui.stored("user-profile/a.txt"), isStored("text/plain", "a"));
});

test("a server that is away for a while", async (t) => {
  const server = await startRestartable(t);
  const ui = await (await UploadPage.open(t, browser, server.url)).ready({ first: 200, longest: 200 });
  await server.stop();
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.card("a.txt").getByText("The server cannot be reached. Trying again in 1 second.").waitFor();
  await server.start();
  await ui.inState("a.txt", "done");
  assert.deepEqual(await ui.stored("user-profile/a.txt"), isStored("text/plain", "a"));
});

test("with users now: the folder follows, and the file goes there", async (t) => {
  const server = await startRestartable(t);
  const ui = await open(t, server);
  await ui.setFolder("user-profile/trips/");
  await server.restart({ UPLOAD_USERS: `alice:${TOKEN}` });
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.card("a.txt").getByText("You are not logged in.").waitFor();
  await ui.logIn(TOKEN);
  await ui.inState("a.txt", "done");
  assert.deepEqual(await ui.stored("user-profile/alice/trips/a.txt", { token: TOKEN }), isStored("text/plain", "a"));
  assert.equal(await ui.page.getByLabel("Folder").inputValue(), "user-profile/alice/trips/");
});
