// One file on its way to the store. It can be tried again as a whole, and then goes on where it was.

import * as api from "./api.js";
import { Parts } from "./parts.js";
import { tooLarge, wrongType } from "./problem.js";
import { retrying } from "./retry.js";
import { send } from "./send.js";
import { getSettings, haveChanged, noticeStoreOf } from "./settings.js";
import { typeOf } from "./types.js";

/** Refusals because the store does not have what it had: it is another one, or somebody has tidied up. */
const LOST = ["no_such_upload", "parts", "no_such_object"];
/** Refusals that depend on the settings, which are not those of a server that was restarted since. */
const OUTDATED = ["content_type", "size", "key_outside_prefix"];
/** How often to start over by itself. */
const RESTARTS = 2;

export class Upload {
  /** Whether the file is in the store: "no", "perhaps" if all of it may have been sent, "yes" if the store said so. */
  stored = "no";
  /** What follows the prefix in the key. */
  path;
  #file;
  #way;
  #parts;

  /**
   * @param {File} file
   * @param {string} path
   * @param {"auto" | "PUT" | "POST" | "parts"} way
   */
  constructor(file, path, way) {
    this.#file = file;
    this.path = path;
    this.#way = way;
  }

  /** Whether another `run` can save something that an earlier one has sent. */
  get isBegun() {
    return this.stored !== "no" || Boolean(this.#parts?.isCreated);
  }

  /**
   * Sends the file, and returns what the server has confirmed: `{key, type, size, show, save}`.
   *
   * @param {{signal: AbortSignal, onProgress: (bytes: number) => void, onWait: Function, onSent: () => void}} options
   */
  async run(options) {
    for (let restarts = 0; ; ) {
      const settings = await getSettings();
      options.signal.throwIfAborted();
      try {
        const request = this.#request(settings);
        if (this.stored !== "yes") await this.#send(request, settings, options);
        this.stored = "yes";
        options.onSent();
        return await this.confirm(request, options);
      } catch (problem) {
        // An attempt that can pass later goes on from here.
        if (options.signal.aborted || problem.isPassing) throw problem;
        const isLost = LOST.includes(problem.code);
        // An earlier attempt without a response may have stored it nevertheless.
        this.discard(this.stored === "perhaps" && !isLost ? "perhaps" : "no");
        const isOutdated = OUTDATED.includes(problem.code) && (await haveChanged(settings));
        if ((!isLost && !isOutdated) || restarts++ === RESTARTS) throw problem;
      }
    }
  }

  /** Asks the server whether the store has the file, and for links to it. */
  async confirm({ key, type, size }, { signal, onWait }) {
    return retrying(() => api.confirmUpload({ key, type, size }, signal), { signal, onWait });
  }

  /** Forgets what was sent. */
  discard(stored = "no") {
    this.#parts?.abort();
    this.#parts = undefined;
    this.stored = stored;
  }

  /** Returns what to ask the server for, or throws the reason not to ask. */
  #request({ prefix, content_types, max_size }) {
    const { size } = this.#file;
    const type = typeOf(this.#file, content_types);
    if (!type) throw wrongType(content_types);
    if (size > max_size) throw tooLarge(size, max_size);
    return { key: prefix + this.path, type, size };
  }

  async #send(request, { parts_from, max_single_request }, options) {
    const isLarge = request.size >= Math.min(parts_from, max_single_request);
    if (this.#way !== "parts" && !(this.#way === "auto" && isLarge)) return this.#sendWhole(request, options);
    this.#parts ??= new Parts(this.#file, request);
    await this.#parts.send(options);
    this.stored = "perhaps";
    await this.#parts.complete(options);
    this.#parts = undefined;
  }

  async #sendWhole(request, { signal, onProgress, onWait }) {
    // Without a method, the server chooses one that the store can hold to the size.
    const asked = this.#way === "auto" ? request : { ...request, method: this.#way };
    const progress = (sent) => {
      if (sent === request.size) this.stored = "perhaps";
      onProgress(sent);
    };
    // Each attempt has a grant of its own: one that failed may have expired, or lead to a store that is gone.
    const attempt = async () => {
      const grant = await api.uploadGrant(asked, signal);
      noticeStoreOf(grant);
      const before = this.stored;
      try {
        await send(grant, this.#file, { signal, onProgress: progress });
      } catch (problem) {
        if (!signal.aborted) this.stored = problem.mayBeStored ? "perhaps" : before;
        throw problem;
      }
    };
    await retrying(attempt, { signal, onWait });
  }
}
