// Files come in, are uploaded a few at a time, and come back.

import * as api from "./api.js";
import { Card } from "./card.js";
import { bytes } from "./format.js";
import { sendInParts } from "./parts.js";
import { Problem } from "./problem.js";
import { send } from "./send.js";

const AT_A_TIME = 2;

const find = (id) => document.getElementById(id);
let settings;
const queue = [];
let running = 0;

getSettings().then(
  ({ max_size, content_types }) => {
    const names = content_types.map((type) => type.split("/")[1].toUpperCase().replace("PLAIN", "text"));
    find("limits").textContent = `Up to ${bytes(max_size)}: ${names.join(", ")}`;
  },
  (problem) => say(`${problem.title} ${problem.advice}`),
);

find("files").addEventListener("change", (event) => {
  add(event.target.files);
  event.target.value = ""; // So that the same file can be chosen again.
});
listenForDrops(find("drop"));
find("form").addEventListener("submit", (event) => event.preventDefault());
addEventListener("beforeunload", (event) => {
  if (running > 0) event.preventDefault();
});

function add(files) {
  const cards = Array.from(files, (file) => new Card(file));
  find("list").prepend(...cards.map((card) => card.element));
  for (const card of cards) enqueue(card);
}

function enqueue(card) {
  const { file } = card;
  const cancelling = new AbortController();
  const { signal } = cancelling;
  const again = () => enqueue(card);
  signal.addEventListener("abort", () => {
    card.cancelled(again);
    say(`${file.name}: cancelled`);
  });
  card.waiting(() => cancelling.abort());
  const way = document.forms.form.elements.way.value;
  queue.push({ card, signal, way, folder: find("folder").value, again });
  startNext();
}

async function startNext() {
  if (running === AT_A_TIME || queue.length === 0) return;
  const { card, signal, way, folder, again } = queue.shift();
  const { file } = card;
  if (signal.aborted) return startNext();
  running++;
  try {
    card.begun();
    const key = keyFor(folder, file.name);
    await upload(file, key, way, card, signal);
    await showResult(key, file, card);
    say(`${file.name}: uploaded`);
  } catch (error) {
    if (!signal.aborted) {
      if (!(error instanceof Problem)) console.error(error);
      const unexpected = new Problem("refused", "Something unexpected happened.", "Please try again.");
      card.failed(error instanceof Problem ? error : unexpected, again);
    }
  } finally {
    running--;
    startNext();
  }
}

async function upload(file, key, way, card, signal) {
  const { max_size, max_single_request, parts_from } = await getSettings();
  if (file.size > max_size) {
    throw new Problem("refused", "The file is too large.", `It has ${bytes(file.size)}; ${bytes(max_size)} are the most.`);
  }
  const request = { key, type: file.type, size: file.size };
  const onProgress = (sent) => signal.aborted || card.progress(sent);
  const inParts = way === "auto" ? file.size >= Math.min(parts_from, max_single_request) : way === "parts";
  if (inParts) {
    const onRetry = (part) => signal.aborted || card.retrying(part);
    return sendInParts(file, request, { signal, onProgress, onRetry });
  }
  // Without a method, the server chooses one that the store can hold to the size.
  const grant = await api.uploadUrl(way === "auto" ? request : { ...request, method: way }, signal);
  await send(grant, file, { signal, onProgress });
}

async function showResult(key, file, card) {
  const [show, save] = await Promise.all([api.downloadUrl(key, false), api.downloadUrl(key, true)]);
  card.done(show, save, async () => {
    const isCopied = await copy(show.url);
    card.copied(isCopied);
    say(`${file.name}: ${isCopied ? "link copied" : "link not copied"}`);
  });
}

/** Whether the text is in the clipboard. A page without HTTPS has none, and the user may refuse it. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Asks the server once, or until it answers. */
function getSettings() {
  settings ??= api.settings().catch((problem) => {
    settings = undefined;
    throw problem;
  });
  return settings;
}

/** macOS writes `é` as two characters, which would be another key. */
function keyFor(folder, name) {
  return `${folder}${folder === "" || folder.endsWith("/") ? "" : "/"}${name.normalize("NFC")}`;
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
  target.addEventListener("drop", (event) => {
    target.classList.remove("over");
    add(event.dataTransfer.files);
  });
}

/** For those who do not see the page. */
function say(words) {
  find("status").textContent = words;
}
