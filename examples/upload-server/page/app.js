// Files come in, are uploaded a few at a time, and come back.

import { logOut } from "./api.js";
import { Card } from "./card.js";
import { dropped, freePath } from "./files.js";
import { Links } from "./links.js";
import "./login.js";
import { outsideFolder, Problem, unexpected } from "./problem.js";
import { say } from "./say.js";
import { belowPrefix, loadSettings, setSettings, settings } from "./settings.js";
import { kindOf } from "./types.js";
import { Upload } from "./upload.js";

const AT_A_TIME = 2;
const NOT_CONFIRMED = "Sent, but not yet confirmed";

const find = (id) => document.getElementById(id);
/** The files that came in: `{file, path, card, upload, cancelling}`. */
const items = new Set();
/** The paths of files that are in the store or on their way, with their uploads. */
const taken = new Map();
let queue = [];
let running = 0;

loadSettings().catch(() => {}); // The page shows it.

find("files").addEventListener("change", (event) => {
  add(Array.from(event.target.files, (file) => ({ file, path: file.name })));
  event.target.value = ""; // So that the same file can be chosen again.
});
listenForDrops(find("drop"));
find("form").addEventListener("submit", (event) => event.preventDefault());
addEventListener("beforeunload", (event) => {
  if (running > 0) event.preventDefault();
});
addEventListener("login", ({ detail }) => {
  if (settings?.user && settings.user !== detail.user) clear();
  setSettings(detail);
  if (detail.user) say(`Logged in as ${detail.user}`);
});
find("log-out").addEventListener("click", () => {
  if (running > 0 && !confirm("Files are still being uploaded. Log out and cancel them?")) return;
  clear();
  logOut();
  say("Logged out");
});

/** @param {{file: File, path: string}[]} files */
function add(files, notes = []) {
  const added = files.map(({ file, path }) => ({ file, path, card: new Card(file, kindOf(file, settings?.content_types)) }));
  find("list").prepend(...added.map(({ card }) => card.element));
  for (const item of added) {
    items.add(item);
    enqueue(item);
  }
  find("notes").textContent = notes.join("\n");
  say(notes.join(" "));
}

function enqueue(item, folder = find("folder").value) {
  const { file, card } = item;
  if (!item.upload?.isBegun) {
    const below = belowPrefix(folder);
    if (below === undefined) return showProblem(item, outsideFolder(settings.prefix));
    release(item);
    // macOS writes `é` as two characters, which would be another key.
    const wanted = (below + item.path).normalize("NFC");
    const path = freePath(wanted, taken);
    card.showName(path.slice(below.length), path !== wanted && `renamed, because there is another ${item.path}`);
    item.upload = new Upload(file, path, document.forms.form.elements.way.value);
    taken.set(path, item.upload);
  }
  item.cancelling = new AbortController();
  item.cancelling.signal.addEventListener("abort", () => showCancelled(item));
  card.waiting(() => item.cancelling.abort());
  queue.push(item);
  startNext();
}

async function startNext() {
  if (running === AT_A_TIME || queue.length === 0) return;
  const item = queue.shift();
  const { card, upload } = item;
  const { signal } = item.cancelling;
  running++;
  try {
    card.begun();
    const confirmed = await upload.run({
      signal,
      onProgress: (sent) => signal.aborted || card.progress(sent),
      onWait: (problem, until) => signal.aborted || card.retrying(problem, until),
      onSent: () => signal.aborted || card.confirming(),
    });
    showDone(item, confirmed);
  } catch (error) {
    if (!(error instanceof Problem) && !signal.aborted) console.error(error);
    if (!signal.aborted) showProblem(item, error instanceof Problem ? error : unexpected());
  } finally {
    running--;
    startNext();
  }
}

function showDone({ card, upload }, confirmed) {
  const links = new Links(confirmed, (onWait) => upload.confirm(confirmed, { onWait }));
  card.done(links, confirmed.type.startsWith("image/"), async (url) => {
    const isCopied = await copy(url);
    say(`${card.name}: ${isCopied ? "link copied" : "link not copied"}`);
    return isCopied;
  });
  say(`${card.name}: uploaded`);
}

function showProblem(item, problem) {
  const { card, upload } = item;
  const again = () => enqueue(item);
  if (upload?.stored === "yes") return card.failed(problem, NOT_CONFIRMED, [["Check again", again]]);
  if (upload?.stored === "perhaps") return card.failed(problem, "Perhaps uploaded", [["Try again", again]]);
  const remedies = {
    again: ["Try again", again],
    file: ["Choose another file", () => find("files").click()],
    folder: [`Upload to ${settings?.prefix}`, () => enqueue(item, "")],
  };
  const actions = [remedies[problem.remedy]];
  if (upload?.isBegun) actions.push(["Cancel", () => item.cancelling.abort()]);
  else release(item);
  card.failed(problem, "Not uploaded", actions);
}

function showCancelled(item) {
  const { card, upload } = item;
  const again = () => enqueue(item);
  queue = queue.filter((other) => other !== item);
  if (upload.stored === "yes") {
    card.cancelled(NOT_CONFIRMED, [["Check again", again]]);
    return say(`${card.name}: ${NOT_CONFIRMED}`);
  }
  const isNew = upload.stored === "no";
  const words = isNew ? "Cancelled" : "Cancelled, but it may be in the store already";
  if (isNew) release(item);
  upload.discard();
  card.cancelled(words, [["Upload again", again]]);
  say(`${card.name}: ${words}`);
}

/** Lets other files have the path. */
function release({ upload }) {
  if (taken.get(upload?.path) === upload) taken.delete(upload?.path);
}

/** Cancels and forgets everything, because it is somebody else's. */
function clear() {
  for (const item of items) {
    item.cancelling?.abort();
    item.card.element.remove();
  }
  items.clear();
  taken.clear();
}

/** Returns whether the text is in the clipboard. A page without HTTPS has none, and the user may refuse it. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function listenForDrops(target) {
  const hasFiles = (event) => event.dataTransfer.types.includes("Files");
  // Files that miss the target would replace the page.
  for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault());
  target.addEventListener("dragover", (event) => {
    event.dataTransfer.dropEffect = hasFiles(event) ? "copy" : "none";
    target.classList.toggle("over", hasFiles(event));
  });
  target.addEventListener("dragleave", () => target.classList.remove("over"));
  target.addEventListener("drop", async (event) => {
    target.classList.remove("over");
    const { files, notes } = await dropped(event.dataTransfer);
    add(files, notes);
  });
}
