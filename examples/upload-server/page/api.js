// The server, which grants. Each function sends one request; `retrying` repeats it.

import { setClock } from "./clock.js";
import { fromServer, notLoggedIn, notTheServer, Problem, serverUnreachable } from "./problem.js";

/** How long a response may take, in milliseconds. The server itself waits for the store. */
const TIME_LIMIT = 120_000;

/** Has the access token of the person who is logged in, for as long as the tab is open. */
const storage = openStorage();
const TOKEN = "access-token";

export const settings = () => call("GET", "/users/upload-settings");

/** @param {{key: string, type: string, size: number, method?: "PUT" | "POST"}} upload */
export const uploadGrant = (upload, signal) => call("POST", "/users/get-upload-grant", upload, signal);

/** @param {{key: string, type: string, size: number}} upload */
export const confirmUpload = (upload, signal) => call("POST", "/users/confirm-upload", upload, signal);

export const createMultipart = (upload, signal) => call("POST", "/users/create-multipart-upload", upload, signal);
export const partUrls = (request, signal) => call("POST", "/users/get-part-upload-urls", request, signal);
export const completeMultipart = (request, signal) => call("POST", "/users/complete-multipart-upload", request, signal);
export const abortMultipart = (request) => call("POST", "/users/abort-multipart-upload", request);

/** Stores a token if the server accepts it, and returns the settings of its user. */
export async function logIn(token) {
  const wrong = new Problem("This access token is not valid.", "Check that you have copied all of it.");
  // Nothing else fits into a header.
  if (!/^[\x21-\x7e]+$/.test(token)) throw wrong;
  const { response, json } = await exchange("GET", "/users/upload-settings", { token });
  if (response.status === 401) throw wrong;
  if (!response.ok) throw fromServer(response, json?.error);
  storage[TOKEN] = token;
  return json;
}

/** Forgets the token. The window then gets the event `logout`. */
export function logOut(isExpired = false) {
  delete storage[TOKEN];
  dispatchEvent(new CustomEvent("logout", { detail: { isExpired } }));
}

async function call(method, path, body, signal) {
  const token = storage[TOKEN];
  const { response, json } = await exchange(method, path, { body, signal, token });
  if (response.status === 401) {
    // Somebody may have logged in since.
    if (storage[TOKEN] && storage[TOKEN] !== token) return call(method, path, body, signal);
    logOut(token !== undefined);
    throw notLoggedIn();
  }
  if (!response.ok) throw fromServer(response, json?.error);
  return json;
}

async function exchange(method, path, { body, signal, token }) {
  const headers = {};
  if (body) headers["content-type"] = "application/json";
  if (token) headers.authorization = `Bearer ${token}`;
  const limit = AbortSignal.timeout(TIME_LIMIT);
  let response, text;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    text = await response.text();
  } catch {
    signal?.throwIfAborted();
    throw serverUnreachable();
  }
  setClock(response.headers.get("date"));
  const json = parsed(text);
  if (response.ok && response.status !== 204 && !json) throw notTheServer();
  return { response, json };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Browsers that may not keep anything throw. */
function openStorage() {
  try {
    return sessionStorage;
  } catch {
    return {};
  }
}
