// The page, as its user sees it and operates it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const MB = 1_000_000;
export const [WITH_PUT, WITH_FORM, IN_PARTS] = [/^With PUT/, /^With a POST form/, /^In parts/];
export const file = (name, mimeType, buffer) => ({ name, mimeType, buffer: Buffer.from(buffer) });
export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** What `stored` returns for an object. */
export const isStored = (type, bytes) => ({ status: 200, type, hash: sha256(bytes) });

/** Whether a URL is one of the embedded store's. */
export const isStore = (url) => url.pathname.startsWith("/user-media");

/** A promise, and the function that resolves it. */
export function gate() {
  let open;
  const opened = new Promise((resolve) => (open = resolve));
  return { open, opened };
}

export class UploadPage {
  /** The requests to the server and to the store. */
  requests = [];
  #complaints = [];
  #directory;

  /**
   * Opens the page in a context of its own, and closes it after the test.
   *
   * @param {{prepare?: Function, before?: Function, token?: string}} options what to run in the page before its own
   *     scripts, what to do before the page is loaded, and how to log in
   */
  static async open(t, browser, url, { prepare, before, token } = {}) {
    const page = await browser.newPage();
    const opened = new UploadPage();
    Object.assign(opened, { page, url });
    t.after(() => opened.#close());
    opened.#observe();
    page.setDefaultTimeout(20_000);
    if (prepare) await page.addInitScript(prepare);
    await before?.(page);
    await page.goto(url);
    if (token) await opened.logIn(token);
    return opened;
  }

  /** Waits until the page has its settings, and lets it try again at once, as often as usual. */
  async ready(pace = { first: 10, longest: 100 }) {
    await this.page.getByText("Up to").waitFor();
    await this.page.evaluate((pace) => import("/retry.js").then((module) => Object.assign(module.pace, pace)), pace);
    return this;
  }

  async choose(...files) {
    const isLarge = files.some(({ buffer }) => buffer.length > MB);
    await this.page.getByLabel("Choose files").setInputFiles(isLarge ? await this.onDisk(...files) : files);
  }

  /** Writes files to a directory, from where the browser reads large ones much faster. Returns their paths. */
  async onDisk(...files) {
    this.#directory ??= await mkdtemp(join(tmpdir(), "upload-page-"));
    return Promise.all(files.map(async ({ name, buffer }) => {
      const path = join(this.#directory, name);
      await writeFile(path, buffer);
      return path;
    }));
  }

  /** Waits until the card of a file is in a state. */
  async inState(name, state) {
    const card = this.page.locator(`.card[data-state=${state}]`, { has: this.#name(name) });
    await card.waitFor().catch(async (error) => {
      error.message += `\nThe page shows:\n${await this.page.locator("#list").innerText()}`;
      throw error;
    });
  }

  card(name) {
    return this.page.locator(".card", { has: this.#name(name) });
  }

  button(name, label) {
    return this.card(name).getByRole("button", { name: label });
  }

  link(name, label) {
    return this.card(name).getByRole("link", { name: `${label}: ` });
  }

  words(name) {
    return this.card(name).locator(".state").textContent();
  }

  async assertProblem(name, title, advice) {
    await this.inState(name, "failed");
    assert.equal(await this.card(name).locator(".problem-title").textContent(), title);
    if (advice) assert.match(await this.card(name).locator(".problem-advice").textContent(), advice);
    await this.card(name).getByRole("alert").waitFor();
  }

  async setWay(name) {
    await this.openOptions();
    await this.page.getByRole("radio", { name }).check();
  }

  async openOptions() {
    if (!(await this.page.getByLabel("Folder").isVisible())) await this.page.getByText("Options").click();
  }

  async setFolder(folder) {
    await this.openOptions();
    await this.page.getByLabel("Folder").fill(folder);
  }

  async logIn(token) {
    await this.page.getByLabel("Access token").fill(token);
    await this.page.getByRole("button", { name: "Log in" }).click();
  }

  /** The files, parts and forms that were sent to the store. */
  uploads() {
    return this.requests.filter((request) => isStore(new URL(request.url())) && ["PUT", "POST"].includes(request.method()));
  }

  partNumbers() {
    return this.uploads().map((request) => Number(new URL(request.url()).searchParams.get("partNumber"))).sort();
  }

  /** The requests for one path of the server. */
  calls(path) {
    return this.requests.filter((request) => new URL(request.url()).pathname === `/users/${path}`);
  }

  /** What the page got from the server. */
  async responses(path) {
    return Promise.all(this.calls(path).map(async (request) => (await request.response()).json()));
  }

  /** Holds back the first upload that fits until `released` resolves. */
  async holdFirst(fits, released) {
    let isFirst = true;
    await this.page.route(isStore, async (route) => {
      const holds = isFirst && fits(route.request());
      if (holds) isFirst = false;
      if (holds) await released(route.request());
      await route.continue().catch(() => {}); // It may have been cancelled.
    });
  }

  /** What the store has under a key, read without the browser. */
  async stored(key, { url = this.url, token } = {}) {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(`${url}/users/get-file-download-url?${new URLSearchParams({ key })}`, { headers });
    if (response.status === 404) return { status: 404 };
    const object = response.ok ? await fetch((await response.json()).url) : response;
    // The embedded store can be told to fail.
    if (object.status >= 500) return this.stored(key, { url, token });
    const [type] = object.headers.get("content-type").split(";");
    return { status: object.status, type, hash: sha256(Buffer.from(await object.arrayBuffer())) };
  }

  #name(name) {
    return this.page.locator(".name").getByText(name, { exact: true });
  }

  #observe() {
    this.page.on("pageerror", (error) => this.#complaints.push(String(error)));
    this.page.on("console", (message) => {
      if (/Content.Security.Policy|Trusted|Unexpected/.test(message.text())) this.#complaints.push(message.text());
    });
    this.page.on("request", (request) => this.requests.push(request));
  }

  async #close() {
    await this.page.context().close();
    if (this.#directory) await rm(this.#directory, { recursive: true });
    assert.deepEqual(this.#complaints, [], "the page broke one of its own rules");
  }
}
