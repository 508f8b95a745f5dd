// What the server permits, and what the page shows of it. It changes if the server is restarted or somebody logs in.

import * as api from "./api.js";
import { bytes } from "./format.js";
import { retrying } from "./retry.js";
import { say } from "./say.js";
import { acceptOf, namesOf } from "./types.js";
import { showWait } from "./waiting.js";

const find = (id) => document.getElementById(id);
/** The settings, once they are known. */
export let settings;
let loading;
let stopWait = () => {};

find("load-again").addEventListener("click", () => loadSettings().catch(() => {}));

/** Returns the settings, from the server if they are not known yet. */
export const getSettings = async () => settings ?? loadSettings();

/** Gets the settings from the server, as often as that takes. */
export function loadSettings() {
  loading ??= retrying(api.settings, { onWait })
    .then(setSettings)
    .catch((problem) => {
      showTrouble(problem);
      throw problem;
    })
    .finally(() => (loading = undefined));
  return loading;
}

/** Whether the server has other settings than those. */
export async function haveChanged(known) {
  return JSON.stringify(await loadSettings()) !== JSON.stringify(known);
}

/** Gets the settings again if a grant is for another store: then the server was restarted, with a store of its own. */
export function noticeStoreOf(grant) {
  if (new URL(grant.url).origin !== settings.store_origin) loadSettings().catch(() => {});
}

export function setSettings(current) {
  const before = settings;
  settings = current;
  stopWait();
  find("trouble").hidden = true;
  find("limits").textContent = `Up to ${bytes(current.max_size)}: ${namesOf(current.content_types, "and")}`;
  find("files").accept = acceptOf(current.content_types);
  find("user").hidden = current.user === null;
  find("user-name").textContent = current.user;

  const folder = find("folder");
  if (!before) folder.value = current.prefix;
  else if (folder.value.startsWith(before.prefix)) folder.value = current.prefix + folder.value.slice(before.prefix.length);
  folder.disabled = false;
  find("folder-hint").textContent = `It starts with ${current.prefix}. A file of the same name in it is replaced.`;
  return current;
}

/** Returns the part of a folder that follows the prefix, or undefined if the folder is not permitted. */
export function belowPrefix(folder) {
  if (folder === "") return "";
  const whole = folder.endsWith("/") ? folder : `${folder}/`;
  return whole.startsWith(settings.prefix) ? whole.slice(settings.prefix.length) : undefined;
}

function onWait(problem, until) {
  if (problem.needsLogin) return; // The form says so.
  stopWait();
  find("trouble").hidden = false;
  find("load-again").hidden = true;
  stopWait = showWait(find("trouble-words"), problem, until);
}

function showTrouble({ title, advice }) {
  stopWait();
  find("trouble").hidden = false;
  find("load-again").hidden = false;
  find("trouble-words").textContent = `${title} ${advice}`;
  say(`${title} ${advice}`);
}
