// Does what a grant says. XMLHttpRequest, because `fetch` does not report how much it has sent.

import { fromStore, stalled, withoutResponse } from "./problem.js";

/** How long nothing may happen, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Sends a file, or a part of one, and returns the entity tag, if the store shows it.
 *
 * @param {{method: string, url: string, headers: object, fields: object, forbidden_headers: string[], expires_at: string}} grant
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
      timer = setTimeout(() => finish(() => reject(stalled(file, sent))), PATIENCE);
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
      const isSuccess = request.status >= 200 && request.status < 300;
      const eTag = request.getResponseHeader("etag");
      finish(() => (isSuccess ? resolve(eTag) : reject(fromStore(request, grant))));
    };
    request.onerror = () => {
      const problem = withoutResponse(grant.url, file, sent);
      finish(() => problem.then(reject));
    };
    signal.addEventListener("abort", cancel);

    request.open(grant.method, grant.url);
    for (const [name, value] of Object.entries(grant.headers)) {
      // Browsers set the others themselves, and let no page set them.
      if (!grant.forbidden_headers.includes(name)) request.setRequestHeader(name, value);
    }
    request.send(grant.method === "POST" ? form(grant.fields, file) : file);
    wait();
  });
}

/** Stores ignore the fields after the file, so it comes last. */
function form(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  return form;
}
