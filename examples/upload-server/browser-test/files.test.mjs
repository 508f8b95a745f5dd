// What comes in: names, types, sizes and folders.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./harness.mjs";
import { png } from "./png.mjs";
import { file, isStored, MB, UploadPage } from "./upload-page.mjs";

let browser, server;

before(async () => {
  browser = await startBrowser();
  server = await startServer({ UPLOAD_MAX_SIZE: "25000000" });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const open = async (t, url = server.url) => (await UploadPage.open(t, browser, url)).ready();

test("types that systems call otherwise, or do not know", async (t) => {
  const ui = await open(t);
  const accept = (await ui.page.getByLabel("Choose files").getAttribute("accept")).split(",");
  for (const expected of ["image/jpeg", ".jpg", ".jpeg", "application/zip", ".zip", "text/plain", ".txt", ".avif"]) {
    assert.ok(accept.includes(expected), expected);
  }
  const files = [
    [file("windows.zip", "application/x-zip-compressed", "zip"), "application/zip"],
    [file("UNKNOWN.AVIF", "", "avif"), "image/avif"],
    [file("old.jpg", "image/pjpeg", "jpeg"), "image/jpeg"],
    [file("server.log", "application/octet-stream", "log"), "text/plain"],
  ];
  await ui.choose(...files.map(([file]) => file));
  for (const [{ name, buffer }, type] of files) {
    await ui.inState(name, "done");
    assert.deepEqual(await ui.stored(`user-profile/${name}`), isStored(type, buffer));
  }
});

test("types of office programs, where the system knows none", async (t) => {
  const office = ["application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text", "text/csv"];
  const server = await startServer({ UPLOAD_CONTENT_TYPES: office.join() });
  t.after(() => server.stop());
  const ui = await open(t, server.url);
  assert.equal(await ui.page.locator("#limits").innerText(), "Up to 1 GB: Word, OpenDocument, and CSV");
  // Windows takes CSV for Excel's.
  const types = { "a.doc": "", "b.docx": "", "c.odt": "", "d.csv": "application/vnd.ms-excel" };
  await ui.choose(...Object.entries(types).map(([name, type]) => file(name, type, name)));
  for (const [index, name] of Object.keys(types).entries()) {
    await ui.inState(name, "done");
    assert.deepEqual(await ui.stored(`user-profile/${name}`), isStored(office[index], name));
  }
});

test("types that are not permitted, in words", async (t) => {
  const ui = await open(t);
  await ui.choose(file("page.html", "text/html", "<script>"), file("unknown", "", "?"));
  for (const name of ["page.html", "unknown"]) {
    const advice = /^Choose a file of another type: PNG, JPEG, GIF, WebP, AVIF, PDF, ZIP, text, or MP4\.$/;
    await ui.assertProblem(name, "Files of this type cannot be uploaded.", advice);
    assert.equal(await ui.button(name, "Try again").count(), 0);
  }
  assert.equal(ui.calls("get-upload-grant").length, 0);
  const chosen = ui.page.waitForEvent("filechooser");
  await ui.button("page.html", "Choose another file").click();
  await (await chosen).setFiles(file("page.txt", "text/plain", "text"));
  await ui.inState("page.txt", "done");
  assert.doesNotMatch(await ui.page.locator("main").innerText(), /\b(image|text|application|video)\//);
});

test("a file that is too large", async (t) => {
  const ui = await open(t);
  await ui.choose(file("huge.zip", "application/zip", Buffer.alloc(25 * MB + 1)));
  await ui.assertProblem("huge.zip", "The file is too large.", /at most 25 MB/);
  assert.equal(await ui.button("huge.zip", "Try again").count(), 0);
  assert.equal(ui.uploads().length, 0);
});

test("folders that the server does not allow", async (t) => {
  const ui = await open(t);
  await ui.setFolder("somebody-else/");
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.assertProblem("a.txt", "Files cannot go into this folder.", /starts with user-profile\//);
  assert.equal(await ui.button("a.txt", "Try again").count(), 0);
  await ui.setFolder("user-profile/../somebody-else");
  await ui.choose(file("b.txt", "text/plain", "b"));
  await ui.assertProblem("b.txt", "This folder cannot be used.", /Between two slashes/);
  assert.match(await ui.card("b.txt").locator(".problem-detail").textContent(), /^422 · key_segment · request [\w-]{36}$/);
  assert.equal(ui.uploads().length, 0);

  for (const name of ["a.txt", "b.txt"]) {
    await ui.button(name, "Upload to user-profile/").click();
    await ui.inState(name, "done");
    assert.deepEqual(await ui.stored(`user-profile/${name}`), isStored("text/plain", name[0]));
  }
  await ui.setFolder("user-profile/a b/ä");
  await ui.choose(file("c.txt", "text/plain", "c"));
  await ui.inState("c.txt", "done");
  assert.deepEqual(await ui.stored("user-profile/a b/ä/c.txt"), isStored("text/plain", "c"));
});

test("two files of one name", async (t) => {
  const ui = await open(t);
  await ui.choose(file("a.txt", "text/plain", "first"), file("a.txt", "text/plain", "second"));
  await ui.choose(file("a.txt", "text/plain", "third"), file("no extension", "text/plain", "1"), file("no extension", "text/plain", "2"));
  // macOS writes `é` as two characters.
  await ui.choose(file("caf\u00e9.txt", "text/plain", "composed"), file("cafe\u0301.txt", "text/plain", "decomposed"));
  const expected = { "a.txt": "first", "a (2).txt": "second", "a (3).txt": "third", "no extension": "1", "no extension (2)": "2",
    "caf\u00e9.txt": "composed", "caf\u00e9 (2).txt": "decomposed" };
  for (const [name, content] of Object.entries(expected)) {
    await ui.inState(name, "done");
    assert.deepEqual(await ui.stored(`user-profile/${name}`), isStored("text/plain", content));
  }
  assert.match(await ui.card("a (2).txt").locator(".meta").textContent(), /renamed, because there is another a\.txt/);
  // In another folder the name is free.
  await ui.setFolder("user-profile/other");
  await ui.choose(file("a.txt", "text/plain", "other"));
  await ui.page.locator(".card[data-state=done]").nth(7).waitFor();
  assert.deepEqual(await ui.stored("user-profile/other/a.txt"), isStored("text/plain", "other"));
});

test("a name is free again when its file was cancelled", async (t) => {
  const ui = await open(t);
  await ui.page.route("**/users/get-upload-grant", () => {});
  await ui.choose(file("a.txt", "text/plain", "a"));
  await ui.button("a.txt", "Cancel").click();
  await ui.inState("a.txt", "cancelled");
  await ui.page.unroute("**/users/get-upload-grant");
  await ui.choose(file("a.txt", "text/plain", "b"));
  await ui.inState("a.txt", "done");
  await ui.button("a.txt", "Upload again").click();
  await ui.inState("a (2).txt", "done");
});

test("a file that a script drops", async (t) => {
  const ui = await open(t);
  const dataTransfer = await ui.page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["dropped"], "dropped.txt", { type: "text/plain" }));
    return transfer;
  });
  await ui.page.dispatchEvent("#drop", "dragover", { dataTransfer });
  assert.ok(await ui.page.locator("#drop.over").isVisible());
  await ui.page.dispatchEvent("#drop", "drop", { dataTransfer });
  await ui.inState("dropped.txt", "done");
  assert.deepEqual(await ui.stored("user-profile/dropped.txt"), isStored("text/plain", "dropped"));
});

test("folders and files that are dropped from the system", async (t) => {
  const directory = await mkdtemp(join(tmpdir(), "drop-"));
  t.after(() => rm(directory, { recursive: true }));
  const files = { "note.txt": "note", "trip/one.txt": "1", "trip/day 2/ö.txt": "2" };
  // Browsers read directories by the hundred.
  for (let number = 0; number < 120; number++) files[`trip/many/${number}.html`] = "";
  for (const path of ["trip/day 2", "trip/nothing", "trip/many", "empty"]) await mkdir(join(directory, path), { recursive: true });
  for (const [path, content] of Object.entries(files)) await writeFile(join(directory, path), content);

  const ui = await open(t);
  await drop(ui.page, ["note.txt", "trip", "empty"].map((path) => join(directory, path)));
  for (const path of ["note.txt", "trip/one.txt", "trip/day 2/ö.txt"]) {
    await ui.inState(path, "done");
    assert.deepEqual(await ui.stored(`user-profile/${path}`), isStored("text/plain", files[path]));
  }
  assert.equal(await ui.page.locator(".card").count(), 123);
  await ui.page.getByText("Without files, so there is nothing to upload: trip/nothing, empty").first().waitFor();

  // Another folder of the same name is another one only for the system.
  await drop(ui.page, [join(directory, "trip", "day 2")]);
  await ui.inState("day 2/ö.txt", "done");
  await drop(ui.page, [join(directory, "note.txt")]);
  await ui.inState("note (2).txt", "done");
  assert.equal(await ui.page.getByText("there is nothing to upload").first().isVisible(), false);
});

/** Drops files and folders as a person does. */
async function drop(page, files) {
  const { x, y } = await page.locator("#drop").boundingBox();
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await client.send("Input.dispatchDragEvent", { type, x: x + 20, y: y + 20, data });
  }
}

test("a picture without an extension still has a preview", async (t) => {
  const ui = await open(t);
  await ui.choose(file("photo", "image/png", png(8, 8)));
  await ui.page.getByAltText("photo, as it is in the store").waitFor();
});
