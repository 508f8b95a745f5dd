// What the page shows of one file.

import { bytes, duration, Speed, time } from "./format.js";
import { notShown } from "./problem.js";
import { retrying } from "./retry.js";
import { showWait } from "./waiting.js";

export class Card {
  #file;
  #name;
  #facts;
  #root;
  #speed;
  #links;
  #stopWait = () => {};

  constructor(file, kind) {
    this.#file = file;
    this.#facts = [bytes(file.size), kind];
    this.#root = document.querySelector("#card").content.cloneNode(true).firstElementChild;
    this.showName(file.name);
    this.#showThumb();
  }

  get element() {
    return this.#root;
  }

  get name() {
    return this.#name;
  }

  /** Shows the name that the file has in the store, and why it is another one than its own. */
  showName(name, reason) {
    this.#name = name;
    this.#find(".name").textContent = name;
    this.#find(".meta").textContent = [...this.#facts, reason].filter(Boolean).join(" · ");
    this.#find("progress").ariaLabel = `Upload of ${name}`;
  }

  waiting(cancel) {
    this.#speed = new Speed();
    this.#set("waiting", "Waiting");
    this.#find("progress").value = 0;
    this.#actions([["Cancel", cancel]]);
  }

  begun() {
    this.#set("uploading", "Asking for permission");
  }

  progress(sent) {
    const total = this.#file.size;
    this.#speed.add(sent);
    this.#find("progress").value = total ? sent / total : 1;
    const speed = this.#speed.perSecond();
    const words = [`${bytes(sent)} of ${bytes(total)}`];
    if (sent >= total) words.push("finishing");
    else if (speed) words.push(`${bytes(speed)}/s`, `${duration((total - sent) / speed)} left`);
    this.#set("uploading", words.join(" · "));
  }

  /** Shows that the store has the file, and that the server is asked for a confirmation. */
  confirming() {
    this.#find("progress").value = 1;
    this.#set("uploading", "Sent, waiting for confirmation");
  }

  /** @param {number} [until] the time of the next attempt */
  retrying(problem, until) {
    this.#set("retrying", "");
    this.#stopWait = showWait(this.#find(".state"), problem, until);
  }

  /**
   * @param {Links} links
   * @param {boolean} isImage
   * @param {(url: string) => Promise<boolean>} copy
   */
  done(links, isImage, copy) {
    this.#links = links;
    this.#find("progress").value = 1;
    this.#uploaded("Uploaded.");
    const copyLink = async () => {
      if (!(await this.#haveLinks())) return;
      if (await copy(links.url("show"))) this.#uploaded("The link is in your clipboard.");
      else this.#inform("The browser did not copy the link: copy it from “Open”.");
    };
    const [open, download] = [link("Open", this.#name), link("Download", this.#name)];
    this.#actions([["Copy link", copyLink]], [open, download]);
    this.#follows(open, "show");
    this.#follows(download, "save");
    if (isImage) this.#showResult();
  }

  /** @param {[string, () => void][]} actions */
  cancelled(words, actions) {
    this.#set("cancelled", words);
    this.#actions(actions);
  }

  /** @param {[string, () => void][]} actions */
  failed(problem, words, actions) {
    this.#set("failed", words);
    this.#find(".problem-title").textContent = problem.title;
    this.#find(".problem-advice").textContent = problem.advice;
    this.#find(".problem-detail").textContent = problem.detail;
    this.#find(".problem").hidden = false;
    this.#actions(actions);
  }

  #find(selector) {
    return this.#root.querySelector(selector);
  }

  #set(state, words) {
    this.#stopWait();
    this.#root.dataset.state = state;
    this.#find(".state").textContent = words;
    this.#find(".state").classList.remove("warning");
    if (state !== "failed") this.#find(".problem").hidden = true;
  }

  /** Shows words about an uploaded file that do not look like a success. */
  #inform(words) {
    this.#set("done", words);
    this.#find(".state").classList.add("warning");
  }

  #uploaded(words) {
    this.#set("done", `${words} The link works until ${time(this.#links.expiresAt)}.`);
  }

  /** Gets new links if these have expired. Returns whether there are valid ones. */
  async #haveLinks() {
    if (this.#links.areValid) return true;
    this.#inform("Getting a new link");
    try {
      await this.#links.renew((problem, until) => {
        this.#stopWait();
        this.#stopWait = showWait(this.#find(".state"), problem, until);
      });
      this.#uploaded("This is a new link.");
      return true;
    } catch (problem) {
      this.#inform(problem.title);
      return false;
    }
  }

  /** Lets an element follow a link of the file, which is renewed first if it has expired. */
  #follows(element, purpose) {
    element.href = this.#links.url(purpose);
    const follow = async (event) => {
      const isFollowed = this.#links.areValid;
      if (!isFollowed) event.preventDefault();
      if (!isFollowed && !(await this.#haveLinks())) return;
      element.href = this.#links.url(purpose);
      // A copy has no listeners.
      if (!isFollowed) element.cloneNode().click();
    };
    element.addEventListener("click", follow);
    // The middle button opens links, too.
    element.addEventListener("auxclick", (event) => event.button === 1 && follow(event));
  }

  /** Shows the picture as it is in the store, unless the store fails for long or the browser cannot show it. */
  async #showResult() {
    const result = this.#find(".result");
    this.#follows(result, "show");
    const image = result.firstElementChild;
    image.alt = `${this.#name}, as it is in the store`;
    result.hidden = false;
    const attempt = async () => {
      image.src = this.#links.url("show");
      // An image does not say why it failed.
      await image.decode().catch(() => Promise.reject(notShown()));
    };
    await retrying(attempt, { attempts: 5 }).catch(() => (result.hidden = true));
  }

  /** Shows links and buttons, and keeps the focus here if its place goes. */
  #actions(buttons, links = []) {
    const actions = this.#find(".actions");
    const hadFocus = actions.contains(document.activeElement);
    actions.replaceChildren(...links, ...buttons.map(([name, act]) => button(name, this.#name, act)));
    if (hadFocus) actions.firstElementChild?.focus();
  }

  #showThumb() {
    const thumb = this.#find(".thumb");
    if (!this.#file.type.startsWith("image/")) {
      thumb.textContent = this.#file.name.match(/\.(\w{1,4})$/)?.[1] ?? "file";
      return;
    }
    const image = new Image();
    const url = URL.createObjectURL(this.#file);
    image.alt = "";
    image.onload = image.onerror = () => URL.revokeObjectURL(url);
    image.src = url;
    thumb.append(image);
  }
}

function button(name, file, act) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: name, ariaLabel: `${name}: ${file}` });
  button.addEventListener("click", act);
  return button;
}

function link(name, file) {
  const link = document.createElement("a");
  return Object.assign(link, { textContent: name, ariaLabel: `${name}: ${file}`, target: "_blank", rel: "noopener noreferrer" });
}
