// A large file in parts, several at a time. The parts that have arrived are kept, so that another attempt goes on.

import * as api from "./api.js";
import { isValid } from "./clock.js";
import { Problem } from "./problem.js";
import { retrying } from "./retry.js";
import { send } from "./send.js";
import { noticeStoreOf } from "./settings.js";

const AT_A_TIME = 4;
/** How many URLs to ask for at once: enough to keep going, few enough to be used before they expire. */
const BATCH = 8;

export class Parts {
  #file;
  #upload;
  /** The response of the server: `{upload_id, part_count}`. */
  #created;
  #sent = new Map();
  #eTags = new Map();

  /**
   * @param {File} file
   * @param {{key: string, type: string, size: number}} upload
   */
  constructor(file, upload) {
    this.#file = file;
    this.#upload = upload;
  }

  get isCreated() {
    return this.#created !== undefined;
  }

  /**
   * Sends the parts that the store does not have yet.
   *
   * @param {{signal: AbortSignal, onProgress: (bytes: number) => void, onWait: Function}} options
   */
  async send({ signal, onProgress, onWait }) {
    this.#created ??= await retrying(() => api.createMultipart(this.#upload, signal), { signal, onWait });
    const failure = new AbortController();
    const either = AbortSignal.any([signal, failure.signal]);
    const numbers = Array.from({ length: this.#created.part_count }, (_, index) => index + 1);
    const missing = numbers.filter((number) => !this.#eTags.has(number));
    for (const number of missing) this.#sent.set(number, 0);
    const grants = new Grants({ ...this.#id, size: this.#upload.size }, [...missing], either);
    const sendSome = async () => {
      while (missing.length > 0) {
        const number = missing.shift();
        const attempt = () => this.#sendPart(number, grants, { signal: either, onProgress });
        await retrying(attempt, { signal: either, onWait });
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_A_TIME }, sendSome));
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  }

  /** Puts the parts together. It can be repeated. */
  async complete({ signal, onWait }) {
    const parts = [...this.#eTags].sort(([a], [b]) => a - b).map(([part_number, e_tag]) => ({ part_number, e_tag }));
    const request = { ...this.#id, size: this.#upload.size, parts };
    await retrying(() => api.completeMultipart(request, signal), { signal, onWait });
  }

  /** Lets go of the parts, which the store would otherwise keep, and charge for. */
  async abort() {
    if (this.#created) await retrying(() => api.abortMultipart(this.#id), { attempts: 3 }).catch(() => {});
  }

  get #id() {
    return { key: this.#upload.key, upload_id: this.#created.upload_id };
  }

  async #sendPart(number, grants, { signal, onProgress }) {
    const progress = (bytes) => {
      this.#sent.set(number, bytes);
      onProgress([...this.#sent.values()].reduce((sum, bytes) => sum + bytes, 0));
    };
    try {
      const { offset, size, grant } = await grants.get(number);
      const eTag = await send(grant, this.#file.slice(offset, offset + size), { signal, onProgress: progress });
      if (!eTag) throw new Problem("The store does not show what it got.", "Its CORS rule has to expose `ETag`.");
      this.#eTags.set(number, eTag);
    } catch (error) {
      // It may have expired, or lead to a store that is no longer there.
      grants.forget(number);
      if (!signal.aborted) progress(0);
      throw error;
    }
  }
}

/** The URLs of parts, which are asked for when they are needed. */
class Grants {
  #request;
  #numbers;
  #signal;
  #parts = new Map();

  constructor(request, numbers, signal) {
    this.#request = request;
    this.#numbers = numbers;
    this.#signal = signal;
  }

  /** Returns the part, with a URL that should work for as long as it takes to begin. */
  async get(number) {
    const known = this.#parts.get(number);
    // A request for it may be under way.
    const part = known && (await known);
    if (part && isValid(part.grant)) return part;
    // Unless another part has asked in the meantime.
    if (this.#parts.get(number) === known) this.#ask(number);
    return this.#parts.get(number);
  }

  forget(number) {
    this.#parts.delete(number);
  }

  #ask(first) {
    const others = this.#numbers.filter((number) => number > first && !this.#parts.has(number));
    const numbers = [first, ...others.slice(0, BATCH - 1)];
    const response = api.partUrls({ ...this.#request, part_numbers: numbers }, this.#signal);
    response.then(({ parts }) => noticeStoreOf(parts[0].grant)).catch(() => {});
    for (const number of numbers) {
      const part = response.then(({ parts }) => parts.find((part) => part.part_number === number));
      // Those who wait for the part get the error. It may be that nobody does.
      part.catch(() => this.#parts.delete(number));
      this.#parts.set(number, part);
    }
  }
}
