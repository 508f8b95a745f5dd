// What the page shows of one file.

import { Speed, bytes, seconds, time } from "./format.js";

export class Card {
  #file;
  #root;
  #speed;

  constructor(file) {
    this.#file = file;
    this.#root = document.querySelector("#card").content.cloneNode(true).firstElementChild;
    this.#find(".name").textContent = file.name;
    this.#find(".meta").textContent = [bytes(file.size), file.type || "unknown type"].join(" · ");
    this.#find("progress").ariaLabel = `Upload of ${file.name}`;
    this.#showThumb();
  }

  get element() {
    return this.#root;
  }

  get file() {
    return this.#file;
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
    else if (speed) words.push(`${bytes(speed)}/s`, seconds((total - sent) / speed));
    this.#set("uploading", words.join(" · "));
  }

  retrying(part) {
    this.#set("uploading", `Repeating part ${part}`);
  }

  /** @param {{url: string, expires_at: string}} show
   *  @param {{url: string}} save */
  done(show, save, copy) {
    this.#find("progress").value = 1;
    this.#set("done", `Uploaded. The link works until ${time(show.expires_at)}.`);
    const links = [link("Open", show.url, this.#file.name), link("Download", save.url, this.#file.name)];
    this.#actions([["Copy link", copy]], links);
    if (this.#isImage()) {
      const result = this.#find(".result");
      result.href = show.url;
      const image = result.firstElementChild;
      image.alt = `${this.#file.name}, as it is in the store`;
      image.src = show.url;
      result.hidden = false;
    }
  }

  copied(isCopied) {
    const failure = "The browser did not copy the link: copy it from “Open”.";
    const state = this.#find(".state");
    state.textContent = isCopied ? "The link is in your clipboard." : failure;
    state.classList.toggle("warning", !isCopied);
  }

  cancelled(again) {
    this.#set("cancelled", "Cancelled");
    this.#actions([["Upload again", again]]);
  }

  failed(problem, again) {
    this.#set("failed", "Not uploaded");
    this.#find(".problem-title").textContent = problem.title;
    this.#find(".problem-advice").textContent = problem.advice;
    this.#find(".problem-detail").textContent = problem.detail;
    this.#find(".problem").hidden = false;
    this.#actions([["Try again", again]]);
  }

  #find(selector) {
    return this.#root.querySelector(selector);
  }

  #set(state, words) {
    this.#root.dataset.state = state;
    this.#find(".state").textContent = words;
    if (state !== "failed") this.#find(".problem").hidden = true;
  }

  /** Buttons, with the focus kept where it was if its button goes. */
  #actions(buttons, links = []) {
    const actions = this.#find(".actions");
    const hadFocus = actions.contains(document.activeElement);
    actions.replaceChildren(...links, ...buttons.map(([name, act]) => button(name, this.#file.name, act)));
    if (hadFocus) actions.firstElementChild?.focus();
  }

  #isImage() {
    return this.#file.type.startsWith("image/");
  }

  #showThumb() {
    const thumb = this.#find(".thumb");
    if (!this.#isImage()) {
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

function link(name, href, file) {
  const link = document.createElement("a");
  Object.assign(link, { href, textContent: name, ariaLabel: `${name}: ${file}`, target: "_blank", rel: "noopener noreferrer" });
  return link;
}
