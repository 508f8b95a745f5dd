// The server, which grants.

import { fromServer, serverUnreachable } from "./problem.js";

export const settings = () => call("GET", "/users/upload-settings");

/** @param {{key: string, type: string, size: number, method?: "PUT" | "POST"}} upload */
export const uploadUrl = (upload, signal) => call("POST", "/users/get-file-upload-url", upload, signal);

export const downloadUrl = (key, save) =>
  call("GET", `/users/get-file-download-url?${new URLSearchParams({ key, ...(save && { save: true }) })}`);

export const createMultipart = (upload, signal) => call("POST", "/users/create-multipart-upload", upload, signal);
export const partUrls = (request, signal) => call("POST", "/users/get-part-upload-urls", request, signal);
export const completeMultipart = (request, signal) => call("POST", "/users/complete-multipart-upload", request, signal);
export const abortMultipart = (request) => call("POST", "/users/abort-multipart-upload", request);

async function call(method, path, body, signal) {
  const init = { method, signal };
  if (body) Object.assign(init, { headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  let answer, json;
  try {
    answer = await fetch(path, init);
    json = answer.status === 204 ? null : await answer.json().catch(() => null);
  } catch (error) {
    throw error.name === "AbortError" ? error : serverUnreachable();
  }
  if (!answer.ok) throw fromServer(answer.status, json?.error, answer.headers.get("x-request-id"));
  return json;
}
