// Does what a grant says. XMLHttpRequest, because `fetch` does not tell how much it has sent.

import { fromStore, stalled, withoutAnswer } from "./problem.js";

/** How long nothing may happen, in milliseconds. */
const PATIENCE = 60_000;

/** What browsers set themselves, and let no page set. */
const SET_BY_BROWSERS = ["content-length", "host"];

/**
 * Sends a file, or a part of one, and returns the entity tag, if the store shows it.
 *
 * @param {{method: string, url: string, headers: object, fields: object, expires_at: string}} grant
 * @param {Blob} file
 * @param {{signal: AbortSignal, onProgress: (bytes: number) => void}} options
 */
export function send(grant, file, { signal, onProgress }) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    let sent = 0;
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => finish(() => reject(stalled())), PATIENCE);
    };
    const cancel = () => finish(() => reject(signal.reason));
    const finish = (settle) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      settle();
      request.abort(); // Without effect if it is over.
    };

    request.upload.onprogress = (event) => {
      wait();
      // A form is a little longer than its file.
      sent = Math.min(event.loaded, file.size);
      onProgress(sent);
    };
    request.onload = () => {
      const { status, responseText } = request;
      const eTag = request.getResponseHeader("etag");
      if (status >= 200 && status < 300) return finish(() => resolve(eTag));
      finish(() => reject(fromStore(status, responseText, grant)));
    };
    request.onerror = () => {
      const problem = withoutAnswer(grant.url, sent > 0);
      finish(() => problem.then(reject));
    };
    signal.addEventListener("abort", cancel);

    request.open(grant.method, grant.url);
    for (const [name, value] of Object.entries(grant.headers)) {
      if (!SET_BY_BROWSERS.includes(name)) request.setRequestHeader(name, value);
    }
    request.send(grant.method === "POST" ? form(grant.fields, file) : file);
    wait();
  });
}

/** The file comes last: stores ignore what stands behind it. */
function form(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  return form;
}
