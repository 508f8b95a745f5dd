// A large file in parts, several at a time, each repeated until it has arrived.

import * as api from "./api.js";
import { Problem } from "./problem.js";
import { send } from "./send.js";

const AT_A_TIME = 4;
/** How many URLs to ask for at once: enough to keep going, few enough to be used before they expire. */
const BATCH = 8;
const ATTEMPTS = 6;
/** Before the second attempt, in milliseconds; doubled before each other one. */
const FIRST_PAUSE = 250;

/**
 * @param {File} file
 * @param {{key: string, type: string, size: number}} upload
 * @param {{signal: AbortSignal, onProgress: (bytes: number) => void, onRetry: (part: number) => void}} options
 */
export async function sendInParts(file, upload, { signal, onProgress, onRetry }) {
  const { upload_id, part_count } = await api.createMultipart(upload, signal);
  const request = { key: upload.key, upload_id };
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  try {
    const grants = new Grants({ ...request, size: upload.size }, part_count, either);
    const sent = new Map();
    const eTags = new Map();
    let next = 1;
    const sendSome = async () => {
      while (next <= part_count) {
        const number = next++;
        const progress = (bytes) => {
          sent.set(number, bytes);
          onProgress([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
        };
        const options = { signal: either, onProgress: progress, onRetry: () => onRetry(number) };
        eTags.set(number, await sendPart(file, number, grants, options));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, sendSome));
    const parts = [...eTags].sort(([a], [b]) => a - b).map(([part_number, e_tag]) => ({ part_number, e_tag }));
    await api.completeMultipart({ ...request, size: upload.size, parts }, signal);
  } catch (error) {
    failure.abort(error);
    // The store keeps, and charges for, the parts of an upload that is not aborted.
    await api.abortMultipart(request).catch(() => {});
    throw error;
  }
}

async function sendPart(file, number, grants, { signal, onProgress, onRetry }) {
  for (let attempt = 1; ; attempt++) {
    try {
      const { offset, size, grant } = await grants.get(number);
      const eTag = await send(grant, file.slice(offset, offset + size), { signal, onProgress });
      if (eTag) return eTag;
      throw new Problem("refused", "The store does not show what it got.", "Its CORS rule has to expose `ETag`.");
    } catch (error) {
      onProgress(0);
      if (attempt === ATTEMPTS || !["expired", "passing"].includes(error.kind)) throw error;
      if (error.kind === "expired") grants.forget(number);
      onRetry();
      if (error.kind === "passing") await pause(FIRST_PAUSE * 2 ** (attempt - 1) * (1 + Math.random()), signal);
    }
  }
}

/** The URLs of parts, which are asked for when they are needed, and again when they have expired. */
class Grants {
  #request;
  #count;
  #signal;
  #parts = new Map();

  constructor(request, count, signal) {
    this.#request = request;
    this.#count = count;
    this.#signal = signal;
  }

  /** The part, with a URL that should work for as long as it takes to begin. */
  async get(number) {
    const known = this.#parts.get(number);
    // A request for it may be under way.
    const part = known && (await known);
    if (part && Date.parse(part.grant.expires_at) > Date.now()) return part;
    // Unless somebody else has asked while we waited.
    if (this.#parts.get(number) === known) this.#ask(number);
    return this.#parts.get(number);
  }

  forget(number) {
    this.#parts.delete(number);
  }

  #ask(first) {
    const numbers = [first];
    for (let number = first + 1; number <= this.#count && numbers.length < BATCH; number++) {
      if (!this.#parts.has(number)) numbers.push(number);
    }
    const answer = api.partUrls({ ...this.#request, part_numbers: numbers }, this.#signal);
    for (const number of numbers) {
      const part = answer.then(({ parts }) => parts.find((part) => part.part_number === number));
      // Whoever awaits it gets the error; nobody may.
      part.catch(() => this.#parts.delete(number));
      this.#parts.set(number, part);
    }
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", cancel);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", cancel, { once: true });
  });
}
